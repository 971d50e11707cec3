import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { statedDateSchema } from '../schemas.ts'

/** A line of document control. */
export const documentControlTerms = z.strictObject({
  field: z.enum(['classification', 'owner', 'last-review', 'next-review', 'version', 'other']),
  label: z.string(),
  text: z.string(),
  date: statedDateSchema.optional(),
})

/** Terms of one document-control clause. */
export type DocumentControlTerms = z.infer<typeof documentControlTerms>

/** A row or line as a document-control clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<DocumentControlTerms> | undefined {
  return undefined
}
