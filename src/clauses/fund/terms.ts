import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { amountSchema, percentSchema, statedDateSchema } from '../schemas.ts'

/** A marketing or development fund. */
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

/** A row or line as a fund clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<FundTerms> | undefined {
  return undefined
}
