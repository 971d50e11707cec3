import { csvHref, useRead, useSearchState, useWords } from '../../frame/index.ts'
import { Empty, Fault, Loading, PageHead, StaleNote } from '../../parts/index.ts'
import { TableTools } from '../../parts/TableTools.tsx'
import { useTableState } from '../../parts/table-state.ts'
import { asked } from './asked.ts'
import { ClauseTable } from './ClauseTable.tsx'
import { useClauseColumns } from './columns.tsx'
import { FamilySummary } from './FamilySummary.tsx'
import { useClauseFilters } from './filters.ts'
import type { ClauseLine } from './grouping.ts'
import './clauses.css'

const MOST = 500

/** Every clause by family, with where it stands and where it is heading. */
export default function ClausesPage() {
  const words = useWords()
  const { data, error, isLoading, isStale, refetch } = useRead('/clauses', { query: { limit: MOST } })
  return (
    <>
      <PageHead title={words('clauses.title')} description={words('clauses.about')} />
      <StaleNote isStale={isStale} />
      {error && !data && <Fault error={error} retry={refetch} />}
      {isLoading && !data && <Loading />}
      {data && data.items.length === 0 && <Empty title={words('clauses.empty')}>{words('clauses.empty.how')}</Empty>}
      {data && data.items.length > 0 && (
        <>
          <FamilySummary clauses={data.items} />
          <List all={data.items} />
        </>
      )}
    </>
  )
}

/** The list as the address asks for it: the server filters and sorts, as it does for the CSV. */
function List({ all }: { all: readonly ClauseLine[] }) {
  const words = useWords()
  const [search, change] = useSearchState()
  const columns = useClauseColumns()
  const filters = useClauseFilters()
  const state = useTableState(
    '',
    filters.map(({ id }) => id),
  )
  const query = asked(search)
  const { data, error, isLoading, isStale, refetch } = useRead('/clauses', { query: { ...query, limit: MOST } })
  const shown = columns.filter(({ id, isHidden }) => (state.columns ? state.columns.includes(id) : !isHidden))
  const grouped = search.group !== 'none'
  const found = data?.items ?? []
  return (
    <div className="clauses-list" aria-busy={isStale}>
      <TableTools
        title={words('clauses.title')}
        items={all}
        chosen={found}
        columns={columns}
        visible={shown}
        filters={filters}
        state={state}
        csv={{ href: csvHref('/clauses', query) }}
        actions={
          <button
            type="button"
            className="cv-button"
            aria-pressed={grouped}
            onClick={() => change({ group: grouped ? 'none' : undefined })}
          >
            {words('clauses.group')}
          </button>
        }
      />
      {error && !data && <Fault error={error} retry={refetch} />}
      {isLoading && !data && <Loading />}
      {data && found.length === 0 && (
        <Empty
          title={words('table.nothing-found')}
          action={
            <button type="button" className="cv-button" onClick={() => state.change({ clears: true })}>
              {words('table.clear')}
            </button>
          }
        />
      )}
      {found.length > 0 && <ClauseTable clauses={found} columns={shown} grouped={grouped} state={state} />}
      {data?.next && (
        <p role="note">{words('clauses.first-only', { count: found.length, total: data.total ?? found.length })}</p>
      )}
    </div>
  )
}
