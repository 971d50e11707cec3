import { useWords } from '../../frame/index.ts'
import { useNarrow } from '../../frame/narrow.ts'
import { Family } from '../../parts/index.ts'
import { TableCards } from '../../parts/TableCards.tsx'
import type { Column, TableState } from '../../parts/table-state.ts'
import { byFamily, type ClauseLine } from './grouping.ts'

interface ClauseTableProps {
  clauses: readonly ClauseLine[]
  columns: readonly Column<ClauseLine>[]
  /** Under the headings of their families. */
  grouped: boolean
  state: TableState
}

/** The clauses as one table, under the headings of their families if wanted; on a phone a card each. */
export function ClauseTable(props: ClauseTableProps) {
  return useNarrow() ? <Cards {...props} /> : <Wide {...props} />
}

function Cards({ clauses, columns, grouped }: ClauseTableProps) {
  const cards = (items: readonly ClauseLine[]) => <TableCards rows={items} columns={columns} keyOf={({ id }) => id} />
  if (!grouped) return cards(clauses)
  return byFamily(clauses).map((group) => (
    <section key={group.family} className="clauses-group">
      <h3>
        <Family family={group.family} /> <span className="cv-count">({group.clauses.length})</span>
      </h3>
      {cards(group.clauses)}
    </section>
  ))
}

function Wide({ clauses, columns, grouped, state }: ClauseTableProps) {
  const words = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="clauses-scroll" tabIndex={0} aria-label={words('clauses.title')}>
      <table className="clauses-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} state={state} />
            ))}
          </tr>
        </thead>
        {grouped ? (
          byFamily(clauses).map((group) => (
            <tbody key={group.family}>
              <tr className="clauses-heading">
                <th scope="rowgroup" colSpan={columns.length}>
                  <Family family={group.family} /> <span className="cv-count">({group.clauses.length})</span>
                </th>
              </tr>
              <Rows clauses={group.clauses} columns={columns} />
            </tbody>
          ))
        ) : (
          <tbody>
            <Rows clauses={clauses} columns={columns} />
          </tbody>
        )}
      </table>
    </section>
  )
}

function Head({ column, state }: { column: Column<ClauseLine>; state: TableState }) {
  const sorted = state.sort === column.id
  const className = column.isNumber ? 'cv-number' : undefined
  if (!column.sort)
    return (
      <th scope="col" className={className}>
        {column.header}
      </th>
    )
  const next = nextSort(column.id, sorted, state.isDescending)
  return (
    <th
      scope="col"
      className={className}
      aria-sort={sorted ? (state.isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className="clauses-sort" onClick={() => state.change({ sort: next })}>
        {column.header}
        <span aria-hidden="true">{sorted ? (state.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  )
}

// Of amounts the most come first; after both orders the usual one comes back.
function nextSort(
  id: string,
  sorted: boolean,
  isDescending: boolean,
): { column: string | undefined; isDescending: boolean } {
  const first = id === 'money' || id === 'age'
  if (!sorted) return { column: id, isDescending: first }
  return isDescending === first ? { column: id, isDescending: !first } : { column: undefined, isDescending: false }
}

function Rows({ clauses, columns }: { clauses: readonly ClauseLine[]; columns: readonly Column<ClauseLine>[] }) {
  return clauses.map((clause) => (
    <tr key={clause.id}>
      {columns.map((column) =>
        column.isRowHeader ? (
          <th key={column.id} scope="row">
            {column.cell(clause)}
          </th>
        ) : (
          <td key={column.id} className={column.isNumber ? 'cv-number' : undefined}>
            {column.cell(clause)}
          </td>
        ),
      )}
    </tr>
  ))
}
