import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BulkEngine, literal, literals, type StagedSegment } from '../evidence/index.ts'
import { ownerSql } from './bulk-owners.ts'
import { PLACE_COLUMNS, type RowShape } from './bulk-shape.ts'
import { quoted } from './json-columns.ts'
import type { BulkContext } from './room.ts'

// A month of one owner with fewer rows waits for others, so that no segment is tiny while many could be one.
const SEGMENT_ROWS_MIN = 20_000

interface Group {
  owner: string
  month: string
  rows: number
  from: string
  to: string
}

/** Writes rows as Parquet segments, one owner's and one month's each, personal columns in a second file row by row beside it. */
export class SegmentWriter {
  readonly segments: StagedSegment[] = []
  private readonly shape: RowShape
  private readonly context: BulkContext
  private readonly main: string
  private readonly personal: string
  private readonly owner: string
  private readonly month: string
  private readonly rowsMin: number
  private readonly waiting: string[] = []

  constructor(shape: RowShape, context: BulkContext, rowsMin = SEGMENT_ROWS_MIN) {
    this.shape = shape
    this.context = context
    this.rowsMin = rowsMin
    this.main = [...Object.keys(shape.columns), ...PLACE_COLUMNS].map(quoted).join(', ')
    this.personal = Object.keys(shape.personal).map(quoted).join(', ')
    const happened = quoted(shape.happened)
    this.owner = ownerSql(context.owners, quoted(shape.instance), happened)
    this.month = `strftime(date_trunc('month', ${happened}), '%Y-%m')`
  }

  /** Writes the rows of a query, or keeps them until there are more. */
  async add(relation: string): Promise<void> {
    const groups = await this.groups(`SELECT ${this.owner} AS _owner, ${this.month} AS _month, * FROM (${relation})`)
    const large = groups.filter(({ rows }) => rows >= this.rowsMin)
    for (const group of large) {
      const where =
        groups.length === 1
          ? ''
          : ` WHERE ${this.owner} = ${literal(group.owner)} AND ${this.month} = ${literal(group.month)}`
      await this.write(group, `(${relation})${where}`)
    }
    if (large.length === groups.length) return
    const path = join(this.context.staging, `waiting-${this.waiting.length + 1}.parquet`)
    const without = large.map(({ owner, month }) => `(${literal(owner)}, ${literal(month)})`)
    const where = without.length === 0 ? '' : `WHERE (_owner, _month) NOT IN (${without.join(', ')})`
    await this.context.engine.run(
      `COPY (SELECT * FROM (SELECT ${this.owner} AS _owner, ${this.month} AS _month, * FROM (${relation})) ${where}
        ORDER BY _owner, _month) TO ${literal(path)} (FORMAT parquet, ROW_GROUP_SIZE 20480)`,
    )
    this.waiting.push(path)
  }

  /** Writes what waited. */
  async finish(): Promise<void> {
    if (this.waiting.length === 0) return
    const all = `read_parquet(${literals(this.waiting)})`
    for (const group of await this.groups(`SELECT * FROM ${all}`)) {
      const { owner, month } = group
      await this.write(group, `${all} WHERE _owner = ${literal(owner)} AND _month = ${literal(month)}`)
    }
    for (const path of this.waiting) rmSync(path)
  }

  private async groups(rows: string): Promise<Group[]> {
    const happened = quoted(this.shape.happened)
    const stamp = (time: string) => `strftime(${time}, '%Y-%m-%dT%H:%M:%SZ')`
    const found = await this.context.engine.all<Omit<Group, 'rows'> & { rows: string }>(
      `SELECT _owner AS owner, _month AS month, count(*) AS rows,
        ${stamp(`min(${happened})`)} AS "from", ${stamp(`max(${happened})`)} AS "to"
        FROM (${rows}) GROUP BY ALL ORDER BY ALL`,
    )
    return found.map((group) => ({ ...group, rows: Number(group.rows) }))
  }

  private async write(group: Group, from: string): Promise<void> {
    const { owner, month, rows } = group
    const id = this.context.segmentId()
    const path = join(this.context.staging, `${id}.parquet`)
    await this.context.engine.run(`COPY (SELECT ${this.main} FROM ${from}) TO ${literal(path)} (FORMAT parquet)`)
    const { dataset } = this.shape
    const segment: StagedSegment = { id, path, dataset, owner, period: month, rows, from: group.from, to: group.to }
    if (this.personal !== '') {
      segment.personal = join(this.context.staging, `${id}.personal.parquet`)
      const target = literal(segment.personal)
      await this.context.engine.run(`COPY (SELECT ${this.personal} FROM ${from}) TO ${target} (FORMAT parquet)`)
    }
    this.segments.push(segment)
  }
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
