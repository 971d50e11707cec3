import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'

/** A service that the agreement covers. */
export const serviceTerms = z.strictObject({
  service: z.string(),
  description: z.string().optional(),
  use: z.string().optional(),
})

/** Terms of one service clause. */
export type ServiceTerms = z.infer<typeof serviceTerms>

/** A row or line as a service clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<ServiceTerms> | undefined {
  return undefined
}
