import { useMemo } from 'react'
import { useWords } from '../../frame/index.ts'
import type { Draft, DraftText } from './draft-text.ts'
import { type DiffLine, diffLines } from './line-diff.ts'

const SIGNS: Record<DiffLine['in'], string> = { both: ' ', theirs: '−', mine: '+' }

/** Somebody else saved the draft meanwhile: both texts beside each other, and the choice. */
export function Conflict({ theirs, state }: { theirs: Draft; state: DraftText }) {
  const t = useWords()
  const lines = useMemo(() => diffLines(theirs.text, state.text), [theirs.text, state.text])
  const numbered = useMemo(() => lines.map((line, at) => ({ ...line, at })), [lines])
  return (
    <section className="draft-note draft-conflict" aria-label={t('drafts.conflict')}>
      <h2>{t('drafts.conflict')}</h2>
      <p role="alert">{t('drafts.conflict.means', { person: theirs.person, version: theirs.version })}</p>
      {theirs.title !== state.title && <p>{t('drafts.conflict.title', { theirs: theirs.title, mine: state.title })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long comparison scrolls, and the keyboard has to reach it. */}
      <section className="draft-diff" tabIndex={0} aria-label={t('drafts.conflict.lines')}>
        {numbered.map((line) => (
          <span key={line.at} className={`draft-diff-${line.in}`}>
            <span aria-hidden="true">{SIGNS[line.in]} </span>
            {line.in !== 'both' && <span className="cv-sr">{t(`drafts.conflict.${line.in}`)} </span>}
            {line.text}
          </span>
        ))}
      </section>
      <div className="cv-actions">
        <button type="button" className="cv-button" onClick={state.takeTheirs}>
          {t('drafts.conflict.take')}
        </button>
        <button
          type="button"
          className="cv-button cv-button-primary"
          disabled={state.isSaving}
          onClick={state.saveMine}
        >
          {t('drafts.conflict.keep')}
        </button>
      </div>
    </section>
  )
}
