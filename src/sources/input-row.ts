import type { RowFault } from './room.ts'

/** One row as it stands in a file, before anything is typed: cells of a table are texts, members of an object are values. */
export interface InputRow {
  /** 1-based: row of a table without its header, ordinal of an object. */
  row: number
  fields: Record<string, unknown>
  raw: string
  /** Not empty: the row cannot be read at all. */
  faults: RowFault[]
  quirks: RowFault[]
}

const LITERAL_NOTHING = /^(?:null|n\/a|#n\/a)$/i

/** A cell without what programs put round it or in place of nothing, and which of the two it was. */
export function plainCell(cell: string): { text: string; quirk?: string } {
  const text = cell.trim()
  if (LITERAL_NOTHING.test(text)) return { text: '', quirk: 'literal-null' }
  // Blanks alone are as empty as nothing.
  return text === cell || text === '' ? { text } : { text, quirk: 'trimmed' }
}

const DATE_LIKE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T][\d:.]{0,12}Z?)?$/
const LONG_NUMBER = /\d(?:[\s().-]?\d){8}/
const DETAIL_MAX = 40

/**
 * What stood in a cell, shortened. In a row whose cells have moved, a date's place may hold a name or a phone number, so
 * anything that looks like one is told by its shape alone: `Aaaa@aaaa`, `+99 9 9999 9999`.
 */
export function cellDetail(cell: string, kind: 'word' | 'figure'): string {
  const text = cell.trim()
  const harmless = kind === 'word' ? /^[\p{L}\d _./%()-]*$/u.test(text) : /^[\d\s.,:/+%$ZTE-]*$/.test(text)
  const numbered = LONG_NUMBER.test(text) && !DATE_LIKE.test(text)
  const shown =
    harmless && !numbered
      ? text
      : text
          .replace(/\p{Lu}/gu, 'A')
          .replace(/\p{Ll}/gu, 'a')
          .replace(/\d/g, '9')
  return shown.length > DETAIL_MAX ? `${shown.slice(0, DETAIL_MAX)}…` : shown
}
