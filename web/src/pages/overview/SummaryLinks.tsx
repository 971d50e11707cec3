import type { Shape } from '@client'
import { Link, useSearchState, useWords } from '../../frame/index.ts'
import { VERDICTS, VerdictSign } from '../../parts/Verdict.tsx'

const FIELDS = {
  breached: 'breached',
  'at-risk': 'atRisk',
  undetermined: 'undetermined',
  'not-due': 'notDue',
  met: 'met',
  waived: 'waived',
} as const satisfies Record<Shape<'Verdict'>, keyof Shape<'Summary'>>

/** How many clauses stand where; each count filters the table below. */
export function SummaryLinks({ summary }: { summary: Shape<'Summary'> }) {
  const t = useWords()
  const [search] = useSearchState()
  return (
    <ul className="cv-summary" aria-label={t('overview.counts')}>
      {VERDICTS.map((verdict) => {
        const count = summary[FIELDS[verdict]]
        const isChosen = search.verdict === verdict
        return (
          <li key={verdict}>
            <Link
              to={isChosen ? '/' : `/?verdict=${verdict}`}
              className={`cv-summary-link cv-verdict-${verdict}${count === 0 ? ' cv-summary-none' : ''}`}
              aria-current={isChosen ? 'true' : undefined}
            >
              <VerdictSign verdict={verdict} />
              <b>{count}</b> <span>{t(`verdict.${verdict}`)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
