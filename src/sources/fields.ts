import { z } from 'zod'
import { decimal, type IsoDate } from '../language/index.ts'
import { cellDetail, type InputRow, plainCell } from './input-row.ts'
import type { RowFault } from './room.ts'

/** What a reader makes of a cell that is not empty: a value, perhaps with a quirk, or the code of a fault. */
type Read<T> = { value: T; quirk?: string; detail?: string } | { fault: string; detail?: string }

/** How one kind of cell is read. */
export type CellReader<T> = (cell: string) => Read<T>

/** A value that was written oddly. Only `readFields` sees it. */
class Odd {
  readonly value: unknown
  readonly code: string
  readonly detail: string | undefined

  constructor(value: unknown, code: string, detail: string | undefined) {
    this.value = value
    this.code = code
    this.detail = detail
  }
}

function schemaOf<T>(read: CellReader<T>, isRequired: boolean): z.ZodType<T | undefined> {
  const refuse = (issues: unknown[], message: string, detail?: string) => {
    issues.push({ code: 'custom', message, input: undefined, params: { detail } })
    return z.NEVER
  }
  return z.unknown().transform((given, { issues }) => {
    if (typeof given === 'object' && given !== null) return refuse(issues, 'not-a-value')
    const { text, quirk: plain } = plainCell(given === undefined || given === null ? '' : String(given))
    if (text === '') {
      if (isRequired) return refuse(issues, 'missing')
      return plain ? new Odd(undefined, plain, undefined) : undefined
    }
    const found = read(text)
    if ('fault' in found) return refuse(issues, found.fault, found.detail)
    const quirk = found.quirk ?? plain
    return quirk ? new Odd(found.value, quirk, found.detail) : found.value
  }) as unknown as z.ZodType<T | undefined>
}

/** A field that has to be there and not empty. */
export function required<T>(read: CellReader<T>): z.ZodType<T> {
  return schemaOf(read, true) as z.ZodType<T>
}

/** A field that may be absent or empty; its value is undefined then. */
export function optional<T>(read: CellReader<T>): z.ZodOptional<z.ZodType<T | undefined>> {
  return schemaOf(read, false).optional()
}

/** Text, with whatever stands in it. */
export const text: CellReader<string> = (cell) => ({ value: cell })

/** Text in capitals, such as a currency's code; other casing is a quirk. */
export const capitals: CellReader<string> = (cell) => {
  const value = cell.toUpperCase()
  return value === cell ? { value } : { value, quirk: 'casing', detail: cellDetail(cell, 'word') }
}

/** ISO 4217, in any casing. */
export const currency: CellReader<string> = (cell) =>
  /^[A-Za-z]{3}$/.test(cell) ? capitals(cell) : { fault: 'not-a-currency', detail: cellDetail(cell, 'word') }

/** One of some words, in any casing. */
export function oneOf<const W extends string>(...words: readonly W[]): CellReader<W> {
  return (cell) => {
    const same = words.find((word) => word === cell)
    if (same !== undefined) return { value: same }
    const value = words.find((word) => word.toLowerCase() === cell.toLowerCase())
    const detail = cellDetail(cell, 'word')
    return value === undefined ? { fault: 'unknown-word', detail } : { value, quirk: 'casing', detail }
  }
}

/** `true` or `false`. */
export const yesOrNo: CellReader<boolean> = (cell) => {
  const found = oneOf('true', 'false')(cell)
  return 'fault' in found ? found : { ...found, value: found.value === 'true' }
}

/** A whole number, not negative, as its digits. */
export const wholeNumber: CellReader<string> = (cell) => {
  const found = exactDecimal(cell)
  if ('fault' in found) return found
  const value = found.value.replace(/\.0+$/, '')
  return /^\d{1,15}$/.test(value)
    ? { ...found, value }
    : { fault: 'not-a-whole-number', detail: cellDetail(cell, 'figure') }
}

