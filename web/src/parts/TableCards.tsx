import type { Column } from './table-rows.ts'

/** The rows of a table on a phone: a card each, with the names of the columns. */
export function TableCards<T>(props: {
  rows: readonly T[]
  columns: readonly Column<T>[]
  keyOf: (item: T, at: number) => string
}) {
  const { rows, columns, keyOf } = props
  const head = columns.find((column) => column.isRowHeader) ?? columns[0]
  return (
    <ul className="cv-cards">
      {rows.map((item, at) => (
        <li className="cv-card" key={keyOf(item, at)}>
          <div className="cv-card-title">{head?.cell(item)}</div>
          <dl>
            {columns
              .filter((column) => column !== head)
              .map((column) => (
                <Entry key={column.id} column={column} item={item} />
              ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

/** What a column says of a row; a dash is left out, because a card has no column to keep straight. */
function Entry<T>({ column, item }: { column: Column<T>; item: T }) {
  const cell = column.cell(item)
  if (cell === '–' || cell === null || cell === '') return null
  return (
    <div>
      <dt>{column.header}</dt>
      <dd className={column.isNumber ? 'cv-number' : undefined}>{cell}</dd>
    </div>
  )
}
