import { z } from 'zod'
import { type CellReader, namesTotal, type ReadClause, type Row } from '../../agreement/index.ts'
import { amountSchema, percentSchema } from '../schemas.ts'

/** A year's minimum spend (COM-1), a band of spend with its discount (COM-2), or the sum of the years (COM-8). */
export const commitmentTerms = z.strictObject({
  year: z.int().positive().optional().describe('contract year, from 1'),
  minimum: amountSchema.optional().describe('least spend of the year'),
  from: amountSchema.optional().describe('lower end of a spend band'),
  to: amountSchema.optional().describe('upper end of a spend band'),
  touches: z.boolean().optional().describe('the upper end belongs to the band'),
  discount: percentSchema.optional(),
  total: z.boolean().optional().describe('a total row: the sum of the years'),
})

/** Terms of one commitment clause. */
export type CommitmentTerms = z.infer<typeof commitmentTerms>

/** COM-1, COM-2, COM-8: a row or line as a commitment; undefined when it names no year, no band and no total. */
export function fromRow(row: Row, read: CellReader): ReadClause<CommitmentTerms> | undefined {
  const terms: CommitmentTerms = {}
  const discount = read.percentage(row.cells.discount)
  if (discount !== undefined) terms.discount = discount
  const common = { title: row.label.text, beneficiary: 'provider', obligor: 'partner', force: 'obligation' } as const
  if (row.cells.band) {
    const band = read.band(row.cells.band)
    if (!band) return undefined
    const { currency = 'XXX', sign, from, to, touches } = band
    const money = (amount: string) => ({ amount, currency, ...(sign ? { sign } : {}) })
    if (from !== undefined) terms.from = money(from)
    if (to !== undefined) terms.to = money(to)
    if (touches) terms.touches = true
    return {
      ...common,
      key: `band-${from ?? '0'}`,
      force: 'statement',
      obligor: 'provider',
      beneficiary: 'partner',
      terms,
    }
  }
  const year = yearOf(row, read)
  const minimum = read.money(row.cells.minimum)
  if (row.form === 'row' && minimum && namesTotal(row.label.text))
    return { ...common, key: 'total', force: 'statement', terms: { minimum, total: true } }
  if (year === undefined || year < 1 || (minimum === undefined && row.form !== 'row')) return undefined
  terms.year = year
  if (minimum) terms.minimum = minimum
  return { ...common, key: `year-${year}`, terms }
}

const CALENDAR_YEAR =
  /^(?:(?:calendar|fiscal|contract) year|year|fy|a[ñn]o(?: calendario| fiscal| contractual)?|ejercicio)?\s*((?:19|20)\d{2})(?:\s*[/–-]\s*(?:19|20)?\d{2})?$/iu

/** COM-11: "Year 2" is the second; a calendar year counts from the one in the table's first row. */
function yearOf(row: Row, read: CellReader): number | undefined {
  const own = calendarYear(row.cells.year?.text)
  if (own === undefined) return read.ordinal(row.cells.year)
  const first = calendarYear((row.first ?? row.cells).year?.text)
  const year = first === undefined ? undefined : own - first + 1
  return year !== undefined && year >= 1 ? year : undefined
}

function calendarYear(text: string | undefined): number | undefined {
  const found = CALENDAR_YEAR.exec(text?.trim() ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}
