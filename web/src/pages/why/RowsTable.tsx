import { useFormat, useWords } from '../../frame/index.ts'
import { isDecimal } from './exact.ts'

interface RowsTableProps {
  label: string
  columns: readonly string[]
  rows: readonly Readonly<Record<string, unknown>>[]
  isBusy?: boolean
}

/** Rows as they were delivered; what is wider than the page scrolls, by keyboard too. */
export function RowsTable({ label, columns, rows, isBusy = false }: RowsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="why-scroll" tabIndex={0} aria-label={label} aria-busy={isBusy}>
      <table className="why-rows">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a page have no other identity
            <tr key={at}>
              {columns.map((column) => (
                <td key={column} className={isDecimal(row[column]) ? 'why-number' : undefined}>
                  {cellText(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A value as it was delivered: grouping digits would turn an account's number into an amount. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

interface RowsPagesProps {
  first: number
  count: number
  total: number | null
  before: (() => void) | undefined
  after: (() => void) | undefined
}

/** Pages of rows. */
export function RowsPages({ first, count, total, before, after }: RowsPagesProps) {
  const words = useWords()
  const format = useFormat()
  if (!before && !after) return null
  const range = { from: format.number(first), to: format.number(first + count - 1) }
  return (
    <nav className="why-paging" aria-label={words('why.rows-pages')}>
      <button
        type="button"
        className="cv-button"
        aria-label={words('why.rows-before')}
        disabled={!before}
        onClick={before}
      >
        ‹
      </button>
      <span role="status">
        {words('why.rows-shown', { ...range, total: total === null ? '…' : format.number(total) })}
      </span>
      <button
        type="button"
        className="cv-button"
        aria-label={words('why.rows-after')}
        disabled={!after}
        onClick={after}
      >
        ›
      </button>
    </nav>
  )
}
