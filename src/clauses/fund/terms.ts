import { z } from 'zod'
import { type CellReader, findPer, namesTotal, type ReadClause, type Row, type Side } from '../../agreement/index.ts'
import { amountSchema, percentSchema, statedDateSchema } from '../schemas.ts'

/** A marketing or development fund (FUN-1, FUN-2). */
export const fundTerms = z.strictObject({
  programme: z.string(),
  funding: amountSchema.optional().describe('with `per` when the text says per what'),
  activities: z.string().optional(),
  claimBy: statedDateSchema.optional(),
  share: percentSchema.optional(),
  total: z.boolean().optional(),
})

/** Terms of one fund clause. */
export type FundTerms = z.infer<typeof fundTerms>

/** FUN-1, FUN-2: a row or line as a fund; undefined when it names no programme or, outside a table, no amount. */
export function fromRow(row: Row, read: CellReader): ReadClause<FundTerms> | undefined {
  const programme = read.text(row.cells.programme)
  if (programme === undefined) return undefined
  const terms: FundTerms = { programme }
  const funding = read.money(row.cells.funding)
  if (funding) {
    const per = funding.per ?? periodIn(row)
    terms.funding = per ? { ...funding, per } : funding
  }
  if (row.form !== 'row' && (!funding || !row.cells.value)) return undefined
  const activities = row.form === 'row' ? read.text(row.cells.activities) : undefined
  if (activities !== undefined) terms.activities = activities
  const claimBy = row.cells.claimBy && /\d/.test(row.cells.claimBy.text) ? read.date(row.cells.claimBy) : undefined
  if (claimBy) terms.claimBy = claimBy
  const share = read.percentage(row.cells.share)
  if (share !== undefined) terms.share = share
  if (namesTotal(programme)) terms.total = true
  const obligor = whoPays(row, read)
  return {
    key: programme,
    title: programme,
    force: terms.total ? 'statement' : 'obligation',
    obligor,
    beneficiary: obligor === 'partner' ? 'provider' : 'partner',
    terms,
  }
}

// Funds come from the provider unless a column says who pays.
function whoPays(row: Row, read: CellReader): Side {
  const side = read.side(row.cells.payer)
  return side === 'partner' || side === 'both' ? side : 'provider'
}

/** FUN-2: the period in its own column, the amount's header, the rest of a line, or the nearest heading. */
function periodIn(row: Row): ReturnType<typeof findPer> {
  const { period, funding, text } = row.cells
  const said =
    row.form === 'row' ? [period?.text, funding?.column, row.section.at(-1)] : [text?.text, row.section.at(-1)]
  for (const words of said) {
    const per = words === undefined ? undefined : findPer(words)
    if (per) return per
  }
  return undefined
}
