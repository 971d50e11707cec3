import { z } from 'zod'
import { type CellReader, namesTotal, parseDate, plain, type ReadClause, type Row } from '../../agreement/index.ts'
import { amountSchema, statedDateSchema } from '../schemas.ts'

/** An investment with the recurring revenue expected of it (GRI-1). */
export const growthInitiativeTerms = z.strictObject({
  initiative: z.string(),
  investment: amountSchema.optional(),
  expected: amountSchema.optional().describe('expected annual recurring revenue'),
  date: statedDateSchema.optional(),
  owner: z.string().optional(),
  total: z.boolean().optional().describe('a total row'),
})

/** Terms of one growth-initiative clause. */
export type GrowthInitiativeTerms = z.infer<typeof growthInitiativeTerms>

const EXPECTED =
  /\b(?:arr|expected|expects?|revenue|return|esperad[oa]s?|ingresos?|retorno|recurrentes?|ventas|generar|produce)\b/
const INVESTED = /\b(?:invest\w*|budget|spend|inver\w+|presupuesto|gasto)\b/

/** GRI-1: a row or line as a growth initiative; undefined when it names none or, outside a table, no amount. */
export function fromRow(row: Row, read: CellReader): ReadClause<GrowthInitiativeTerms> | undefined {
  const initiative = read.text(row.cells.initiative)
  if (initiative === undefined) return undefined
  const terms: GrowthInitiativeTerms = { initiative }
  const investment = read.money(row.cells.investment)
  const expected = read.money(row.cells.expected)
  if (investment) terms.investment = investment
  if (expected) terms.expected = expected
  if (row.form === 'row') {
    const date = read.date(row.cells.date) ?? (row.cells.expected && parseDate(row.cells.expected.column))
    if (date) terms.date = date
    const owner = read.text(row.cells.owner)
    if (owner !== undefined) terms.owner = owner
  } else if (!settleLine(row, terms, read)) return undefined
  if (namesTotal(initiative)) terms.total = true
  return {
    key: initiative,
    title: initiative,
    force: terms.total ? 'statement' : 'target',
    obligor: 'partner',
    beneficiary: 'both',
    terms,
  }
}

// In a line the words beside an amount say whether it is invested or expected; the order of the two columns is only a guess.
function settleLine(row: Row, terms: GrowthInitiativeTerms, read: CellReader): boolean {
  const { investment, expected } = row.cells
  if (!row.cells.value || (!terms.investment && !terms.expected)) return false
  const body = plain(row.cells.value.text)
  if (!EXPECTED.test(body) && !INVESTED.test(body)) return false
  const [first, second] = [investment, expected].map((cell) => (cell ? body.indexOf(plain(cell.text)) : -1)) as [
    number,
    number,
  ]
  const expectedAt = body.search(EXPECTED)
  const investedAt = body.search(INVESTED)
  if (terms.investment && !terms.expected && expectedAt >= 0 && investedAt < 0) {
    terms.expected = terms.investment
    delete terms.investment
  } else if (terms.investment && terms.expected && first >= 0 && second >= 0) {
    // "Expected ARR US$2M on an investment of US$300K": the expectation is said first.
    const swapped = expectedAt >= 0 && investedAt >= 0 && expectedAt < investedAt && first < second
    if (swapped) [terms.investment, terms.expected] = [terms.expected, terms.investment]
  }
  const date = read.date(row.cells.date)
  if (date) terms.date = date
  return true
}
