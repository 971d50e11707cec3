import { message } from '../language/index.ts'
import type { Block } from './blocks.ts'
import type { Cell, Row } from './clause.ts'
import { part } from './lines.ts'
import { addClause, keepUnread, type Reading } from './reading.ts'
import { recogniseTable, type TableMatch } from './recognise.ts'
import { plainLabel } from './words.ts'

type Table = Extract<Block, { form: 'table' }>

// A table whose header fits this well stands upright; looking at it sideways could only cost time.
const SURE = 6

/** Reads a table: by its columns and headings, lying on its side, or as key/value rows; else it stays unread. */
export function readTable(reading: Reading, written: Table): void {
  reading.headings.push({
    form: 'columns',
    depth: 0,
    text: written.columns.map((each) => each.text).join(' | '),
    span: written.headSpan,
    columns: written.columns,
  })
  reading.table = reading.headings.length - 1
  const glued = written.rows.filter((row) => isGlued(reading, written, row.cells))
  const whole = { ...written, rows: written.rows.filter((row) => !glued.includes(row)) }
  const table = withoutNumbers(reading, whole)
  const { rows } = table
  const texts = rows.map((row) => row.cells)
  const upright = recogniseTable(table.columns, texts, reading.section, reading.kinds, reading.parties)
  const labelled = labelShare(reading, table, texts)
  const sure = labelled > 0.5 || (upright?.score ?? 0) >= SURE || table !== whole
  const sideways = sure ? undefined : recogniseSideways(reading, table)
  if (sideways && sideways.score > (upright?.score ?? 0)) readSideways(reading, table, sideways)
  else if (upright && isKeyed(upright) && (upright.score > 4 || hasLabels(reading, texts, upright)))
    for (const row of rows) readKeyed(reading, row, upright)
  else if (upright && !isKeyed(upright) && (labelled < 0.5 || upright.score >= 6))
    for (const row of rows) readRow(reading, row, upright, rows[0])
  else if (labelled >= 0.5 && texts.length > 0) for (const row of rows) readKeyed(reading, row)
  else if (rows.length > 0) keepTable(reading, whole)
  delete reading.table
  for (const row of glued) readGlued(reading, row)
}

function keepTable(reading: Reading, table: Table): void {
  const texts = table.rows.map((row) => row.cells)
  const lines = [table.columns, ...texts].map((row) => row.map((cell) => cell.text).join(' | '))
  const span = { ...table.span, line: table.headSpan.line + 2, column: 1 }
  keepUnread(reading, 'table', lines.join('\n'), span, texts.flat())
}

const NUMBERS =
  /^(?:#|n\.?\s?[°ºo]s?\.?|nos?\.?|nr\.?|nro\.?|n[uú]m(?:ero)?\.?|number|item|[íi]tem|id|ref\.?|seq\.?|orden|)$/iu
// What some kinds count by: the first column then says which year or which priority a row is about.
const COUNTED_BY = new Set(['year', 'priority'])

/** The table with its column of running numbers behind the others, so that every row begins with what it is about. */
function withoutNumbers(reading: Reading, table: Table): Table {
  const [head, ...columns] = table.columns
  if (!head || columns.length < 2 || !NUMBERS.test(head.text.trim())) return table
  const runs = table.rows.map((row) => row.cells[0]?.text.trim() ?? '').filter((text) => text !== '')
  const counts = runs.every((text, at) => text.replace(/[.)]$/, '') === String(at + 1))
  if (!counts || runs.length < table.rows.length - 1) return table
  const texts = table.rows.map((row) => row.cells)
  const whole = recogniseTable(table.columns, texts, reading.section, reading.kinds, reading.parties)
  if (COUNTED_BY.has(whole?.roles[0] ?? '')) return table
  const rows = table.rows.map(({ span, cells: [number, ...rest] }) => {
    if (number) number.role = 'ordinal'
    return { span, cells: number ? [...rest, number] : rest }
  })
  return { ...table, columns, rows }
}

// One cell without pipes under a wider table: a paragraph that Markdown swallowed.
function isGlued(reading: Reading, table: Table, cells: readonly Cell[]): boolean {
  const line = reading.lines[(cells[0]?.span.line ?? 0) - 1] ?? '|'
  return table.columns.length > 1 && cells.length === 1 && !line.includes('|')
}

function readGlued(reading: Reading, row: Table['rows'][number]): void {
  const cell = row.cells[0]
  if (!cell) return
  const fix = message('structure/glued-text.fix')
  reading.problems.push({
    code: 'structure/glued-text',
    where: row.span,
    message: message('structure/glued-text', { text: cell.text.slice(0, 60) }),
    fix,
  })
  const fallback = reading.kinds.find((each) => each.reads.fallback)
  const line = { text: cell.text, lead: '', struck: false, span: row.span }
  const asLine: Row = {
    form: 'line',
    label: cell,
    cells: { text: part(line, cell.text, reading.lines) },
    all: [cell],
    section: [...reading.section],
    span: row.span,
  }
  if (!fallback || !addClause(reading, fallback.kind, asLine)) keepUnread(reading, 'paragraph', cell.text, row.span)
}

function cellsByRole(cells: readonly Cell[], match: TableMatch): Record<string, Cell> {
  return Object.fromEntries(cells.flatMap((cell, at) => (match.roles[at] ? [[match.roles[at], cell]] : [])))
}

