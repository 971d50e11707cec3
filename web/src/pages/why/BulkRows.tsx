import { useRef, useState } from 'react'
import { Link, useRead, useWords } from '../../frame/index.ts'
import { Empty, Fault, Loading } from '../../parts/index.ts'
import type { Origin } from './EvidenceRows.tsx'
import { cellText, RowsPages, RowsTable } from './RowsTable.tsx'

const ROWS = 20

/** The rows of the file that a sum was made of, page by page. */
export function BulkRows({ origin, label }: { origin: Origin; label: string }) {
  const words = useWords()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const { dataset, file, rows = 0 } = origin
  const order = useRef<readonly string[]>(undefined)
  const { data, error, isLoading, isStale, refetch } = useRead('/rows', {
    query: {
      dataset,
      limit: ROWS,
      ...(file === undefined ? {} : { file }),
      ...(cursor === undefined ? {} : { cursor }),
    },
  })
  if (error && !data) return <Fault error={error} retry={refetch} />
  if (isLoading || !data) return <Loading />
  if (data.items.length === 0) return <Empty title={words('why.no-row')} />
  const { next, items, total } = data
  order.current ??= tellingFirst(data.columns, items)
  const all = new URLSearchParams({ dataset, ...(file === undefined ? {} : { file }) })
  return (
    <>
      <p className="why-quiet">
        {total === rows ? words('why.rows-all', { rows }) : words('why.rows-of-file', { rows })}{' '}
        <Link to={`/evidence/rows?${all}`}>{words('why.rows-page')}</Link>
      </p>
      <RowsTable label={label} columns={order.current} rows={items} isBusy={isStale} />
      <RowsPages
        first={cursors.length * ROWS + 1}
        count={items.length}
        total={total}
        before={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
        after={next === null ? undefined : () => setCursors([...cursors, next])}
      />
    </>
  )
}

// What is the same in every row, or empty, tells least: it comes last. The first page decides for all.
function tellingFirst(columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  const rank = (column: string): number => {
    const texts = new Set(rows.map((row) => cellText(row[column])))
    return texts.size > 1 ? 0 : texts.has('') ? 2 : 1
  }
  return columns.toSorted((a, b) => rank(a) - rank(b))
}
