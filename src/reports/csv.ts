/** What a cell may hold; a missing value is an empty cell. */
export type CsvCell = string | number | boolean | null | undefined

// Spreadsheets run what begins so, some of them also with signs of full width, or behind blanks that they strip.
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n]/u
const NUMBER = /^-?\d+(\.\d+)?$/

/** A table as CSV (RFC 4180). Cells that a spreadsheet would run as a formula are defused by a leading apostrophe. */
export function csvText(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(value: CsvCell): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
