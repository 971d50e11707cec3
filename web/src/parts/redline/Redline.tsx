import type { Shape } from '@client'
import { useWords } from '../../frame/index.ts'
import './redline.css'
import { ClauseLink } from '../texts.tsx'

type Change = Shape<'Redline'>

const PARTIES = new Set(['payer', 'provider', 'partner', 'neutral'])

/** Whether a change cannot be carried out, such as one of a clause that does not exist. */
export function isRefused({ outcome }: Change): boolean {
  return outcome !== 'applied' && outcome !== 'pending'
}

/** The changes of an amendment: what stood before struck through, what stands after underlined, and whom it favours. */
export function RedlineList({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className="redline">
      {changes.map((change) => (
        <RedlineEntry key={keyOf(change)} change={change} />
      ))}
    </ul>
  )
}

function keyOf({ clause, term, before, after, outcome, span }: Change): string {
  return JSON.stringify([clause, term, before, after, outcome, span?.line, span?.column])
}

function RedlineEntry({ change }: { change: Change }) {
  const t = useWords()
  return (
    <li className={isRefused(change) ? 'redline-entry redline-refused' : 'redline-entry'}>
      <div className="redline-title">
        <ClauseLink id={change.clause}>{change.title || change.clause}</ClauseLink>
        {change.term && <span className="redline-term">{change.term}</span>}
      </div>
      <div className="redline-words">
        {change.before !== null && (
          <del>
            <span className="cv-sr">{t('redline.before')} </span>
            {change.before}
          </del>
        )}
        {change.before !== null && change.after !== null && <span aria-hidden="true">→</span>}
        {change.after !== null && (
          <ins>
            <span className="cv-sr">{t('redline.after')} </span>
            {change.after}
          </ins>
        )}
        {change.after === null && <strong>{t('redline.ends')}</strong>}
      </div>
      <div className="redline-outcome">
        <span>{change.outcomeText || change.outcome}</span>
        {change.favours && (
          <span className="redline-favours">
            {PARTIES.has(change.favours)
              ? t(`redline.favours.${change.favours}`)
              : t('redline.favours', { party: change.favours })}
          </span>
        )}
      </div>
    </li>
  )
}
