import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useNarrow } from '../frame/narrow.ts'
import { useWords } from '../frame/words.tsx'
import { Empty, Fault, Loading } from './notes.tsx'
import { TableCards } from './TableCards.tsx'
import { TablePages } from './TablePages.tsx'
import { TableTools } from './TableTools.tsx'
import { type Column, chosenItems, PAGE_SIZE, type TableFilter, type TableState } from './table-rows.ts'
import { useTableState } from './table-state.ts'

export type { Column, TableFilter } from './table-rows.ts'

/** What a table takes. */
export interface DataTableProps<T> {
  /** Its name in the address; `''` for the table that a page is about, whose filters then read like the interface's. */
  id: string
  /** What it is called; shown unless `label` alone is given. */
  title?: string
  label?: string
  description?: ReactNode
  items: readonly T[] | undefined
  columns: readonly Column<T>[]
  filters?: readonly TableFilter<T>[]
  /** What is shown when there is nothing at all. */
  empty: ReactNode
  csv?: { href: string } | { fileName: string }
  loading?: boolean
  error?: unknown
  retry?: () => void
  actions?: ReactNode
  /** Identifies an item; absent: its `id`, else its place. */
  keyOf?: (item: T) => string
  /** More that the server has. */
  more?: { load: () => void; isLoading: boolean; total: number | null } | undefined
  /** Without text filter and columns to choose, for short tables inside something else. */
  isPlain?: boolean
}

/** A table that sorts, filters, pages and exports; its state is in the address. On a phone each row is a card. */
export function DataTable<T>(props: DataTableProps<T>) {
  const t = useWords()
  const isNarrow = useNarrow()
  const { columns, filters = [], items = [] } = props
  const state = useTableState(
    props.id,
    filters.map((filter) => filter.id),
  )
  const chosen = chosenItems(items, columns, filters, state)
  const shown = columns.filter((column) => (state.columns ? state.columns.includes(column.id) : !column.isHidden))
  const visible = shown.length > 0 ? shown : columns
  const page = Math.min(state.page, Math.max(1, Math.ceil(chosen.length / PAGE_SIZE)))
  const rows = chosen.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  if (props.error && !props.items) return <Fault error={props.error} {...(props.retry ? { retry: props.retry } : {})} />
  if (props.loading && !props.items) return <Loading />
  return (
    <div className="cv-table">
      <TableTools {...props} chosen={chosen} state={state} visible={visible} filters={filters} items={items} />
      {rows.length === 0 ? (
        <div className="cv-table-empty">
          {items.length === 0 ? emptyOf(props.empty) : <NothingFound state={state} />}
        </div>
      ) : isNarrow ? (
        <TableCards rows={rows} columns={visible} keyOf={keyOf(props)} />
      ) : (
        <div className="cv-table-wide">
          <WideTable {...props} rows={rows} visible={visible} state={state} />
        </div>
      )}
      <TablePages
        page={page}
        count={chosen.length}
        label={props.title ?? props.label ?? t('table.rows')}
        state={state}
      />
      {props.more ? <MoreRows more={props.more} loaded={items.length} /> : null}
    </div>
  )
}

function emptyOf(empty: ReactNode): ReactNode {
  return typeof empty === 'string' ? <Empty title={empty} /> : empty
}

function keyOf<T>(props: DataTableProps<T>): (item: T, at: number) => string {
  const { keyOf: given } = props
  if (given) return given
  return (item, at) => {
    const id = (item as { id?: unknown }).id
    return typeof id === 'string' ? id : String(at)
  }
}

function WideTable<T>(
  props: DataTableProps<T> & { rows: readonly T[]; visible: readonly Column<T>[]; state: TableState },
) {
  const t = useWords()
  const { rows, visible, state } = props
  const key = keyOf(props)
  const definitions = visible.map((column) => ({
    id: column.id,
    header: column.header,
    cell: (item: T) => <span className={column.isNumber ? 'cv-number' : undefined}>{column.cell(item)}</span>,
    isRowHeader: column.isRowHeader ?? false,
    ...(column.width === undefined ? {} : { minWidth: column.width }),
    ...(column.sort ? { sortingField: column.id } : {}),
  }))
  const sorted = definitions.find((each) => each.id === state.sort)
  return (
    <Table<T>
      variant="embedded"
      items={rows}
      columnDefinitions={definitions}
      trackBy={(item) => key(item, rows.indexOf(item))}
      wrapLines
      contentDensity="compact"
      stickyColumns={{ first: 1 }}
      {...(sorted ? { sortingColumn: sorted } : {})}
      sortingDescending={state.isDescending}
      onSortingChange={({ detail }) =>
        state.change({
          sort: { column: detail.sortingColumn.sortingField, isDescending: detail.isDescending ?? false },
        })
      }
      ariaLabels={{ tableLabel: props.title ?? props.label ?? t('table.rows') }}
    />
  )
}

function NothingFound({ state }: { state: TableState }) {
  const t = useWords()
  return (
    <Empty
      title={t('table.nothing-found')}
      action={
        <button type="button" className="cv-button" onClick={() => state.change({ clears: true })}>
          {t('table.clear')}
        </button>
      }
    />
  )
}

function MoreRows({ more, loaded }: { more: NonNullable<DataTableProps<unknown>['more']>; loaded: number }) {
  const t = useWords()
  return (
    <div className="cv-table-more">
      <span>
        {more.total === null ? t('table.loaded', { loaded }) : t('table.loaded-of', { loaded, total: more.total })}
      </span>
      <button type="button" className="cv-button" disabled={more.isLoading} onClick={more.load}>
        {more.isLoading ? t('parts.loading') : t('table.more')}
      </button>
    </div>
  )
}
