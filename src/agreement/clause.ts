import type { z } from 'zod'
import type { Duration, Language, Problem, Span, StatedAmount } from '../language/index.ts'
import type { Amendment } from './amendment.ts'
import type { StatedBand, StatedDate, StatedFrequency, StatedMeasure } from './stated.ts'

/** Who stands on which side: the cloud provider, or the partner that pays it and sells on it. */
export type Side = 'partner' | 'provider' | 'both' | 'none'

/** How binding a clause is. Sentences like "11 of 12 met" count obligations and targets only. */
export type Force = 'obligation' | 'target' | 'estimate' | 'statement'

/** A piece of text with its place: a table cell, or a part of a line. `column` is its header as written. */
export interface Cell {
  text: string
  span: Span
  column: string
  /** The role that the reader recognised this column as, such as `minimum`. */
  role?: string
  /** Set when the column's header names a party. */
  party?: 'partner' | 'provider'
  /** The cell holds struck-through text. */
  struck?: boolean
  /** The kind makes no sense without this column. */
  needed?: boolean
}

/** What one clause promises, with its exact place. `terms` is plain JSON of its kind's schema. */
export interface Clause<T = unknown> {
  id: string
  kind: string
  title: string
  /** Headings above it, outermost first. */
  section: string[]
  force: Force
  obligor: Side
  beneficiary: Side
  terms: T
  cells: Cell[]
  span: Span
  /** Place of each term's words, by term name; the clause's own span when a term has none. */
  places: Record<string, Span>
  /** Which of the agreement's headings holds the columns of the table that it is a row of. */
  table?: number
  /** Where it stood in the document that it was converted from, when it was read from YAML. */
  origin?: Span
  /** Ids of the amendments that changed it, oldest first. */
  amendedBy?: string[]
}

/** A line of the document that is no clause: a heading, a table's column line, a rule between sections. */
export interface Heading {
  form: 'heading' | 'columns' | 'rule'
  depth: number
  text: string
  span: Span
  /** For `columns`: the header cells. */
  columns?: Cell[]
}

/** One of the two sides by name. */
export interface Party {
  name: string
  side: 'partner' | 'provider'
  /** Short names the text uses for it, lower case. */
  aliases: string[]
  span: Span
}

/** A document read: everything in it has a place and belongs to exactly one clause or heading. */
export interface Agreement {
  id: string
  title: string
  language: Language
  /** File name the text was read under. */
  file: string
  /** The text, for code frames; line n is `lines[n - 1]`. */
  lines: string[]
  /** Which mark separates decimals in this document's numbers. */
  decimalMark: '.' | ','
  parties: Party[]
  headings: Heading[]
  clauses: Clause[]
  problems: Problem[]
  /** What changed it, oldest first; absent when nothing did. */
  amendments?: Amendment[]
}

/** A row, bullet or line that a kind is asked to read. */
export interface Row {
  form: 'row' | 'item' | 'line'
  /** The first cell, or the words before the colon. */
  label: Cell
  cells: Record<string, Cell>
  all: Cell[]
  /** For a row of a key/value table or a `Label: value` line: which label of the kind's vocabulary it matched. */
  field?: string
  /** For a row of a table: the cells by role of the table's first row. */
  first?: Record<string, Cell>
  section: string[]
  span: Span
}

/** What a kind makes of a row; the reader adds id, span, cells and places. */
export interface ReadClause<T> {
  /** Distinguishes clauses of a kind and survives re-reading: a slug is made of it. */
  key: string
  title: string
  force: Force
  obligor: Side
  beneficiary: Side
  terms: T
}

/** How a table's columns may be named. `required` columns must be there; `party` columns are headed by a party's name. */
export interface ColumnWords {
  en?: string[]
  es?: string[]
  required?: boolean
  party?: 'partner' | 'provider'
  /** Kind of value, used when a heading is known but a column's words are not. */
  value?: 'money' | 'percentage' | 'number' | 'date' | 'duration' | 'frequency' | 'region' | 'text'
}

/** A kind's `reads.yaml`: the headings, columns and phrases that mean it, in both languages. Data, not code. */
export interface Reads {
  kind: string
  /** Words of section headings. `=services` counts only as the whole nearest heading; `location of … data` leaves room for two words. */
  sections: { en: string[]; es: string[] }
  /** Column sets; a table must have every required column of one of them. */
  tables?: { columns: Record<string, ColumnWords> }[]
  /** Labels of key/value rows and of `Label: value` lines. A word such as `=partner` counts only when it is the whole label. */
  labels?: Record<string, { en: string[]; es: string[] }>
  /** Bullets and paragraphs under such a heading are clauses of this kind; `first`: whatever label they begin with. */
  lines?: boolean | 'first'
  /** Takes every line that nobody else understands. */
  fallback?: boolean
  /** Phrases (regular expressions) that make a loose line a clause of this kind wherever it stands. */
  phrases?: { en?: string[]; es?: string[] }
}

/** What the reader needs to know of a kind. Rooms extend it with the judge. */
export interface ReadableKind<T = unknown> {
  id: string
  version: number
  terms: z.ZodType<T>
  /** Undefined when the row is not of this kind after all; several when one line says several things ("covered: A, B and C"). */
  fromRow(row: Row, read: CellReader): ReadClause<T> | ReadClause<T>[] | undefined
}

/** A kind with its vocabulary, as the registry hands it in. */
export interface KnownKind {
  kind: ReadableKind<never> | ReadableKind
  reads: Reads
}

/**
 * Turns cells into values. A cell that cannot be read gives undefined and a problem with its place;
 * a missing or empty cell gives undefined silently (a check looks at that).
 */
export interface CellReader {
  language: Language
  /** Which mark separates decimals in this document. */
  decimalMark: '.' | ','
  parties: Party[]
  text(cell: Cell | undefined): string | undefined
  money(cell: Cell | undefined): (StatedAmount & { per?: 'year' | 'quarter' | 'month' }) | undefined
  percentage(cell: Cell | undefined): string | undefined
  number(cell: Cell | undefined): string | undefined
  date(cell: Cell | undefined): StatedDate | undefined
  duration(cell: Cell | undefined): Duration | undefined
  frequency(cell: Cell | undefined): StatedFrequency | undefined
  measure(cell: Cell | undefined): StatedMeasure | undefined
  /** A band of spend or service: `0 - 1M`, `above 3M`, `99.0 % to 99.9 %`. */
  band(cell: Cell | undefined): StatedBand | undefined
  /** The ordinal in `Year 1`, `Año 2`, `First year`, `2`. */
  ordinal(cell: Cell | undefined): number | undefined
  /** A list split at commas, semicolons and "and". */
  list(cell: Cell | undefined): string[]
  /** A tick, a dash, "Shared", "R/A/C/I" … */
  mark(cell: Cell | undefined): 'yes' | 'no' | 'shared' | 'accountable' | 'consulted' | 'informed' | undefined
  /** Which side the words name, if any. */
  side(cell: Cell | undefined): Side | undefined
  /** Reports what is wrong with a cell. */
  problem(code: string, cell: Cell): void
}
