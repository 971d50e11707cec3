import { literal } from '../bulk/engine.ts'
import type { LedgerReads } from './reads.ts'

/** Which rows of a bulk dataset are wanted. */
export interface RowsFilter {
  knownAt: string
  /** As the import named it. */
  file?: string | undefined
  /** The row of that file, as counted by its source. */
  row?: string | undefined
  /** Days, both inclusive. */
  from?: string | undefined
  to?: string | undefined
  /** The column that says when a row happened; without it the first that is a time. */
  at?: string | undefined
  shape?: string | undefined
}

/** A page of rows, each value as JSON carries it, decimals as texts; `total` counts all that are wanted. */
export interface RowsPage {
  columns: { name: string; type: string }[]
  rows: Record<string, unknown>[]
  total: number
}

const NOTHING: RowsPage = { columns: [], rows: [], total: 0 }

/** A page of a bulk dataset's standing rows, in the order of file and row; out of the files that the asker's manifest lists. */
export async function rowsPage(
  reads: LedgerReads,
  dataset: string,
  filter: RowsFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<RowsPage> {
  const view = await reads.bulk(filter.knownAt)
  const { from, to } = filter
  // Segments say between which times their rows lie, so that others need not be opened.
  const segments = view.segments.filter(
    (each) =>
      (from === undefined || each.to.slice(0, 10) >= from) && (to === undefined || each.from.slice(0, 10) <= to),
  )
  const rows = reads.rows({ ...view, segments }, dataset, filter.shape)
  if (rows === undefined) return NOTHING
  const engine = await reads.engine()
  const described = await engine.all<{ column_name: string; column_type: string }>(`describe select * from ${rows}`)
  const columns = described.map((each) => ({ name: each.column_name, type: each.column_type }))
  const where = conditionsOf(columns, filter)
  const [count] = await engine.all<{ n: string }>(`select count(*) as n from ${rows} r ${where}`)
  const has = (name: string): boolean => columns.some((each) => each.name === name)
  const order = ['_file', '_row'].filter(has).map(quoted)
  const ordered = order.length > 0 ? `order by ${order.join(', ')}` : ''
  const page = await engine.all(
    `select * from ${rows} r ${where} ${ordered} limit ${Math.trunc(limit)} offset ${Math.trunc(offset)}`,
  )
  return { columns, rows: page, total: Number(count?.n ?? 0) }
}

function conditionsOf(columns: RowsPage['columns'], { file, row, from, to, at }: RowsFilter): string {
  const time = columns.find((each) => (at === undefined ? /^(TIMESTAMP|DATE)/.test(each.type) : each.name === at))
  const parts: string[] = []
  const isNamed = columns.some((each) => each.name === '_file')
  if (!isNamed && (file !== undefined || row !== undefined)) return 'where false'
  if (file !== undefined) parts.push(`_file = ${literal(file)}`)
  if (row !== undefined) parts.push(`cast(_row as varchar) = ${literal(row)}`)
  if (time && from !== undefined) parts.push(`cast(${quoted(time.name)} as date) >= cast(${literal(from)} as date)`)
  if (time && to !== undefined) parts.push(`cast(${quoted(time.name)} as date) <= cast(${literal(to)} as date)`)
  return parts.length > 0 ? `where ${parts.join(' and ')}` : ''
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
