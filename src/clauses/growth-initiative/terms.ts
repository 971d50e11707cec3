import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { amountSchema, statedDateSchema } from '../schemas.ts'

/** An investment with the recurring revenue expected of it. */
export const growthInitiativeTerms = z.strictObject({
  initiative: z.string(),
  investment: amountSchema.optional(),
  expected: amountSchema.optional().describe('expected annual recurring revenue'),
  date: statedDateSchema.optional(),
  owner: z.string().optional(),
})

/** Terms of one growth-initiative clause. */
export type GrowthInitiativeTerms = z.infer<typeof growthInitiativeTerms>

/** A row or line as a growth-initiative clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<GrowthInitiativeTerms> | undefined {
  return undefined
}
