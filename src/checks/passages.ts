import type { Agreement, Cell, Clause, Heading } from '../agreement/index.ts'
import type { Span } from '../language/index.ts'

/** A piece of an agreement's text as a reader sees it, without marks of emphasis, and where it stands. */
export interface Passage {
  text: string
  span: Span
  clause?: Clause
  cell?: Cell
  heading?: Heading
}

const known = new WeakMap<Agreement, Passage[]>()

/** All text of an agreement in its order: headings, column names, and the cells or lines of clauses. */
export function passagesOf(agreement: Agreement): Passage[] {
  const before = known.get(agreement)
  if (before) return before
  const passages: Passage[] = []
  for (const heading of agreement.headings) {
    if (heading.form === 'heading') passages.push({ text: heading.text, span: heading.span, heading })
    for (const cell of heading.columns ?? []) passages.push({ text: cell.text, span: cell.span, heading, cell })
  }
  for (const clause of agreement.clauses)
    for (const cell of clause.cells) passages.push({ text: cell.text, span: cell.span, clause, cell })
  // A table lying on its side hands its header to several clauses; each place is said once.
  const places = new Set<string>()
  const once = passages
    .sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column)
    .filter(({ text, span }) => {
      const place = `${span.line}:${span.column}`
      if (text === '' || places.has(place)) return false
      places.add(place)
      return true
    })
  known.set(agreement, once)
  return once
}

/** The place of `text`, found at `index` of a passage; the whole passage when emphasis or escapes hide it in the source. */
export function placeIn(passage: Passage, text: string, index: number, lines: readonly string[]): Span {
  const { span } = passage
  let earlier = passage.text.slice(0, index).split(text).length - 1
  for (let line = span.line; line <= span.endLine; line += 1) {
    const raw = lines[line - 1] ?? ''
    const end = line === span.endLine ? span.endColumn - 1 : raw.length
    let at = raw.indexOf(text, line === span.line ? span.column - 1 : 0)
    for (; at >= 0 && at + text.length <= end; at = raw.indexOf(text, at + text.length)) {
      if (earlier === 0)
        return { file: span.file, line, column: at + 1, endLine: line, endColumn: at + 1 + text.length }
      earlier -= 1
    }
  }
  return span
}

/** A match of a pattern in a passage, with its exact place. */
export interface Hit {
  passage: Passage
  match: RegExpExecArray
  at: Span
}

/** Every place in the agreement where a pattern (with the `g` flag) matches. */
export function hitsOf(agreement: Agreement, pattern: RegExp): Hit[] {
  return passagesOf(agreement).flatMap((passage) =>
    [...passage.text.matchAll(pattern)].map((match) => ({
      passage,
      match,
      at: placeIn(passage, match[0], match.index, agreement.lines),
    })),
  )
}

/** One table as it is written: its header and its rows. */
export interface WrittenTable {
  head: Heading
  columns: readonly Cell[]
  rows: WrittenRow[]
}

/** A row as it is written; `clause` when the row became one. */
export interface WrittenRow {
  cells: string[]
  span: Span
  clause?: Clause
}

const tables = new WeakMap<Agreement, WrittenTable[]>()

/** The upright tables of an agreement, each row with the cells that were written. */
export function tablesOf(agreement: Agreement): WrittenTable[] {
  const before = tables.get(agreement)
  if (before) return before
  const byHead = new Map<number, WrittenRow[]>()
  for (const clause of agreement.clauses) {
    if (clause.table === undefined) continue
    const rows = byHead.get(clause.table)
    const found = rowsOf(clause, rows?.at(-1))
    if (rows) rows.push(...found)
    else byHead.set(clause.table, found)
  }
  const found = agreement.headings.flatMap((head, at) =>
    head.columns ? [{ head, columns: head.columns, rows: byHead.get(at) ?? [] }] : [],
  )
  tables.set(agreement, found)
  return found
}

// A row that says two things became two clauses; a table that nobody knew became one clause of many rows.
function rowsOf(clause: Clause, last: WrittenRow | undefined): WrittenRow[] {
  const { span, cells } = clause
  if (clause.kind !== 'unread') {
    const same = last?.clause?.cells === cells || (last !== undefined && last.span.line === span.line)
    return same ? [] : [{ cells: cells.map((cell) => cell.text), span, clause }]
  }
  const { form, text } = clause.terms as { form: string; text: string }
  if (form !== 'table') return [{ cells: cells.map((cell) => cell.text), span }]
  let taken = 0
  return text
    .split('\n')
    .slice(1)
    .map((line) => {
      const texts = line.split(' | ')
      const own = cells.slice(taken, taken + texts.length)
      taken += texts.length
      const [first, end] = [own[0]?.span ?? span, own.at(-1)?.span ?? span]
      return { cells: texts, span: { ...first, endLine: end.endLine, endColumn: end.endColumn } }
    })
}
