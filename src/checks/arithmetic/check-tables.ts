import { type Clause, namesTotal, plain, plainLabel } from '../../agreement/index.ts'
import type { Span } from '../../language/index.ts'
import type { CheckContext } from '../room.ts'

/** A cell as sums need it: its words and its place. */
export interface Figure {
  text: string
  span: Span
}

/** A row of a table, whatever kind of clause it became. */
export interface TableRow {
  clause: string
  total: boolean
  label: string
  cells: Figure[]
}

/** Rows of one table in order, with its column names. */
export interface FigureTable {
  section: string
  columns: string[]
  rows: TableRow[]
}

// Rows of these kinds are single facts under each other, no items of a sum; "Total agent subscribers" is a metric.
const NO_SUMS = new Set([
  'customer-metric',
  'term',
  'document-control',
  'rule',
  'provision',
  'definition',
  'exit',
  'review',
])

// A table of shares has no kind of its own: its rows are provisions.
function sumsUp(clause: Clause): boolean {
  return !NO_SUMS.has(clause.kind) || clause.cells.some((cell) => cell.role === 'share')
}

/** All tables that have a total row, from typed clauses as well as from rows and tables that were kept unread. */
export function tablesWithTotal(context: CheckContext): FigureTable[] {
  return tables(context).filter(({ rows }) => rows.some((row) => row.total))
}

// Two checks walk the same tables; they are kept for as long as their context lives.
const kept = new WeakMap<CheckContext, FigureTable[]>()

/** All tables of at least two columns, read from the clauses' own cells so that every form of the text gives the same. */
export function tables(context: CheckContext): FigureTable[] {
  const known = kept.get(context) ?? readTables(context)
  kept.set(context, known)
  return known
}

function readTables(context: CheckContext): FigureTable[] {
  const found: FigureTable[] = []
  let open: { signature: string; table: FigureTable; last: number } | undefined
  for (const clause of context.agreement.clauses) {
    const section = clause.section.join('\u0000')
    const { line, endLine } = clause.origin ?? clause.span
    // Rows of one table stand on lines that follow each other; a blank line or a heading begins another one.
    if (open && line > open.last + 1) open = undefined
    if (open) open.last = endLine
    if (clause.kind === 'unread') {
      const { form, text } = clause.terms as { form?: string; text?: string }
      if (form === 'table' && text !== undefined) found.push(unreadTable(clause, text))
      else if (form === 'row' && text !== undefined && open?.table.section === section)
        open.table.rows.push(unreadRow(clause, text.split(' | '), clause.span))
      continue
    }
    if (clause.cells.length < 2 || clause.cells.some((cell) => cell.column === '') || !sumsUp(clause)) {
      open = undefined
      continue
    }
    const columns = clause.cells.map((cell) => cell.column)
    const signature = [clause.kind, section, columns[0], columns[1]].join('\u0001')
    if (open?.signature !== signature) {
      open = { signature, table: { section, columns, rows: [] }, last: endLine }
      found.push(open.table)
    }
    open.table.rows.push(typedRow(clause))
  }
  return found
}

function typedRow(clause: Clause): TableRow {
  const label = clause.cells[0]?.text ?? clause.title
  const flagged = (clause.terms as { total?: boolean }).total === true
  return { clause: clause.id, total: flagged || isTotal(label), label, cells: clause.cells }
}

// "Total de suscriptores" counts one thing; a row that sums up its table is called a total and no more.
function isTotal(label: string): boolean {
  return namesTotal(label) && !/\b(?:de|of)\b/.test(plainLabel(label))
}

function unreadRow(clause: Clause, texts: readonly string[], span: Span): TableRow {
  const label = texts[0] ?? ''
  return { clause: clause.id, total: isTotal(label), label, cells: texts.map((text) => ({ text, span })) }
}

// Its text holds the column names and then one line for each row, as the document does from the clause's first line on.
function unreadTable(clause: Clause, text: string): FigureTable {
  const [head = '', ...lines] = text.split('\n')
  const rows = lines.map((line, index) => {
    const at = clause.span.line + index
    const inside = clause.origin === undefined && at <= clause.span.endLine
    const span = inside ? { ...clause.span, line: at, endLine: at, column: 1, endColumn: line.length + 1 } : clause.span
    return unreadRow(clause, line.split(' | '), span)
  })
  return { section: clause.section.join('\u0000'), columns: head.split(' | '), rows }
}

/** The nearest heading above a table, in comparable form. */
export function headingOf(table: FigureTable): string {
  return plain(table.section.split('\u0000').at(-1) ?? '')
}
