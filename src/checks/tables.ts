import type { Agreement, Cell, Clause } from '../agreement/index.ts'
import type { Span } from '../language/index.ts'

/** Clauses that stand in one table, with its header cells; or, without header, in the lines under one heading. */
export interface ClauseTable<T> {
  columns: Cell[]
  clauses: Clause<T>[]
}

/** Groups clauses, given in the text's order, by the table they stand in. */
export function byTable<T>(agreement: Agreement, clauses: readonly Clause<T>[]): ClauseTable<T>[] {
  const tables = new Map<string, ClauseTable<T>>()
  for (const clause of clauses) {
    const columns = clause.table === undefined ? [] : (agreement.headings[clause.table]?.columns ?? [])
    const key = clause.table === undefined ? `lines ${sectionKey(clause)}` : `table ${clause.table}`
    const table = tables.get(key)
    if (table) table.clauses.push(clause)
    else tables.set(key, { columns, clauses: [clause] })
  }
  return [...tables.values()]
}

/** The header cell above the cells of a role. */
export function columnOf<T>(table: ClauseTable<T>, role: string): Cell | undefined {
  for (const clause of table.clauses) {
    const cell = cellOf(clause, role)
    const column = cell && table.columns.find((each) => each.text === cell.column)
    if (column) return column
  }
  return undefined
}

/** A clause's cell of a role. */
export function cellOf(clause: Clause, role: string): Cell | undefined {
  return clause.cells.find((cell) => cell.role === role)
}

/** The place of the first of these roles that the clause has; else of its label; else its own. */
export function placeOf(clause: Clause, ...roles: string[]): Span {
  const role = [...roles, 'label'].find((each) => clause.places[each] !== undefined)
  return (role !== undefined && clause.places[role]) || clause.span
}

/** All words of a clause as written. */
export function wordsOf(clause: Clause): string {
  return clause.cells.map((cell) => cell.text).join(' ')
}

/** Cells of a row that its kind has no use for: notes, and columns nobody foresaw. */
export function remarksOf(clause: Clause): Cell[] {
  return clause.cells.filter((cell) => cell.role === undefined && /[\p{L}\d]/u.test(cell.text))
}

/** What identifies the heading path that a clause stands under. */
export function sectionKey(clause: Clause): string {
  return clause.section.join('\u0000')
}

const PROSE = new Set(['provision', 'rule', 'unread'])

/** Sentences that may settle something beside a table: loose clauses by the heading path they stand under. */
export function proseBySection(agreement: Agreement): Map<string, string[]> {
  const sections = new Map<string, string[]>()
  for (const clause of agreement.clauses) {
    if (!PROSE.has(clause.kind)) continue
    const texts = sections.get(sectionKey(clause))
    if (texts) texts.push(wordsOf(clause))
    else sections.set(sectionKey(clause), [wordsOf(clause)])
  }
  return sections
}

/** Asks whether a sentence under a clause's own heading says something; each sentence is looked at once. */
export function saidBeside(agreement: Agreement, says: (text: string) => boolean): (clause: Clause) => boolean {
  const said = new Set<string>()
  for (const [section, texts] of proseBySection(agreement)) if (texts.some(says)) said.add(section)
  return (clause) => said.has(sectionKey(clause))
}
