import { join } from 'node:path'
import { literal, literals, type StagedSegment } from '../evidence/index.ts'
import { PLACE_COLUMNS } from './bulk-shape.ts'
import { quoted } from './json-columns.ts'
import type { BulkContext } from './room.ts'
import type { TableShape } from './table-shape.ts'

// Months of one owner go together until they are so many rows: every query opens every segment.
const SEGMENT_ROWS_MIN = 20_000

interface Group {
  owner: string
  first: string
  last: string
  rows: number
  from: string
  to: string
}

/** Writes staged rows as segments, each of one owner, with the versions of the table `versioned` where there is one. */
export async function writeSegments(
  shape: TableShape,
  lots: readonly string[],
  context: BulkContext,
  isTold: boolean,
): Promise<StagedSegment[]> {
  const { engine, staging, receivedAt } = context
  const rows = `read_parquet(${literals(lots)})`
  const only = literal(`${receivedAt}#000001`)
  const version = isTold ? `coalesce(v._version, ${only})` : only
  const columns = [...Object.keys(shape.columns), ...PLACE_COLUMNS].map((name) =>
    name === '_version' ? `${version} AS _version` : `r.${quoted(name)}`,
  )
  const told = isTold ? ' LEFT JOIN versioned AS v ON v._seq = r._seq' : ''
  // Rows come as they stand in the lots, unless a join mixes them.
  const order = isTold ? ' ORDER BY r._seq' : ''
  const segments: StagedSegment[] = []
  for (const { owner, first, last, ...rest } of await groupsOf(shape, rows, context)) {
    const id = context.segmentId()
    const path = join(staging, `${id}.parquet`)
    const where = `r._owner = ${literal(owner)} AND r._month BETWEEN ${literal(first)} AND ${literal(last)}`
    await engine.run(`COPY (SELECT ${columns.join(', ')} FROM ${rows} AS r${told} WHERE ${where}${order})
      TO ${literal(path)} (FORMAT parquet)`)
    segments.push({ id, path, dataset: shape.dataset, owner, period: first, ...rest })
  }
  return segments
}

async function groupsOf(shape: TableShape, rows: string, { engine }: BulkContext): Promise<Group[]> {
  const stamp = (fn: string) => `strftime(${fn}(${quoted(shape.happened)}), '%Y-%m-%dT%H:%M:%SZ')`
  const months = await engine.all<Record<'owner' | 'month' | 'rows' | 'from' | 'to', string>>(
    `SELECT _owner AS owner, _month AS month, count(*) AS rows, ${stamp('min')} AS "from", ${stamp('max')} AS "to"
      FROM ${rows} GROUP BY ALL ORDER BY ALL`,
  )
  const groups: Group[] = []
  for (const { owner, month, rows: count, from, to } of months) {
    const open = groups.at(-1)
    if (open?.owner === owner && open.rows < SEGMENT_ROWS_MIN)
      Object.assign(open, { last: month, rows: open.rows + Number(count), to })
    else groups.push({ owner, first: month, last: month, rows: Number(count), from, to })
  }
  return groups
}
