import { csvColumns, sameColumn } from './csv-rows.ts'
import type { FoundFile } from './room.ts'

/** Whether a file is a table with all of these columns, in whatever order and casing. */
export function hasColumns({ text }: FoundFile, ...columns: string[]): boolean {
  const found = csvColumns(text)
  return columns.every((column) => found.some((each) => sameColumn(each, column)))
}

/** Whether a file looks like JSON and its beginning names all of these keys, wherever. */
export function hasKeys({ text }: FoundFile, ...keys: string[]): boolean {
  return /^\s*[[{]/.test(text) && keys.every((key) => text.includes(`"${key}"`))
}
