import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { decimalSchema, statedDateSchema } from '../schemas.ts'

/** A certificate with its holders and target. */
export const certificationTerms = z.strictObject({
  certificate: z.string(),
  holders: decimalSchema.optional(),
  target: decimalSchema.optional(),
  targetDate: statedDateSchema.optional(),
  total: z.boolean().optional(),
})

/** Terms of one certification clause. */
export type CertificationTerms = z.infer<typeof certificationTerms>

/** A row or line as a certification clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<CertificationTerms> | undefined {
  return undefined
}
