import { bind, type Field, layoutOf, textFields } from './binding.ts'
import type { Digits } from './exact.ts'
import { ALLOWED, COLUMNS } from './terms.ts'

/** How a column of a CSV writes its values, seen while the file is cut into records. */
export interface WrittenColumn {
  /** In how many rows it has a value; NULL in words is none. */
  given: number
  /**
   * Whether every value is written as it should be: a number of bare digits, a time in ISO with `Z`, a word that FOCUS allows.
   * Any column that is none of these is not ordinary, for nobody looked.
   */
  isOrdinary: boolean
  digits: Digits
}

type Look = 'none' | 'amount' | 'time' | 'word' | 'currency'

const [ZERO, NINE, POINT, PLUS, MINUS] = [0x30, 0x39, 0x2e, 0x2b, 0x2d]
const ISO = 'dddd-dd-ddTdd:dd:dd'

/** Looks at the cells of sound records, so that the engine need not read the file for it once more. */
export class CsvCells {
  readonly #columns: WrittenColumn[]
  readonly #looks: Look[]
  readonly #words: ReadonlySet<string>[]

  constructor(names: readonly string[]) {
    const columns = columnsOf(names)
    this.#looks = columns.map((column) => lookOf(column))
    this.#columns = this.#looks.map((look) => ({
      given: 0,
      isOrdinary: look !== 'none',
      digits: { before: 0, behind: 0 },
    }))
    this.#words = columns.map((column) => new Set(ALLOWED[column ?? ''] ?? []))
  }

  /** What was seen, by column. */
  get seen(): readonly WrittenColumn[] {
    return this.#columns
  }

  /** Takes a record: where each cell begins and ends, without quotes. */
  take(buffer: Buffer, begins: readonly number[], ends: readonly number[]): void {
    for (let cell = 0; cell < this.#columns.length; cell++) {
      const begin = begins[cell] as number
      const end = ends[cell] as number
      if (end === begin || (end - begin === 4 && isNull(buffer, begin))) continue
      const column = this.#columns[cell] as WrittenColumn
      column.given++
      if (column.isOrdinary && !this.#isOrdinary(cell, column, buffer, begin, end)) column.isOrdinary = false
    }
  }

  #isOrdinary(cell: number, { digits }: WrittenColumn, buffer: Buffer, begin: number, end: number): boolean {
    switch (this.#looks[cell]) {
      case 'amount':
        return isNumber(buffer, begin, end, digits)
      case 'time':
        return isTime(buffer, begin, end)
      case 'word':
        return (this.#words[cell] as ReadonlySet<string>).has(buffer.toString('latin1', begin, end))
      case 'currency':
        return end - begin === 3 && isCapitals(buffer, begin, end)
      default:
        return false
    }
  }
}

function columnsOf(names: readonly string[]): (string | undefined)[] {
  const fields = textFields(names)
  const layout = layoutOf(names)
  const bound = new Map<Field, string>()
  if (layout) for (const [column, field] of bind(fields, layout).fields) bound.set(field, column)
  return fields.map((field) => bound.get(field))
}

function lookOf(column: string | undefined): Look {
  const kind = COLUMNS.find(({ name }) => name === column)?.kind
  if (kind === 'amount' || kind === 'time') return kind
  if (column === 'BillingCurrency') return 'currency'
  return column !== undefined && ALLOWED[column] ? 'word' : 'none'
}

/** Whether four bytes say NULL. */
export function isNull(buffer: Buffer, at: number): boolean {
  const first = buffer[at]
  if (first !== 0x4e && first !== 0x6e) return false
  const text = buffer.toString('latin1', at, at + 4)
  return text === 'NULL' || text === 'null'
}

function isNumber(buffer: Buffer, begin: number, end: number, digits: Digits): boolean {
  let at = begin
  const sign = buffer[at]
  if (sign === MINUS || sign === PLUS) at++
  const first = at
  let point = end
  for (; at < end; at++) {
    const byte = buffer[at] as number
    if (byte === POINT && point === end) point = at
    else if (byte < ZERO || byte > NINE) return false
  }
  const behind = Math.max(0, end - point - 1)
  if (point - first > digits.before) digits.before = point - first
  if (behind > digits.behind) digits.behind = behind
  return point - first + behind > 0
}

function isTime(buffer: Buffer, begin: number, end: number): boolean {
  const length = end - begin
  if (length < ISO.length + 1 || buffer[end - 1] !== 0x5a) return false
  for (let at = 0; at < ISO.length; at++) {
    const byte = buffer[begin + at] as number
    const form = ISO.charCodeAt(at)
    if (form === 0x64 ? byte < ZERO || byte > NINE : byte !== form) return false
  }
  if (length === ISO.length + 1) return true
  if (buffer[begin + ISO.length] !== POINT || length === ISO.length + 2) return false
  for (let at = begin + ISO.length + 1; at < end - 1; at++) {
    const byte = buffer[at] as number
    if (byte < ZERO || byte > NINE) return false
  }
  return true
}

function isCapitals(buffer: Buffer, begin: number, end: number): boolean {
  for (let at = begin; at < end; at++) {
    const byte = buffer[at] as number
    if (byte < 0x41 || byte > 0x5a) return false
  }
  return true
}
