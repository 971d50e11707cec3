import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { amountSchema, durationSchema, statedDateSchema } from '../schemas.ts'

/** A row or line of the header: parties, dates, length, total, renewal, law. */
export const termTerms = z.strictObject({
  field: z.enum([
    'agreement-type',
    'parties',
    'effective-date',
    'duration',
    'end-date',
    'signature-date',
    'total-commitment',
    'renewal',
    'notice',
    'governing-law',
    'other',
  ]),
  label: z.string(),
  text: z.string(),
  date: statedDateSchema.optional(),
  duration: durationSchema.optional().describe('length of the term, of the renewal or of the notice'),
  amount: amountSchema.optional().describe('total commitment'),
  renews: z.enum(['automatically', 'by-agreement', 'expires']).optional(),
})

/** Terms of one term clause. */
export type TermTerms = z.infer<typeof termTerms>

/** A row or line as a term clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<TermTerms> | undefined {
  return undefined
}
