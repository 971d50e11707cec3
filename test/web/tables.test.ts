import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Column,
  chosenItems,
  csvOf,
  searchAfter,
  type TableChange,
  type TableFilter,
  type TableState,
  tableStateIn,
} from '../../web/src/parts/table-rows.ts'

interface Row {
  name: string
  group: string
}

const columns: Column<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (row) => row.name,
    text: (row) => row.name,
    sort: (a, b) => a.name.localeCompare(b.name),
  },
  { id: 'group', header: 'Group', cell: (row) => row.group, csv: (row) => row.group },
  { id: 'picture', header: 'Picture', cell: () => null },
]
const filters: TableFilter<Row>[] = [{ id: 'group', label: 'Group', of: (row) => row.group }]
const rows: Row[] = [
  { name: 'Línea base', group: 'a' },
  { name: 'Área de pago', group: 'b, c' },
  { name: 'Base', group: 'b, c' },
]

/** What the address says after changes, one after another. */
function stateAfter(...changes: TableChange[]): TableState {
  let search: Record<string, string> = {}
  for (const change of changes) {
    const merged = { ...search, ...searchAfter(change, 'list', ['group']) }
    search = Object.fromEntries(
      Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
    )
  }
  return { ...tableStateIn(search, 'list', ['group']), change: () => undefined }
}

const namesOf = (state: TableState) => chosenItems(rows, columns, filters, state).map((row) => row.name)

describe('the state of a table', () => {
  it('keeps any filter values through the address, also with commas and percent signs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (values) => {
        expect(stateAfter({ filter: { id: 'group', values } }).filters.group).toEqual(values)
      }),
    )
  })

  it('begins at the first page after every change but paging', () => {
    expect(stateAfter({ page: 3 }).page).toBe(3)
    expect(stateAfter({ page: 3 }, { text: 'x' }).page).toBe(1)
    expect(stateAfter({ page: 3 }, { sort: { column: 'name', isDescending: true } })).toMatchObject({
      page: 1,
      sort: 'name',
      isDescending: true,
    })
  })

  it('is clean again when filters are cleared', () => {
    const state = stateAfter({ text: 'x' }, { filter: { id: 'group', values: ['a'] } }, { clears: true })
    expect([state.text, state.filters.group]).toEqual(['', []])
  })
})

describe('the rows of a table', () => {
  it('are found without accents and in any order of words', () => {
    expect(namesOf(stateAfter({ text: 'BASE linea' }))).toEqual(['Línea base'])
    expect(namesOf(stateAfter({ text: 'area' }))).toEqual(['Área de pago'])
  })

  it('pass every filter and are sorted both ways', () => {
    const filter = { filter: { id: 'group', values: ['b, c'] } }
    expect(namesOf(stateAfter(filter, { sort: { column: 'name', isDescending: false } }))).toEqual([
      'Área de pago',
      'Base',
    ])
    expect(namesOf(stateAfter(filter, { sort: { column: 'name', isDescending: true } }))).toEqual([
      'Base',
      'Área de pago',
    ])
  })
})

describe('CSV of a table', () => {
  it('holds every text as it is, or behind an apostrophe where a spreadsheet would calculate', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '"', ',', '\n', 'a', '1', '\t') })),
        (names) => {
          const text = csvOf(
            names.map((name) => ({ name, group: 'g' })),
            columns,
          )
          const [head, ...read] = parse(text, { record_delimiter: '\r\n' }) as string[][]
          expect(head).toEqual(['Name', 'Group'])
          expect(read.map(([name]) => name?.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(names)
          for (const [name] of read) expect(name).toMatch(/^(?![=+@\t\r])(?!-(?!\d+(\.\d+)?%?$))/)
        },
      ),
    )
  })
})
