import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'

/** A sentence that no other kind knows: an obligation when it says shall or must, else a statement. */
export const provisionTerms = z.strictObject({
  text: z.string(),
  modal: z.enum(['shall', 'may', 'none']),
})

/** Terms of one provision clause. */
export type ProvisionTerms = z.infer<typeof provisionTerms>

/** A row or line as a provision clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<ProvisionTerms> | undefined {
  return undefined
}
