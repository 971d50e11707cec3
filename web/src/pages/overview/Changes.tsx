import type { Shape } from '@client'
import { useId, useState } from 'react'
import { useFormat, useWords } from '../../frame/index.ts'
import { ClauseLink } from '../../parts/texts.tsx'
import { Verdict } from '../../parts/Verdict.tsx'

const FIRST = 5

/** What stands elsewhere than a week before. */
export function Changes({ since, changes }: { since: string; changes: Shape<'Overview'>['changes'] }) {
  const t = useWords()
  const format = useFormat()
  const id = useId()
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? changes : changes.slice(0, FIRST)
  return (
    <section className="cv-section" aria-labelledby={id}>
      <h2 id={id}>
        {t('overview.changes', { date: format.date(since) })} <span className="cv-count">({changes.length})</span>
      </h2>
      {changes.length === 0 ? <p className="cv-quiet">{t('overview.no-changes')}</p> : null}
      <ul className="cv-entries">
        {shown.map((change) => (
          <li key={change.clause}>
            <p>
              <ClauseLink id={change.clause}>{change.title}</ClauseLink>
            </p>
            <p className="cv-change">
              {change.before ? (
                <Verdict verdict={change.before} />
              ) : (
                <span className="cv-quiet">{t('overview.new')}</span>
              )}
              <span aria-hidden="true">→</span>
              <span className="cv-sr">{t('overview.became')}</span>
              {change.after ? (
                <Verdict verdict={change.after} />
              ) : (
                <span className="cv-quiet">{t('overview.gone')}</span>
              )}
            </p>
            <p className="cv-quiet">{change.reason}</p>
          </li>
        ))}
      </ul>
      {changes.length > FIRST ? (
        <button type="button" className="cv-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('overview.fewer') : t('overview.all', { count: changes.length })}
        </button>
      ) : null}
    </section>
  )
}
