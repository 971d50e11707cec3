type Cell = string | number | undefined

/** One line of a CSV file, quoted where it has to be, with its line end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\n`
}

function csvCell(cell: Cell): string {
  const text = String(cell ?? '')
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A JSON file with two blanks of indentation and a line end; keys stay in the order given. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** A text with its `{name}` placeholders filled in; unknown ones stay. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

const CENT_DIGITS = 2

/** A plain decimal amount in whole cents. */
export function centsOf(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(CENT_DIGITS, '0').slice(0, CENT_DIGITS))
}

/** Whole cents as a decimal amount with two digits. */
export function centsText(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(CENT_DIGITS + 1, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -CENT_DIGITS)}.${digits.slice(-CENT_DIGITS)}`
}