/** A whole number within bounds, such as an answer from 0 to 10. */
export function wholeBetween(low: number, high: number): CellReader<string> {
  return (cell) => {
    const found = wholeNumber(cell)
    if ('fault' in found || (Number(found.value) >= low && Number(found.value) <= high)) return found
    return { fault: 'out-of-range', detail: cellDetail(cell, 'figure') }
  }
}

const GROUPED_DOTS = /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/
const GROUPED_COMMAS = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/

/**
 * A decimal number, every digit kept. `1.234,56`, `1,234.56` and `12,5` are read with a quirk; `1,234` may be either of two numbers
 * and is a fault. A single dot is a decimal point.
 */
export const exactDecimal: CellReader<string> = (cell) => {
  if (/^-?\d+(?:\.\d+)?$/.test(cell)) return { value: cell }
  const detail = cellDetail(cell, 'figure')
  if (/^-?\d+(?:\.\d+)?[eE][+-]?\d{1,2}$/.test(cell))
    return { value: decimal(cell).toFixed(), quirk: 'exponent', detail }
  const separators = cell.replace(/[^.,]/g, '')
  if (GROUPED_DOTS.test(cell) && separators.length > 1)
    return { value: cell.replaceAll('.', '').replace(',', '.'), quirk: 'number-format', detail }
  if (GROUPED_COMMAS.test(cell) && separators.length > 1)
    return { value: cell.replaceAll(',', ''), quirk: 'number-format', detail }
  if (/^-?[1-9]\d{0,2},\d{3}$/.test(cell)) return { fault: 'ambiguous-number', detail }
  if (/^-?\d+,\d+$/.test(cell)) return { value: cell.replace(',', '.'), quirk: 'number-format', detail }
  return { fault: 'not-a-number', detail }
}

/** A decimal number that is not negative. */
export const positiveDecimal: CellReader<string> = (cell) => {
  const found = exactDecimal(cell)
  if ('fault' in found || !found.value.startsWith('-')) return found
  return { fault: 'negative', detail: cellDetail(cell, 'figure') }
}

/** A day: ISO, or day and month in either order where only one can be meant. A time behind it is cut off, with a quirk. */
export const day: CellReader<IsoDate> = (cell) => {
  const found = dayAndTime(cell)
  if ('fault' in found || cell.length <= 10) return found
  return { ...found, quirk: found.quirk ?? 'day-with-time', detail: cellDetail(cell, 'figure') }
}

/** A day with or without a time behind it, in whatever zone the file is: the day as written. */
export const dayAndTime: CellReader<IsoDate> = (cell) => {
  const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell)
  if (plain && isoDay(plain[1] ?? '', plain[2] ?? '', plain[3] ?? '')) return { value: cell }
  const detail = cellDetail(cell, 'figure')
  const parts =
    /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?$/.exec(
      cell,
    )
  if (!parts) return { fault: 'not-a-day', detail }
  const [, a = '', sign = '', b = '', c = ''] = parts
  if (a.length === 4) {
    const value = isoDay(a, b, c)
    if (!value) return { fault: 'not-a-day', detail }
    return sign === '-' && cell.startsWith(value) ? { value } : { value, quirk: 'day-format', detail }
  }
  if (c.length !== 4) return { fault: 'not-a-day', detail }
  const [dayFirst, monthFirst] = [isoDay(c, b, a), isoDay(c, a, b)]
  const value = dayFirst ?? monthFirst
  if (!value) return { fault: 'not-a-day', detail }
  if (dayFirst && monthFirst && dayFirst !== monthFirst) return { fault: 'ambiguous-day', detail }
  return { value, quirk: 'day-format', detail }
}

function isoDay(year: string, month: string, date: string): IsoDate | undefined {
  // 2024-03-011 is a slip of the pen, not the eleventh.
  if (month.length > 2 || date.length > 2) return undefined
  const value = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isCalendarDay(Number(year), Number(month), Number(date)) ? value : undefined
}

// Plain arithmetic: files have many days, and a calendar library takes a hundred times as long for each.
function isCalendarDay(year: number, month: number, date: number): boolean {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || date < 1) return false
  return date <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/**
 * A moment as ISO in UTC, `2024-01-15T13:04:05Z`. Takes ISO with a zone, seconds or milliseconds since 1970, and
 * `YYYY-MM-DD HH:MM:SS` without a zone, which ServiceNow and most monitors mean in UTC.
 */
