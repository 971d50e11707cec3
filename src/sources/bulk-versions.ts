import { join } from 'node:path'
import { type KnownSegment, literal, literals, type StagedDead, type StagedSegment } from '../evidence/index.ts'
import { addDays } from '../language/index.ts'
import type { RowShape } from './bulk-shape.ts'
import { quoted } from './json-columns.ts'
import type { BulkContext } from './room.ts'

/** What a comparison of new rows with each other and with known ones told. */
export interface Compared {
  dead: StagedDead[]
  /** Rows by file that are no news, and rows that a newer telling of the same fact replaces. */
  duplicate: Map<string, number>
  superseded: Map<string, number>
}

// Rows that are compared at once; each takes some hundred bytes of memory.
const ROWS_AT_ONCE = 3_000_000

/** Known segments whose time may hold other tellings of what the new segments hold. */
export function touching(segments: readonly StagedSegment[], shape: RowShape, context: BulkContext): KnownSegment[] {
  const from = segments.map((each) => each.from).sort()[0]
  const to = segments
    .map((each) => each.to)
    .sort()
    .at(-1)
  if (from === undefined || to === undefined) return []
  const span = { from: addDays(from.slice(0, 10), -1), to: `${addDays(to.slice(0, 10), 1)}T23:59:59Z` }
  return context.known(shape.dataset, span)
}

/**
 * Compares new rows with each other and with known ones. For every row that some import makes superfluous there is one dead
 * entry for each such import, so that whichever imports are seen, exactly the newest telling of each fact is. Among equals
 * the one that came first stands. The table `duplicates` (segment, row) then names the new rows that are no news.
 */
export async function compareVersions(
  segments: readonly StagedSegment[],
  shape: RowShape,
  context: BulkContext,
  round: number,
): Promise<Compared> {
  const { engine } = context
  const known = touching(segments, shape, context)
  const result: Compared = { dead: [], duplicate: new Map(), superseded: new Map() }
  await engine.run('CREATE OR REPLACE TEMP TABLE duplicates (segment VARCHAR, row BIGINT)')
  if (segments.length === 0) return result
  await nameSegments(segments, known, context)
  const rows = [...segments, ...known].reduce((sum, each) => sum + each.rows, 0)
  const passes = Math.ceil(rows / ROWS_AT_ONCE)
  for (let pass = 0; pass < passes; pass += 1) {
    const source = sourceSql(segments, known, shape, passes === 1 ? '' : `hash(_id) % ${passes} = ${pass}`)
    await engine.run(`CREATE OR REPLACE TEMP TABLE twice AS SELECT _id FROM (${source(`NULL AS _any`)})
      GROUP BY _id HAVING count(*) > 1 AND bool_or(_fresh)`)
    const [found] = await engine.all<{ some: boolean }>('SELECT count(*) > 0 AS some FROM twice')
    if (found?.some) await comparePass(source, context, result, `dead-${round}-${pass}.parquet`, shape)
  }
  for (const table of ['twice', 'again', 'ranked', 'named']) await engine.run(`DROP TABLE IF EXISTS ${table}`)
  return result
}

async function nameSegments(
  segments: readonly StagedSegment[],
  known: readonly KnownSegment[],
  { engine, importId }: BulkContext,
): Promise<void> {
  const all = [...segments.map((each) => ({ ...each, import: importId })), ...known]
  const list = all.map((each, at) => `(${literal(each.path)}, ${literal(each.id)}, ${literal(each.import)}, ${at})`)
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE named AS SELECT * FROM (VALUES ${list.join(', ')}) AS n(path, segment, import, place)`,
  )
}

type Source = (columns: string) => string

/** New and known rows by identity; only the columns that are asked for are read. */
function sourceSql(
  segments: readonly StagedSegment[],
  known: readonly KnownSegment[],
  shape: RowShape,
  where: string,
): Source {
  const of = (paths: readonly string[], fresh: boolean) => (columns: string) =>
    `SELECT * FROM (SELECT ${quoted(shape.identity)} AS _id, ${fresh} AS _fresh, ${columns}
      FROM read_parquet(${literals(paths)}, filename = true, file_row_number = true))${where ? ` WHERE ${where}` : ''}`
  const fresh = of(
    segments.map(({ path }) => path),
    true,
  )
  const before = of(
    known.map(({ path }) => path),
    false,
  )
  return (columns) => (known.length === 0 ? fresh(columns) : `${fresh(columns)} UNION ALL ${before(columns)}`)
}

async function comparePass(
  source: Source,
  { engine, importId, staging }: BulkContext,
  result: Compared,
  name: string,
  shape: RowShape,
): Promise<void> {
  const columns = `${quoted(shape.version)} AS _version, filename AS _path, file_row_number AS row, _file`
  await engine.run(`CREATE OR REPLACE TEMP TABLE again AS
    SELECT r._id, r._version, r._fresh, r.row, r._file, n.segment, n.import, n.place
    FROM (${source(columns)}) AS r JOIN named AS n ON n.path = r._path WHERE r._id IN (SELECT _id FROM twice)`)
  await engine.run(`CREATE OR REPLACE TEMP TABLE ranked AS
    SELECT f.*, row_number() OVER (PARTITION BY _id ORDER BY _version DESC, place, row) AS _rank,
      row_number() OVER (PARTITION BY _id, _version ORDER BY place, row) > 1
        OR EXISTS (FROM again AS k WHERE NOT k._fresh AND k._id = f._id AND k._version = f._version) AS _duplicate,
      EXISTS (FROM again AS k WHERE NOT k._fresh AND k._id = f._id AND k._version > f._version) AS _older
    FROM again AS f WHERE f._fresh`)
  const path = join(staging, name)
  const own = literal(importId)
  await engine.run(`COPY (
    SELECT segment, row, ${own} AS by FROM ranked WHERE _rank > 1
    UNION ALL SELECT f.segment, f.row, k.import FROM ranked AS f JOIN
      (SELECT _id, import, max(_version) AS _version FROM again WHERE NOT _fresh GROUP BY ALL) AS k
      ON k._id = f._id AND k._version >= f._version
    UNION ALL SELECT k.segment, k.row, ${own} FROM again AS k JOIN ranked AS f
      ON f._id = k._id AND f._rank = 1 AND f._version > k._version WHERE NOT k._fresh
    ORDER BY ALL) TO ${literal(path)} (FORMAT parquet)`)
  const [dead] = await engine.all<{ rows: string }>(`SELECT count(*) AS rows FROM read_parquet(${literal(path)})`)
  const rows = Number(dead?.rows ?? 0)
  if (rows > 0) result.dead.push({ path, dataset: shape.dataset, rows })
  await engine.run('INSERT INTO duplicates SELECT segment, row FROM ranked WHERE _duplicate')
  const counts = await engine.all<{ file: string; duplicate: string; superseded: string }>(
    `SELECT _file AS file, count(*) FILTER (_duplicate) AS duplicate,
      count(*) FILTER (NOT _duplicate AND (_rank > 1 OR _older)) AS superseded FROM ranked GROUP BY _file`,
  )
  for (const { file, duplicate, superseded } of counts) {
    result.duplicate.set(file, (result.duplicate.get(file) ?? 0) + Number(duplicate))
    result.superseded.set(file, (result.superseded.get(file) ?? 0) + Number(superseded))
  }
}
