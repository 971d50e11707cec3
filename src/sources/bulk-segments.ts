import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BulkEngine, literal, type StagedSegment } from '../evidence/index.ts'
import { PLACE_COLUMNS, type RowShape } from './bulk-shape.ts'
import { quoted } from './json-columns.ts'
import type { StagedRows } from './json-staging.ts'
import type { BulkContext } from './room.ts'

// So many rows of one owner and month are a segment as soon as they are there; fewer wait for others.
const SEGMENT_ROWS = 120_000
// Rows of more owners and months than these are sorted, so that each is found without a look at all.
const UNSORTED_MAX = 24

interface Group {
  owner: string
  month: string
  rows: number
  from: string
  to: string
}

interface Waiting extends Group {
  lots: Lot[]
}

/** Rows that wait until all of their groups are written. */
interface Lot extends StagedRows {
  waiting: number
}

/** Writes rows as Parquet segments, one owner's and one month's each, personal columns in a second file row by row beside it. */
export class SegmentWriter {
  readonly segments: StagedSegment[] = []
  private readonly shape: RowShape
  private readonly context: BulkContext
  private readonly main: string
  private readonly personal: string
  private readonly rowsMin: number
  private readonly groups = new Map<string, Waiting>()
  private sorted = 0

  constructor(shape: RowShape, context: BulkContext, rowsMin = SEGMENT_ROWS) {
    this.shape = shape
    this.context = context
    this.rowsMin = rowsMin
    this.main = [...Object.keys(shape.columns), ...PLACE_COLUMNS].map(quoted).join(', ')
    this.personal = Object.keys(shape.personal).map(quoted).join(', ')
  }

  /** Writes rows, or keeps them until there are more. */
  async add(rows: StagedRows): Promise<void> {
    const groups = await this.groupsOf(rows.relation)
    const sorted = groups.length > UNSORTED_MAX ? await this.sort(rows) : rows
    const lot: Lot = { ...sorted, waiting: groups.length }
    if (groups.length === 0) remove(lot)
    for (const group of groups) {
      const key = `${group.owner}\0${group.month}`
      const before = this.groups.get(key)
      const waiting = before ? joined(before, group, lot) : { ...group, lots: [lot] }
      this.groups.set(key, waiting)
      if (waiting.rows < this.rowsMin) continue
      this.groups.delete(key)
      await this.write(waiting)
    }
  }

  /** Writes what waited. */
  async finish(): Promise<void> {
    const groups = [...this.groups.values()].sort((a, b) => order(a.owner, b.owner) || order(a.month, b.month))
    this.groups.clear()
    for (const group of groups) await this.write(group)
  }

  private async groupsOf(relation: string): Promise<Group[]> {
    const happened = quoted(this.shape.happened)
    const stamp = (time: string) => `strftime(${time}, '%Y-%m-%dT%H:%M:%SZ')`
    const found = await this.context.engine.all<Omit<Group, 'rows'> & { rows: string }>(
      `SELECT _owner AS owner, _month AS month, count(*) AS rows,
        ${stamp(`min(${happened})`)} AS "from", ${stamp(`max(${happened})`)} AS "to"
        FROM (${relation}) GROUP BY ALL ORDER BY ALL`,
    )
    return found.map((group) => ({ ...group, rows: Number(group.rows) }))
  }

  private async sort(rows: StagedRows): Promise<StagedRows> {
    this.sorted += 1
    const path = join(this.context.staging, `sorted-${this.sorted}.parquet`)
    const columns = `${this.main}, ${this.personal === '' ? '' : `${this.personal}, `}_owner, _month`
    await this.context.engine.run(
      `COPY (SELECT ${columns} FROM (${rows.relation}) ORDER BY _owner, _month) TO ${literal(path)}
        (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 20480)`,
    )
    for (const each of rows.paths) rmSync(each)
    return { relation: `SELECT * FROM read_parquet(${literal(path)})`, paths: [path] }
  }

  private async write({ lots, ...group }: Waiting): Promise<void> {
    const { owner, month, rows } = group
    const id = this.context.segmentId()
    const path = join(this.context.staging, `${id}.parquet`)
    const where = `WHERE _owner = ${literal(owner)} AND _month = ${literal(month)}`
    const copy = (columns: string, target: string) => {
      const all = lots.map(({ relation }) => `SELECT ${columns} FROM (${relation}) ${where}`).join(' UNION ALL ')
      return this.context.engine.run(`COPY (${all}) TO ${literal(target)} (FORMAT parquet)`)
    }
    await copy(this.main, path)
    const { dataset } = this.shape
    const segment: StagedSegment = { id, path, dataset, owner, period: month, rows, from: group.from, to: group.to }
    if (this.personal !== '') {
      segment.personal = join(this.context.staging, `${id}.personal.parquet`)
      await copy(this.personal, segment.personal)
    }
    this.segments.push(segment)
    for (const lot of lots) {
      lot.waiting -= 1
      if (lot.waiting === 0) remove(lot)
    }
  }
}

function remove({ paths }: Lot): void {
  for (const path of paths) rmSync(path)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function joined(waiting: Waiting, group: Group, lot: Lot): Waiting {
  const { owner, month, rows, lots } = waiting
  const [from = group.from] = [waiting.from, group.from].sort()
  const [to = group.to] = [group.to, waiting.to].sort().reverse()
  return { owner, month, rows: rows + group.rows, from, to, lots: [...lots, lot] }
}

/**
 * Segments without the rows of the table `dropped` (segment, row). A segment that loses rows gets a new id; one that loses
 * all of them is gone.
 */
export async function withoutDropped(
  engine: BulkEngine,
  segments: readonly StagedSegment[],
  context: BulkContext,
): Promise<StagedSegment[]> {
  const counts = await engine.all<{ segment: string; rows: string }>(
    'SELECT segment, count(DISTINCT row) AS rows FROM dropped GROUP BY segment',
  )
  const lost = new Map(counts.map(({ segment, rows }) => [segment, Number(rows)]))
  const left: StagedSegment[] = []
  for (const segment of segments) {
    const gone = lost.get(segment.id) ?? 0
    if (gone < segment.rows) left.push(gone === 0 ? segment : await rewritten(engine, segment, gone, context))
    if (gone > 0) for (const path of [segment.path, segment.personal]) if (path) rmSync(path)
  }
  return left
}

async function rewritten(
  engine: BulkEngine,
  segment: StagedSegment,
  gone: number,
  context: BulkContext,
): Promise<StagedSegment> {
  const id = context.segmentId()
  const copy = async (from: string, to: string) =>
    engine.run(
      `COPY (SELECT * EXCLUDE (file_row_number) FROM read_parquet(${literal(from)}, file_row_number = true)
        WHERE file_row_number NOT IN (SELECT row FROM dropped WHERE segment = ${literal(segment.id)})
        ORDER BY file_row_number) TO ${literal(to)} (FORMAT parquet)`,
    )
  const next: StagedSegment = {
    ...segment,
    id,
    rows: segment.rows - gone,
    path: join(context.staging, `${id}.parquet`),
  }
  await copy(segment.path, next.path)
  if (segment.personal) {
    next.personal = join(context.staging, `${id}.personal.parquet`)
    await copy(segment.personal, next.personal)
  }
  return next
}