export const timestamp: CellReader<string> = (cell) => {
  if (/^\d{9,10}$/.test(cell)) return { value: instantText(Number(cell) * 1000) }
  if (/^\d{12,13}$/.test(cell)) return { value: instantText(Number(cell)) }
  const parts = MOMENT.exec(cell)
  const value = parts ? instantOf(parts) : undefined
  return value === undefined ? { fault: 'not-a-timestamp', detail: cellDetail(cell, 'figure') } : { value }
}

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?: ?(?:Z|UTC|([+-])(\d{2}):?(\d{2})))?$/

function instantOf(parts: RegExpExecArray): string | undefined {
  const [year, month, date, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? '0')) as [
    ...[number, number, number],
    ...[number, number, number],
  ]
  const [sign, hours, minutes] = [parts[8] === '-' ? -1 : 1, Number(parts[9] ?? '0'), Number(parts[10] ?? '0')]
  if (!isCalendarDay(year, month, date) || hour > 23 || minute > 59 || second > 59) return undefined
  if (hours > 18 || minutes > 59) return undefined
  const moment = Date.UTC(year, month - 1, date, hour - sign * hours, minute - sign * minutes, second)
  // Fractions of a second are kept as they were written: there may be more of them than a Date holds.
  const fraction = (parts[7] ?? '').replace(/\.?0*$/, '')
  return instantText(moment).replace('Z', `${fraction}Z`)
}

function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.?0*Z$/, 'Z')
}

/** Minutes between two moments as `timestamp` gives them, as a decimal text with at most three places. */
export function minutesBetween(from: string, to: string): string {
  return decimal(Date.parse(to) - Date.parse(from))
    .div(60_000)
    .toDecimalPlaces(3)
    .toFixed()
}

/** The day of a moment in UTC. */
export function utcDay(moment: string): IsoDate {
  return moment.slice(0, 10)
}

/** Members of a row that are read, by the file's own names; others are left alone. */
export function rowOf<S extends z.ZodRawShape>(shape: S): z.ZodObject<S> {
  return z.object(shape)
}

/** Elements inside a row. */
export function listOf<T>(element: z.ZodType<T>): z.ZodArray<z.ZodType<T>> {
  return z.array(element)
}

/** What the fields of a row are, or everything that is wrong with them. */
export type FieldsRead<T> = { value: T; quirks: RowFault[] } | { faults: RowFault[]; quirks: RowFault[] }

/** Reads the fields of a row by a schema made of these readers. All faults of a row are told, not the first only. */
export function readFields<T>(schema: z.ZodType<T>, { fields, faults, quirks }: InputRow): FieldsRead<T> {
  if (faults.length > 0) return { faults, quirks }
  const result = schema.safeParse(fields)
  if (!result.success) return { faults: result.error.issues.map(faultOf), quirks }
  const found: RowFault[] = []
  const value = unwrapped(result.data, '', found) as T
  return { value, quirks: [...quirks, ...found] }
}

function faultOf(issue: z.core.$ZodIssue): RowFault {
  const field = issue.path.filter((part) => typeof part !== 'number').join('.')
  if (issue.code !== 'custom') return { code: 'not-a-structure', field }
  const detail = issue.params?.detail
  return { code: issue.message, field, ...(typeof detail === 'string' ? { detail } : {}) }
}

function unwrapped(value: unknown, field: string, quirks: RowFault[]): unknown {
  if (value instanceof Odd) {
    quirks.push({ code: value.code, field, ...(value.detail === undefined ? {} : { detail: value.detail }) })
    return value.value
  }
  if (Array.isArray(value)) return value.map((each) => unwrapped(each, field, quirks))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(
    ([key, each]) => [key, unwrapped(each, field === '' ? key : `${field}.${key}`, quirks)] as const,
  )
  return Object.fromEntries(members)
}
