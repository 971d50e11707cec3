import { z } from 'zod'
import { type CellReader, parseDate, plain, type ReadClause, type Row, slug } from '../../agreement/index.ts'
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

type Field = DocumentControlTerms['field']

const FIELDS: readonly string[] = documentControlTerms.shape.field.options
const LAST =
  /\b(last|latest|previous|was|has been|is|ultima|fue|ha sido)\b[^.;·|]*?\b(review\w*|revis\w*|updated|actualiza\w*)\b([^.;·|]*)/
const NEXT =
  /\b(next|following|due for|shall be|will be|proxima|siguiente|sera)\b[^.;·|]*?\b(review\w*|revis\w*|updated|actualiza\w*)\b([^.;·|]*)/

/** DOC-1: a row, line or sentence as one or more document-control clauses; undefined when it is none. */
export function fromRow(row: Row, read: CellReader): ReadClause<DocumentControlTerms>[] | undefined {
  const value = row.cells.value
  if (row.field !== undefined && FIELDS.includes(row.field) && value) {
    const field = row.field as Field
    const isReview = field === 'last-review' || field === 'next-review'
    const own = isReview && value.text !== '' ? read.date(value) : undefined
    const other = field === 'last-review' ? reviewIn(NEXT, value.text) : undefined
    return [
      clauseOf(field, row.label.text, value.text, own),
      ...(other ? [clauseOf('next-review', row.label.text, value.text, other)] : []),
    ]
  }
  if (row.field !== undefined || row.form === 'row') return undefined
  const text = row.cells.text?.text ?? row.label.text
  const next = reviewIn(NEXT, text)
  const last = reviewIn(LAST, text)
  const clauses = [
    ...(last ? [clauseOf('last-review', text, text, last)] : []),
    ...(next ? [clauseOf('next-review', text, text, next)] : []),
  ]
  return clauses.length > 0 ? clauses : undefined
}

function reviewIn(words: RegExp, text: string): ReturnType<typeof parseDate> {
  const after = words.exec(plain(text))?.[3]
  return after === undefined ? undefined : parseDate(after)
}

function clauseOf(
  field: Field,
  label: string,
  text: string,
  date: DocumentControlTerms['date'],
): ReadClause<DocumentControlTerms> {
  const title = label.length > 60 ? `${label.slice(0, 57)}…` : label
  const terms: DocumentControlTerms = { field, label: title, text, ...(date ? { date } : {}) }
  const common = { key: field === 'other' ? slug(label) : field, title, terms }
  return field === 'next-review' && date
    ? { ...common, force: 'obligation', obligor: 'both', beneficiary: 'both' }
    : { ...common, force: 'statement', obligor: 'none', beneficiary: 'none' }
}
