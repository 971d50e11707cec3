import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { durationSchema, measureSchema } from '../schemas.ts'

/** A service level: metric, target, consequence, and how it is measured. */
export const serviceLevelTerms = z.strictObject({
  metric: z.string(),
  subject: z.enum(['availability', 'resolution-time', 'response-time', 'change-success', 'satisfaction', 'other']),
  target: measureSchema.optional(),
  priority: z.string().optional().describe('P1, Critical …'),
  response: durationSchema.optional(),
  resolution: durationSchema.optional(),
  penalty: z.enum(['credit', 'review', 'none', 'other']).optional(),
  penaltyText: z.string().optional(),
  formula: z.string().optional(),
  window: z.string().optional(),
  exclusions: z.string().optional(),
  source: z.string().optional(),
  component: z.string().optional().describe('the service it speaks of, when the row says'),
})

/** Terms of one service-level clause. */
export type ServiceLevelTerms = z.infer<typeof serviceLevelTerms>

/** A row or line as a service-level clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<ServiceLevelTerms> | undefined {
  return undefined
}
