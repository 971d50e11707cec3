import type { z } from 'zod'
import { VERDICTS } from '../../../clauses/room.ts'
import { decimal } from '../../../language/index.ts'
import { csvText } from '../../../reports/index.ts'
import { CsvAnswer } from '../../asked.ts'
import { holdsWords, wordsOf } from '../../pages-of.ts'
import type { standingContracts } from './contract.ts'
import type { ClauseLine } from './lines.ts'

type Query = z.output<NonNullable<(typeof standingContracts)['listClauses']['query']>>

/** The lines that were asked for, in the order that was asked for. */
export function chosen(lines: readonly ClauseLine[], query: Query): ClauseLine[] {
  const wanted = (
    [
      ['verdict', query.verdict],
      ['family', query.family],
      ['kind', query.kind],
      ['force', query.force],
      ['obligor', query.obligor],
    ] as const
  ).flatMap(([field, list]) => {
    const words = wordsOf(list)
    return words ? [(line: ClauseLine) => words.has(line[field])] : []
  })
  const found = lines.filter(
    (line) =>
      wanted.every((isWanted) => isWanted(line)) &&
      (query.counted === undefined || isCounted(line) === (query.counted === 'yes')) &&
      holdsWords(query.text, [line.title, line.id, line.reason, line.kindText]),
  )
  const { sort = 'worst', order = sort === 'money' ? 'desc' : 'asc' } = query
  const sorted = sort === 'worst' ? found : [...found].sort(ORDERS[sort])
  return order === 'desc' && sort !== 'worst' ? sorted.reverse() : order === 'desc' ? [...sorted].reverse() : sorted
}

/** Obligations and targets count in sentences such as "11 of 12 met". */
export function isCounted({ force }: ClauseLine): boolean {
  return force === 'obligation' || force === 'target'
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const rank = ({ verdict }: ClauseLine) => VERDICTS.indexOf(verdict)

const ORDERS: Record<Exclude<NonNullable<Query['sort']>, 'worst'>, (a: ClauseLine, b: ClauseLine) => number> = {
  title: (a, b) => text(a.title, b.title) || text(a.id, b.id),
  verdict: (a, b) => rank(a) - rank(b) || text(a.id, b.id),
  money: (a, b) => byMoney(a, b) || text(a.id, b.id),
  'next-date': (a, b) => text(a.nextDate ?? '9999', b.nextDate ?? '9999') || text(a.id, b.id),
  family: (a, b) => text(a.family, b.family) || rank(a) - rank(b) || text(a.id, b.id),
  age: (a, b) => (a.evidenceAge ?? -1) - (b.evidenceAge ?? -1) || text(a.id, b.id),
  place: (a, b) => a.span.line - b.span.line || a.span.column - b.span.column,
}

// Amounts of different currencies are not compared: they stand in the order of their currencies.
function byMoney(a: ClauseLine, b: ClauseLine): number {
  const [one, other] = [a.moneyAtStake, b.moneyAtStake]
  if (!one || !other) return one ? 1 : other ? -1 : 0
  return text(one.currency, other.currency) || decimal(one.amount).cmp(other.amount)
}

const COLUMNS = [
  'id',
  'kind',
  'family',
  'title',
  'force',
  'obligor',
  'verdict',
  'lifecycle',
  'value',
  'target',
  'unit',
  'grade',
  'moneyAtStake',
  'currency',
  'reason',
  'nextDate',
  'evidenceAge',
  'owner',
  'line',
] as const

/** The lines as a spreadsheet reads them. */
export function clausesAsCsv(lines: readonly ClauseLine[], asOf: string): CsvAnswer {
  const rows = lines.map((line) => [
    line.id,
    line.kind,
    line.family,
    line.title,
    line.force,
    line.obligor,
    line.verdict,
    line.lifecycle,
    line.measure?.value,
    line.measure?.target,
    line.measure?.unit,
    line.grade,
    line.moneyAtStake?.amount,
    line.moneyAtStake?.currency,
    line.reason,
    line.nextDate,
    line.evidenceAge,
    line.owner,
    line.span.line,
  ])
  return new CsvAnswer(csvText(COLUMNS, rows), `clauses-${asOf}.csv`)
}
