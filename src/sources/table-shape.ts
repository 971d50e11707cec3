import type { RowShape } from './bulk-shape.ts'
import type { RowFault } from './room.ts'

/** A row of a small file by column. With `each` it is as many rows as that has, which differ in the shape's inner columns. */
export interface TableRow {
  row: number
  values: Record<string, string | null>
  each?: Record<string, string | null>[]
}

/** What a small file gave: its rows, and what could not be read; or why it is not of its format. */
export type TableReading =
  | {
      rows: TableRow[]
      bad: { row: number; faults: RowFault[]; raw: string }[]
      quirks: RowFault[]
    }
  | { refused: string }

/** Rows of small files. `columns` gives each column's SQL over texts of the same names. */
export interface TableShape extends RowShape {
  /** SQL of the identity over the texts; NULL parts count as empty. */
  key: string
  /** SQL of what else is told of it; the same told again is no news. */
  content: string
  /** Texts in which the rows of one TableRow may differ. */
  inner?: readonly string[]
}
