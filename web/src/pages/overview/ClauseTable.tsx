import type { Shape } from '@client'
import { useMemo } from 'react'
import {
  compareDecimals,
  csvHref,
  type Format,
  type Reading,
  type Say,
  useFormat,
  useSearchState,
  useSession,
  useWords,
} from '../../frame/index.ts'
import type { ReadData } from '../../frame/reading.ts'
import { type Column, DataTable, type TableFilter } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/notes.tsx'
import { TrendStrip } from '../../parts/TrendStrip.tsx'
import { ClauseLink, DateText, Family, MoneyText, WhyLink } from '../../parts/texts.tsx'
import { VERDICTS, Verdict } from '../../parts/Verdict.tsx'
import { ownerInWords } from './owner.ts'

type Line = Shape<'ClauseLine'>

/** Obligations and targets, worst first. */
export function ClauseTable({ clauses }: { clauses: Reading<ReadData<'/clauses'>> }) {
  const t = useWords()
  const format = useFormat()
  const { customer } = useSession()
  const [search] = useSearchState()
  // Whose task it is on our side is no promise to a customer.
  const columns = useMemo(
    () => columnsOf(t, format).filter((column) => !(customer && column.id === 'owner')),
    [t, format, customer],
  )
  const filters = useMemo(() => filtersOf(t), [t])
  const { verdict, family, text } = search
  return (
    <DataTable<Line>
      id=""
      title={t(customer ? 'overview.promises' : 'overview.clauses')}
      items={clauses.data?.items}
      columns={columns}
      filters={filters}
      empty={<Empty title={t('overview.no-clauses')} />}
      csv={{ href: csvHref('/clauses', { counted: 'yes', verdict, family, text }) }}
      loading={clauses.isLoading}
      error={clauses.error}
      retry={clauses.refetch}
    />
  )
}

function filtersOf(t: Say): TableFilter<Line>[] {
  return [
    {
      id: 'verdict',
      label: t('overview.state'),
      of: (line) => line.verdict,
      show: (value) => t(`verdict.${value}`),
      options: VERDICTS,
    },
    { id: 'family', label: t('overview.family'), of: (line) => line.family, show: (value) => t(`family.${value}`) },
  ]
}

function columnsOf(t: Say, format: Format): Column<Line>[] {
  return [
    {
      id: 'title',
      header: t('overview.clause'),
      isRowHeader: true,
      width: 170,
      cell: (line) => (
        <>
          <ClauseLink id={line.id}>{line.title}</ClauseLink>
          <span className="cv-cell-note">{line.kindText}</span>
        </>
      ),
      text: (line) => `${line.title} ${line.id} ${line.kindText} ${line.reason}`,
      sort: (a, b) => a.title.localeCompare(b.title),
    },
    {
      id: 'worst',
      header: t('overview.state'),
      width: 105,
      cell: (line) => <Verdict verdict={line.verdict} />,
      sort: (a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict),
    },
    {
      id: 'family',
      header: t('overview.family'),
      isHidden: true,
      cell: (line) => <Family family={line.family} />,
      sort: (a, b) => a.family.localeCompare(b.family),
    },
    { id: 'promised', header: t('overview.promised'), width: 85, cell: (line) => line.measure?.targetText ?? '–' },
    {
      id: 'measured',
      header: t('overview.measured'),
      width: 85,
      cell: (line) => <WhyLink id={line.id}>{line.measure?.valueText ?? t('overview.why')}</WhyLink>,
    },
    {
      id: 'trend',
      header: t('overview.trend'),
      width: 80,
      cell: (line) => (line.trend.length > 0 ? <TrendStrip points={line.trend} /> : '–'),
    },
    {
      id: 'money',
      header: t('overview.money'),
      width: 95,
      cell: (line) =>
        line.moneyAtStake ? (
          <WhyLink id={line.id}>
            <MoneyText money={line.moneyAtStake} />
          </WhyLink>
        ) : (
          '–'
        ),
      sort: compareMoney,
    },
    {
      id: 'age',
      header: t('overview.age'),
      width: 70,
      cell: (line) => (line.evidenceAge === null ? t('overview.no-evidence') : format.days(line.evidenceAge)),
      sort: (a, b) => (a.evidenceAge ?? Number.MAX_SAFE_INTEGER) - (b.evidenceAge ?? Number.MAX_SAFE_INTEGER),
    },
    {
      id: 'owner',
      header: t('overview.owner'),
      width: 80,
      cell: (line) => ownerInWords(line.owner, t),
      sort: (a, b) => ownerInWords(a.owner, t).localeCompare(ownerInWords(b.owner, t)),
    },
    {
      id: 'next-date',
      header: t('overview.next-date'),
      width: 85,
      cell: (line) => (line.nextDate ? <DateText date={line.nextDate} /> : '–'),
      sort: (a, b) => (a.nextDate ?? '9').localeCompare(b.nextDate ?? '9'),
    },
  ]
}

/** Amounts of different currencies are not compared: they stand together by currency, and what has none comes first. */
function compareMoney(a: Line, b: Line): number {
  const [left, right] = [a.moneyAtStake, b.moneyAtStake]
  if (!left || !right) return (left ? 1 : 0) - (right ? 1 : 0)
  return left.currency.localeCompare(right.currency) || compareDecimals(left.amount, right.amount)
}
