import type { z } from 'zod'
import { PARTNER } from '../evidence/index.ts'
import { message, type Problem } from '../language/index.ts'
import { type CsvTable, readCsv } from './csv-rows.ts'
import { readFields } from './fields.ts'
import type { InputRow } from './input-row.ts'
import { type JsonFile, type JsonShape, readJson } from './json-rows.ts'
import type { FileReading, ReadFact, ReadRow, RecordFile, RowFault } from './room.ts'

/** What a room makes of one row whose fields are typed: facts, or what is still wrong with it. */
export interface RowGiven {
  facts?: ReadFact[]
  faults?: RowFault[]
  quirks?: RowFault[]
}

/** Reads every row by a schema and lets the room make facts of it. `ownerField` names the field that says whose a rejected row is. */
export function readRows<T, R extends InputRow>(
  rows: readonly R[],
  schema: z.ZodType<T>,
  make: (value: T, row: R) => RowGiven,
  ownerField?: string,
): ReadRow[] {
  return rows.map((input) => {
    const { row, raw } = input
    const read = readFields(schema, input)
    const said = ownerField === undefined ? undefined : input.fields[ownerField]
    const owner = typeof said === 'string' && said.trim() !== '' ? said.trim() : PARTNER
    if ('faults' in read) return rowRead({ row, raw, owner, faults: read.faults, quirks: read.quirks })
    const { facts = [], faults = [], quirks = [] } = make(read.value, input)
    return rowRead({ row, raw, owner, facts, faults, quirks: [...read.quirks, ...quirks] })
  })
}

function rowRead(
  given: Required<Pick<RowGiven, 'faults' | 'quirks'>> & RowGiven & Pick<ReadRow, 'row' | 'raw' | 'owner'>,
): ReadRow {
  const { row, raw, owner, facts = [], faults, quirks } = given
  const isRejected = faults.length > 0
  return {
    row,
    facts: isRejected ? [] : facts,
    rejected: faults,
    ...(quirks.length > 0 ? { quirks } : {}),
    raw,
    ...(owner === undefined ? {} : { owner }),
  }
}

/** A file that is not of its format: `source.refused.<code>` says why, `source.refused.<code>.fix` what to do. */
export function refusal(file: string, code: string, params: Record<string, string> = {}): FileReading {
  const id = `source.refused.${code}`
  const problem: Problem = {
    code: id,
    where: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: message(id, params),
    fix: message(`${id}.fix`),
  }
  return { refused: [problem] }
}

/** A table that has all of these columns, and perhaps `more`; else why the file is refused. */
export function readTable(
  file: RecordFile,
  columns: readonly string[],
  more: readonly string[] = [],
): { table: CsvTable } | { refusal: FileReading } {
  const table = readCsv(file.text, [...columns, ...more])
  if (!table) return { refusal: refusal(file.name, 'no-table') }
  const missing = columns.filter((column) => !table.columns.includes(column))
  if (missing.length > 0) return { refusal: refusal(file.name, 'columns', { columns: missing.join(', ') }) }
  if (table.rows.length === 0) return { refusal: refusal(file.name, 'no-rows') }
  return { table }
}

/** A JSON file of this shape; else why the file is refused. */
export function readObjects(file: RecordFile, shape: JsonShape): { json: JsonFile } | { refusal: FileReading } {
  const json = readJson(file.text, shape)
  if (json) return { json }
  return { refusal: refusal(file.name, 'no-list', { keys: [...shape.lists, ...shape.known].join(', ') }) }
}

/** Personal values without those that are not there. */
export function personalOf(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
