import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { decimalSchema, percentSchema } from '../schemas.ts'

/** A band of service with the credit that it earns. */
export const creditBandTerms = z.strictObject({
  of: z.string().optional().describe('the metric that the table or heading names'),
  below: decimalSchema.optional().describe('holds below this per cent'),
  atLeast: decimalSchema.optional().describe('and from this per cent upward'),
  touches: z.boolean().optional().describe('both ends belong to the band as written'),
  credit: percentSchema,
})

/** Terms of one credit-band clause. */
export type CreditBandTerms = z.infer<typeof creditBandTerms>

/** A row or line as a credit-band clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<CreditBandTerms> | undefined {
  return undefined
}
