import type { JsonFields } from './json-columns.ts'

/** What is known of the rows of a dataset, wherever they come from. */
export interface RowShape {
  dataset: string
  /** Columns of the rows: their names, and SQL over what they are made of. */
  columns: Record<string, string>
  /** Columns that hold personal data; they go into a file of their own. */
  personal: Record<string, string>
  /** The column of the instance's id; where it is NULL the row is the partner's. */
  instance: string
  /** The column of the time (TIMESTAMP, UTC) at which it happened. */
  happened: string
  /** The column by which a row is the same fact as another. */
  identity: string
  /** The column by which one telling of a fact is newer than another; equal ones are duplicates. */
  version: string
}

/** How objects of a file become rows. SQL texts are DuckDB's. */
export interface BulkShape extends RowShape {
  /** Fields as the file names them. */
  fields: JsonFields
  /** Top-level fields that every record has; by them a record is told from a part of one. */
  known: string[]
  /** What every row must have: the field, the code of its fault, and SQL over the fields that is true when it is there. */
  required: { field: string; code: string; holds: string }[]
}

/** The columns that say where a row stood: file and ordinal of its object. */
export const PLACE_COLUMNS = ['_file', '_row'] as const

/** SQL that holds for the ARN of an instance. */
export const IS_INSTANCE = `regexp_full_match(InstanceARN, 'arn:[a-z0-9-]+:connect:[a-z0-9-]*:[0-9]*:instance/[0-9A-Za-z-]{1,64}')`

/** SQL that holds for a time that is there and in which such records can have been made. */
export function within(field: string): string {
  return `${field} >= '2000-01-01' AND ${field} < '2100-01-01'`
}

/** The files' names, each once: two files that were named themselves may have the same. */
export function distinctNames(files: readonly { name: string }[]): string[] {
  const seen = new Map<string, number>()
  return files.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}
