import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'

/** A defined term. */
export const definitionTerms = z.strictObject({
  term: z.string(),
  meaning: z.string(),
})

/** Terms of one definition clause. */
export type DefinitionTerms = z.infer<typeof definitionTerms>

/** A row or line as a definition clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<DefinitionTerms> | undefined {
  return undefined
}
