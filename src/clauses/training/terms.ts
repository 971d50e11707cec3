import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { amountSchema } from '../schemas.ts'

/** A training budget. */
export const trainingTerms = z.strictObject({
  training: z.string(),
  budget: amountSchema.optional().describe('with `per` when the text says per what'),
  delivery: z.string().optional(),
  total: z.boolean().optional(),
})

/** Terms of one training clause. */
export type TrainingTerms = z.infer<typeof trainingTerms>

/** A row or line as a training clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<TrainingTerms> | undefined {
  return undefined
}
