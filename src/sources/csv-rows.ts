import { type InputRow, plainCell } from './input-row.ts'
import type { RowFault } from './room.ts'

/** A table: its columns as the header writes them, and its rows. */
export interface CsvTable {
  columns: string[]
  delimiter: string
  rows: InputRow[]
}

/** One record of a text by RFC 4180. */
interface Scanned {
  cells: string[]
  /** Where the record ends, and where the next one begins, after the line break. */
  end: number
  next: number
  /** What is wrong with its quotes. */
  broken?: 'unclosed-quote' | 'text-after-quote'
  strayQuote?: boolean
}

// A record longer than this has an opening quote that nothing closes: without a bound every such line would be read to the end.
const RECORD_MAX = 1_000_000
const DELIMITERS = [',', ';', '\t', '|']

/**
 * Reads a table by RFC 4180: delimiter recognised from the header, quoted line breaks, any line ending. A record with broken
 * quotes, or with too few or too many cells, has a fault; when it spans lines, only its first is given up and the next is read anew.
 * The text of a faulty record is kept to the character. Blank lines are no rows. Undefined when there is no header.
 * `wanted` are the names by which the fields are asked for; a column that differs in case or blanks alone is called so, with a quirk.
 */
export function readCsv(text: string, wanted: readonly string[] = []): CsvTable | undefined {
  const delimiter = delimiterOf(text)
  let at = skipBlankLines(text, 0)
  const header = at < text.length ? scanRecord(text, at, delimiter) : undefined
  if (!header || header.broken) return undefined
  const written = header.cells.map((cell) => cell.trim())
  const columns = written.map((column) => wanted.find((name) => sameColumn(name, column)) ?? column)
  const notes = [...duplicateColumns(columns), ...respelt(written, columns)]
  const rows: InputRow[] = []
  at = skipBlankLines(text, header.next)
  while (at < text.length) {
    const record = scanRecord(text, at, delimiter)
    const miscounted = record.cells.length !== columns.length
    const spansLines = lineEnd(text, at).end < record.end
    const end = record.broken || (miscounted && spansLines) ? lineEnd(text, at) : record
    const raw = text.slice(at, end.end)
    const faults = record.broken ? [fault(record.broken)] : miscounted ? [countFault(record.cells, columns)] : []
    rows.push(rowOf({ row: rows.length + 1, raw, faults, record, columns, notes: rows.length === 0 ? notes : [] }))
    at = skipBlankLines(text, end.next)
  }
  return { columns, delimiter, rows }
}

/** The columns that a text names if it is a table; from its beginning alone. */
export function csvColumns(text: string): string[] {
  if (lastAsked.text !== text) Object.assign(lastAsked, { text, columns: columnsOf(text) })
  return [...lastAsked.columns]
}

// Every source asks for the columns of the same file, one after another.
const lastAsked: { text: string; columns: readonly string[] } = { text: '', columns: [] }

function columnsOf(text: string): string[] {
  const at = skipBlankLines(text, 0)
  if (at >= text.length) return []
  const header = scanRecord(text, at, delimiterOf(text))
  return header.broken ? [] : header.cells.map((cell) => cell.trim())
}

/** Whether two names of a column differ in case, blanks and underscores alone. */
export function sameColumn(a: string, b: string): boolean {
  const letters = (name: string) => name.toLowerCase().replace(/[\s_]+/g, '')
  return letters(a) === letters(b)
}

function respelt(written: readonly string[], columns: readonly string[]): RowFault[] {
  return columns.flatMap((field, at) => (written[at] === field ? [] : [{ code: 'column-name', field }]))
}

function fault(code: string): RowFault {
  return { code, field: '' }
}

function countFault(cells: readonly string[], columns: readonly string[]): RowFault {
  const code = cells.length < columns.length ? 'too-few-cells' : 'too-many-cells'
  return { code, field: '', detail: `${cells.length}/${columns.length}` }
}

function duplicateColumns(columns: readonly string[]): RowFault[] {
  const twice = columns.filter((column, at) => column !== '' && columns.indexOf(column) !== at)
  return [...new Set(twice)].map((field) => ({ code: 'duplicate-column', field }))
}

function rowOf(found: {
  row: number
  raw: string
  faults: RowFault[]
  record: Scanned
  columns: readonly string[]
  notes: RowFault[]
}): InputRow {
  const { row, raw, faults, record, columns, notes } = found
  const quirks = [...notes]
  const fields: Record<string, unknown> = Object.create(null)
  if (faults.length > 0) return { row, fields, raw, faults, quirks }
  if (record.strayQuote) quirks.push(fault('stray-quote'))
  columns.forEach((column, at) => {
    if (column === '' || column in fields) return
    const { text, quirk } = plainCell(record.cells[at] ?? '')
    fields[column] = text
    if (quirk) quirks.push({ code: quirk, field: column })
    if (text.includes('\ufffd')) quirks.push({ code: 'encoding', field: column })
  })
  return { row, fields, raw, faults, quirks }
}

/** The delimiter that the header has most of, outside quotes. */
function delimiterOf(text: string): string {
  const at = skipBlankLines(text, 0)
  const line = text.slice(at, lineEnd(text, at).end).replace(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((each) => line.split(each).length - 1)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

function skipBlankLines(text: string, from: number): number {
  const blank = /(?:[ \t\ufeff]*(?:\r\n|\r|\n))*(?:[ \t\ufeff]*$)?/y
  blank.lastIndex = from
  blank.exec(text)
  return blank.lastIndex
}

function lineEnd(text: string, from: number): { end: number; next: number } {
  const breaks = /\r\n|\r|\n/g
  breaks.lastIndex = from
  const found = breaks.exec(text)
  return found ? { end: found.index, next: breaks.lastIndex } : { end: text.length, next: text.length }
}

function scanRecord(text: string, start: number, delimiter: string): Scanned {
  const cells: string[] = []
  const limit = Math.min(text.length, start + RECORD_MAX)
  let at = start
  let strayQuote = false
  for (;;) {
    if (text[at] === '"') {
      const quoted = scanQuoted(text, at, limit)
      if (quoted === undefined) return { cells, end: limit, next: limit, broken: 'unclosed-quote' }
      cells.push(quoted.cell)
      at = quoted.end
      if (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r')
        return { cells, end: at, next: at, broken: 'text-after-quote' }
    } else {
      const from = at
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1
      const cell = text.slice(from, at)
      strayQuote ||= cell.includes('"')
      cells.push(cell)
    }
    if (text[at] === delimiter) {
      at += 1
      continue
    }
    const next = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length)
    return { cells, end: at, next, ...(strayQuote ? { strayQuote } : {}) }
  }
}

function scanQuoted(text: string, start: number, limit: number): { cell: string; end: number } | undefined {
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0 || quote >= limit) return undefined
    if (text[quote + 1] !== '"') return { cell: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 }
    at = quote + 2
  }
}
