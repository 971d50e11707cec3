import { message, type Problem, type Span } from '../language/index.ts'
import type { Cell, CellReader, Clause, Heading, KnownKind, Party, ReadableKind, Row } from './clause.ts'
import type { LabelIndex } from './recognise.ts'
import { slug } from './words.ts'

/** State of one reading: everything found so far, and which lines are taken. */
export interface Reading {
  file: string
  lines: string[]
  kinds: readonly KnownKind[]
  labels: LabelIndex
  parties: Party[]
  cells: CellReader
  section: string[]
  headings: Heading[]
  clauses: Clause[]
  problems: Problem[]
  ids: Map<string, number>
  /** While an upright table is read: index of its columns among the headings. */
  table?: number
}

/** Lets a kind read a row and adds the clause; false when it is not of this kind after all. */
export function addClause(
  reading: Reading,
  kind: ReadableKind<never> | ReadableKind,
  row: Row,
  roles?: Record<string, Cell>,
): boolean {
  const before = reading.problems.length
  const read = [(kind as ReadableKind).fromRow(row, reading.cells) ?? []].flat()
  if (read.length === 0) {
    reading.problems.length = before
    return false
  }
  const places = Object.fromEntries(Object.entries(roles ?? row.cells).map(([role, cell]) => [role, cell.span]))
  if (!('label' in places)) places.label = row.label.span
  for (const { key, title, force, obligor, beneficiary, terms } of read) {
    reading.clauses.push({
      id: freshId(reading, `${kind.id}/${slug(key)}`),
      kind: kind.id,
      title,
      section: row.section,
      force,
      obligor,
      beneficiary,
      terms,
      cells: row.all,
      span: row.span,
      places,
      ...(row.form === 'row' && reading.table !== undefined ? { table: reading.table } : {}),
    })
  }
  return true
}

function freshId(reading: Reading, id: string): string {
  const count = (reading.ids.get(id) ?? 0) + 1
  reading.ids.set(id, count)
  return count === 1 ? id : `${id}-${count}`
}

/** Keeps what nobody understands as a clause of kind `unread`, with a problem at its place. */
export function keepUnread(reading: Reading, what: string, text: string, span: Span, parts?: Cell[]): void {
  const id = freshId(reading, `unread/${slug(text.slice(0, 40))}`)
  const cells = parts ?? [{ text, span, column: '' }]
  const section = [...reading.section]
  reading.clauses.push({
    id,
    kind: 'unread',
    title: text.slice(0, 60),
    section,
    force: 'statement',
    obligor: 'none',
    beneficiary: 'none',
    terms: { form: what, text },
    cells,
    span,
    places: {},
    ...(parts && reading.table !== undefined ? { table: reading.table } : {}),
  })
  reading.problems.push({
    code: 'structure/unread',
    where: span,
    message: message('structure/unread', { what: { word: `form.${what}` }, text: text.slice(0, 60) }),
    fix: message('structure/unread.fix'),
  })
}

/** The owner of every line: index into `[...headings, ...clauses]`, or -1. A line belongs to the first that holds it. */
export function lineOwners(
  headings: readonly { span: Span }[],
  clauses: readonly { span: Span }[],
  lineCount: number,
): Int32Array {
  const owners = new Int32Array(lineCount + 1).fill(-1)
  const all = [...headings, ...clauses]
  all.forEach(({ span }, at) => {
    const last = span.endColumn === 1 && span.endLine > span.line ? span.endLine - 1 : span.endLine
    for (let line = span.line; line <= Math.min(last, lineCount); line += 1) if (owners[line] === -1) owners[line] = at
  })
  return owners
}
