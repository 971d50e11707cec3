import { useSearchState } from '../frame/places.tsx'
import { searchAfter, type TableState, tableStateIn } from './table-rows.ts'

/** The state of a table, kept in the address alone: `prefix` keeps two tables of one page apart. */
export function useTableState(prefix: string, filterIds: readonly string[]): TableState {
  const [search, set] = useSearchState()
  return {
    ...tableStateIn(search, prefix, filterIds),
    change: (change) => set(searchAfter(change, prefix, filterIds)),
  }
}

export type { Column, TableFilter, TableState } from './table-rows.ts'
