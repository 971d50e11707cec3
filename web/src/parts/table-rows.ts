import type { ReactNode } from 'react'

/** A column of a table. */
export interface Column<T> {
  id: string
  header: string
  cell: (item: T) => ReactNode
  /** Makes the column sortable. */
  sort?: (a: T, b: T) => number
  /** What the text filter looks through; absent: not searched. */
  text?: (item: T) => string
  /** What the CSV says; absent: `text`, and without that the column is left out. */
  csv?: (item: T) => string
  width?: number
  /** The cell that names the row. */
  isRowHeader?: boolean
  /** Not shown until the reader chooses it. */
  isHidden?: boolean
  /** Numbers stand to the right. */
  isNumber?: boolean
}

/** A property that the reader may filter by. */
export interface TableFilter<T> {
  id: string
  label: string
  /** The values of an item. */
  of: (item: T) => string | readonly string[]
  /** A value in words; absent: as it is. */
  show?: (value: string) => string
  /** All values in their order; absent: those that occur. */
  options?: readonly string[]
}

/** What the address says of a table. */
export interface TableState {
  text: string
  sort: string | undefined
  isDescending: boolean
  page: number
  columns: readonly string[] | undefined
  filters: Readonly<Record<string, readonly string[]>>
  change: (change: TableChange) => void
}

/** A change of it; whatever is not paging begins at the first page. */
export interface TableChange {
  text?: string
  sort?: { column: string | undefined; isDescending: boolean }
  page?: number
  columns?: readonly string[] | undefined
  filter?: { id: string; values: readonly string[] }
  clears?: true
}

/** How many rows a page of a table has. */
export const PAGE_SIZE = 25

/** What the address says of a table, read from its search parameters. */
export function tableStateIn(
  search: Readonly<Record<string, string>>,
  prefix: string,
  filterIds: readonly string[],
): Omit<TableState, 'change'> {
  const list = (part: string) => search[nameIn(prefix, part)]?.split(',').filter((each) => each !== '')
  const page = Number(search[nameIn(prefix, 'page')] ?? 1)
  return {
    text: search[nameIn(prefix, 'text')] ?? '',
    sort: search[nameIn(prefix, 'sort')],
    isDescending: search[nameIn(prefix, 'order')] === 'desc',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    columns: list('columns'),
    filters: Object.fromEntries(filterIds.map((id) => [id, list(id)?.map(decoded) ?? []])),
  }
}

function nameIn(prefix: string, part: string): string {
  return prefix === '' ? part : `${prefix}-${part}`
}

/** A change as search parameters; `undefined` takes one away. */
export function searchAfter(
  change: TableChange,
  prefix: string,
  filterIds: readonly string[],
): Record<string, string | undefined> {
  const name = (part: string) => nameIn(prefix, part)
  const search: Record<string, string | undefined> = { [name('page')]: undefined }
  if (change.page !== undefined && change.page > 1) search[name('page')] = String(change.page)
  if (change.text !== undefined) search[name('text')] = change.text
  if ('columns' in change) search[name('columns')] = change.columns?.join(',')
  if (change.filter) search[name(change.filter.id)] = change.filter.values.map(encoded).join(',')
  if (change.sort) {
    search[name('sort')] = change.sort.column
    search[name('order')] = change.sort.isDescending ? 'desc' : undefined
  }
  if (change.clears) for (const part of ['text', ...filterIds]) search[name(part)] = undefined
  return search
}

// A comma separates values, so one inside a value is written as its escape.
const encoded = (value: string) => value.replaceAll('%', '%25').replaceAll(',', '%2C')
const decoded = (value: string) => value.replaceAll('%2C', ',').replaceAll('%25', '%')

/** The items that pass text and filters, in order. */
export function chosenItems<T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  filters: readonly TableFilter<T>[],
  state: TableState,
): readonly T[] {
  const words = folded(state.text)
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = items.filter(
    (item) =>
      filters.every((filter) => passes(filter, item, state.filters[filter.id] ?? [])) &&
      (words.length === 0 || hasWords(item, columns, words)),
  )
  const sort = columns.find((column) => column.id === state.sort)?.sort
  if (!sort) return found
  return found.toSorted((a, b) => (state.isDescending ? sort(b, a) : sort(a, b)))
}

function passes<T>(filter: TableFilter<T>, item: T, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true
  return valuesOf(filter, item).some((value) => wanted.includes(value))
}

/** The values of an item under a filter. */
export function valuesOf<T>(filter: TableFilter<T>, item: T): readonly string[] {
  const values = filter.of(item)
  return typeof values === 'string' ? [values] : values
}

function hasWords<T>(item: T, columns: readonly Column<T>[], words: readonly string[]): boolean {
  const text = folded(columns.map((column) => column.text?.(item) ?? '').join(' '))
  return words.every((word) => text.includes(word))
}

/** Accents and case make no difference to somebody who searches. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The items as CSV. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export function csvOf<T>(items: readonly T[], columns: readonly Column<T>[]): string {
  const shown = columns.filter((column) => column.csv ?? column.text)
  const rows = items.map((item) => shown.map((column) => (column.csv ?? column.text)?.(item) ?? ''))
  return [shown.map((column) => column.header), ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')
}

function csvCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?%?$/.test(text)
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
