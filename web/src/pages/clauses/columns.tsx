import { VerdictStrip } from '../../charts/VerdictStrip.tsx'
import { type Format, type Say, useFormat, useWords } from '../../frame/index.ts'
import { ClauseLink, DateText, MoneyText, Verdict, WhyLink } from '../../parts/index.ts'
import type { Column } from '../../parts/table-state.ts'
import type { ClauseLine } from './grouping.ts'

// The server sorts; that a column has an order is all that its head needs to know.
const byServer = (): number => 0

/** The columns of the list of clauses; the ids of those that sort are the server's. */
export function useClauseColumns(): Column<ClauseLine>[] {
  const words = useWords()
  const format = useFormat()
  return [...standingColumns(words), ...figureColumns(words, format), ...aboutColumns(words)]
}

function standingColumns(words: Say): Column<ClauseLine>[] {
  return [
    {
      id: 'title',
      header: words('clauses.clause'),
      cell: (clause) => <ClauseName clause={clause} />,
      text: (clause) => clause.title,
      sort: byServer,
      isRowHeader: true,
    },
    {
      id: 'verdict',
      header: words('clauses.verdict'),
      cell: (clause) => (
        <WhyLink id={clause.id}>
          <Verdict verdict={clause.verdict} />
        </WhyLink>
      ),
      sort: byServer,
    },
    {
      id: 'promised',
      header: words('clauses.promised'),
      cell: ({ measure }) => measure?.targetText ?? '–',
      isNumber: true,
    },
    {
      id: 'measured',
      header: words('clauses.measured'),
      cell: ({ id, measure }) => (measure ? <WhyLink id={id}>{measure.valueText}</WhyLink> : '–'),
      isNumber: true,
    },
    { id: 'trend', header: words('clauses.trend'), cell: ({ trend }) => <VerdictStrip points={trend} /> },
  ]
}

function figureColumns(words: Say, format: Format): Column<ClauseLine>[] {
  return [
    {
      id: 'money',
      header: words('clauses.money'),
      cell: ({ id, moneyAtStake }) =>
        moneyAtStake ? (
          <WhyLink id={id}>
            <MoneyText money={moneyAtStake} />
          </WhyLink>
        ) : (
          '–'
        ),
      sort: byServer,
      isNumber: true,
    },
    {
      id: 'age',
      header: words('clauses.age'),
      cell: ({ evidenceAge }) => (evidenceAge === null ? '–' : format.days(evidenceAge)),
      sort: byServer,
      isNumber: true,
    },
    {
      id: 'next-date',
      header: words('clauses.next-date'),
      cell: ({ nextDate }) => <DateText date={nextDate} />,
      sort: byServer,
    },
    { id: 'owner', header: words('clauses.owner'), cell: ({ owner }) => ownerText(words, owner) },
  ]
}

function aboutColumns(words: Say): Column<ClauseLine>[] {
  return [
    { id: 'kind', header: words('clauses.kind'), cell: ({ kindText }) => kindText, isHidden: true },
    {
      id: 'force',
      header: words('clauses.force'),
      cell: ({ force }) => words(`clauses.force.${force}`),
      isHidden: true,
    },
    {
      id: 'obligor',
      header: words('clauses.obligor'),
      cell: ({ obligor }) => words(`clauses.side.${obligor}`),
      isHidden: true,
    },
    {
      id: 'forecast',
      header: words('clauses.forecast'),
      cell: ({ forecast }) => forecast?.text ?? '–',
      isHidden: true,
      isNumber: true,
    },
    {
      id: 'grade',
      header: words('clauses.grade'),
      cell: ({ grade }) => (grade === null ? '–' : words(`clauses.grade.${grade}`)),
      isHidden: true,
    },
  ]
}

function ClauseName({ clause }: { clause: ClauseLine }) {
  return (
    <span className="clauses-name">
      <ClauseLink id={clause.id}>{clause.title}</ClauseLink>
      <span className="clauses-reason">{clause.reason}</span>
    </span>
  )
}

/** Who has to act: the role in words, or as the server names it. */
export function ownerText(words: Say, owner: string): string {
  const id = `clauses.owner.${owner}`
  const text = words(id)
  return text === id ? owner : text
}
