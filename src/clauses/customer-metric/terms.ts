import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { percentSchema, quantitySchema, statedDateSchema } from '../schemas.ts'

/** A business metric with its present value and its target. */
export const customerMetricTerms = z.strictObject({
  metric: z.string(),
  subject: z.enum(['deployments', 'subscribers', 'revenue', 'average-size', 'other']),
  current: quantitySchema.optional(),
  target: quantitySchema.optional(),
  targetDate: statedDateSchema.optional().describe('from the row, or from the column header ("Target 2025")'),
  growth: percentSchema.optional(),
  per: z.enum(['month', 'quarter', 'year']).optional(),
})

/** Terms of one customer-metric clause. */
export type CustomerMetricTerms = z.infer<typeof customerMetricTerms>

/** A row or line as a customer-metric clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<CustomerMetricTerms> | undefined {
  return undefined
}