function readRow(reading: Reading, row: Table['rows'][number], match: TableMatch, first = row): void {
  const cells: Record<string, Cell> = {}
  row.cells.forEach((cell, at) => {
    const role = match.roles[at] ?? cell.role
    if (role === undefined) return
    cell.role = role
    if (match.needed.has(role)) cell.needed = true
    cells[role] = cell
  })
  const label = row.cells[0]
  const asRow: Row = {
    form: 'row',
    label: label ?? emptyCell(row.span),
    cells,
    all: row.cells,
    first: first === row ? cells : cellsByRole(first.cells, match),
    section: [...reading.section],
    span: row.span,
  }
  if (label && addClause(reading, match.known.kind, asRow)) return
  keepUnread(reading, 'row', row.cells.map((cell) => cell.text).join(' | '), row.span, row.cells)
}

function emptyCell(span: Cell['span']): Cell {
  return { text: '', span, column: '' }
}

/** Share of rows whose first cell is a label that some kind knows. */
function labelShare(reading: Reading, table: Table, rows: readonly Cell[][]): number {
  if (table.columns.length < 2 || table.columns.length > 4 || rows.length === 0) return 0
  const known = rows.filter((row) => row[0] && reading.labels.find(row[0].text, reading.section))
  return known.length / rows.length
}

// Columns as general as "Item | Detail" make a table of labels only when some label is known.
function hasLabels(reading: Reading, rows: readonly Cell[][], match: TableMatch): boolean {
  const at = match.roles.indexOf('label')
  return rows.some((row) => row[at] && reading.labels.find(row[at].text, reading.section))
}

/** Whether the columns say no more than "label" and "value": then every row says by its label what it is. */
function isKeyed(match: TableMatch): boolean {
  return match.roles.includes('label') && match.roles.includes('value')
}

function readKeyed(reading: Reading, row: Table['rows'][number], match?: TableMatch): void {
  const [at, valueAt] = match ? [match.roles.indexOf('label'), match.roles.indexOf('value')] : [0, 1]
  const [label, value] = [row.cells[at], row.cells[valueAt]]
  const ordinal = row.cells.find((cell) => cell.role === 'ordinal')
  const note = row.cells.find((cell, index) => index !== at && index !== valueAt && cell !== ordinal)
  if (label && value) {
    const found = reading.labels.find(label.text, reading.section)
    const term = reading.kinds.find((each) => each.kind.id === 'term')
    const fallback = reading.kinds.find((each) => each.reads.fallback)
    const cells: Record<string, Cell> = { value, ...(note ? { note } : {}), ...(ordinal ? { ordinal } : {}) }
    const asRow: Row = { form: 'row', label, cells, all: row.cells, section: [...reading.section], span: row.span }
    if (found && addClause(reading, found.known.kind, { ...asRow, field: found.field })) return
    for (const known of [match?.known ?? term, fallback])
      if (known && addClause(reading, known.kind, { ...asRow, field: 'other' })) return
  }
  keepUnread(reading, 'row', row.cells.map((cell) => cell.text).join(' | '), row.span, row.cells)
}

/** A table lying on its side: the first column holds what other tables have in their header. */
function turned(table: Table): { columns: Cell[]; rows: Cell[][] } {
  const columns = [
    table.columns[0] ?? emptyCell(table.headSpan),
    ...table.rows.map((row) => row.cells[0] ?? emptyCell(row.span)),
  ]
  const rows = table.columns
    .slice(1)
    .map((head, at) => [head, ...table.rows.map((row) => row.cells[at + 1] ?? emptyCell(row.span))])
  return { columns, rows: rows.map((row) => row.map((cell, at) => ({ ...cell, column: columns[at]?.text ?? '' }))) }
}

function recogniseSideways(reading: Reading, table: Table): TableMatch | undefined {
  if (table.columns.length < 3 || table.rows.length > 6) return undefined
  const { columns, rows } = turned(table)
  const corner = { ...(columns[0] as Cell) }
  // The corner is usually blank or says what the header row holds; the header cells themselves say it better.
  if (plainLabel(corner.text) === '' || !/^\d+$/.test(corner.text)) corner.text = headWord(table)
  const match = recogniseTable([corner, ...columns.slice(1)], rows, reading.section, reading.kinds, reading.parties)
  return match && match.roles.filter((role) => role !== undefined).length >= 2 ? match : undefined
}

function headWord(table: Table): string {
  const words = table.columns.slice(1).map((each) => plainLabel(each.text).replace(/\d+/g, '').trim())
  return words.every((word) => word === words[0]) && words[0] ? words[0] : (table.columns[0]?.text ?? '')
}

function readSideways(reading: Reading, table: Table, match: TableMatch): void {
  delete reading.table
  const { rows } = turned(table)
  for (const cells of rows) {
    const [first, last] = [cells[1], cells.at(-1)]
    if (!cells[0] || !first || !last) continue
    const span = {
      file: reading.file,
      line: first.span.line,
      column: first.span.column,
      endLine: last.span.endLine,
      endColumn: last.span.endColumn,
    }
    readRow(reading, { cells, span }, match, cells === rows[0] ? undefined : { cells: rows[0] ?? cells, span })
  }
}
