import { emptyTally, literal, literals, type StagedSegment } from '../evidence/index.ts'
import { message, type Param, type Problem } from '../language/index.ts'
import { type BadRow, JsonRows, type ReadSettings } from './bulk-json.ts'
import { ownerOfText } from './bulk-owners.ts'
import { SegmentWriter, withoutDropped } from './bulk-segments.ts'
import { type BulkShape, distinctNames } from './bulk-shape.ts'
import { type Compared, compareVersions } from './bulk-versions.ts'
import { CHUNK_SIZES, ChunkReader, type ChunkSizes } from './json-chunks.ts'
import type { BulkContext, BulkReading, BulkReject, Delivery, FoundFile } from './room.ts'

/** Settings that only tests and measurements change. */
export interface BulkSettings {
  sizes?: ChunkSizes
  read?: ReadSettings
  segmentRowsMin?: number
}

// A file with so many bad objects and hardly a good one is not of its format.
const BAD_MIN = 1000
const BAD_SHARE = 0.9
// When nearly everything was known before, the known rows are not kept a second time.
const DUPLICATE_SHARE = 0.9

const PACKED_MAX = 1 << 30

/** Groups files that are read together: as they come, up to a gigabyte as delivered. */
export function groupFiles(label: string, files: readonly FoundFile[]): Delivery[] {
  const groups: FoundFile[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const file of files) {
    if (bytes + file.bytes > PACKED_MAX) {
      groups.push([])
      bytes = 0
    }
    groups.at(-1)?.push(file)
    bytes += file.bytes
  }
  return groups.map((group, at) => ({
    label: groups.length === 1 ? label : `${label} ${at + 1}/${groups.length}`,
    files: group,
  }))
}

/** Reads files of JSON objects as rows of a shape: segments, dead rows, rejects, and a tally that adds up. */
export async function readBulkJson(
  shape: BulkShape,
  delivery: Delivery,
  context: BulkContext,
  settings: BulkSettings = {},
): Promise<BulkReading> {
  const names = distinctNames(delivery.files)
  const files = delivery.files.map((file, index) => ({ ...file, name: names[index] ?? file.name }))
  const bad = new BadRows(files, context)
  const reader = new ChunkReader(files, context.staging, settings.sizes ?? CHUNK_SIZES)
  const given = { shape, context, names, onBad: (row: BadRow) => bad.add(row) }
  const rows = new JsonRows(settings.read ? { ...given, settings: settings.read } : given)
  const writer = new SegmentWriter(shape, context, settings.segmentRowsMin)
  const seen = () => rows.seen.reduce((sum, each) => sum + (each ?? 0), 0)
  const chunks = reader.chunks()
  // The next chunk is unpacked while DuckDB works on this one.
  let next = chunks.next()
  for (let chunk = await next; !chunk.done; chunk = await next) {
    next = chunks.next()
    // Should the work on this chunk fail first, nobody would wait for the next.
    next.catch(() => undefined)
    for (const each of await rows.take(chunk.value)) await writer.add(each)
    context.progress(reader.read, seen())
  }
  for (const each of await rows.finish()) await writer.add(each)
  await writer.finish()
  context.progress(reader.read, seen())
  return conclude({ shape, context, files, reader, rows, bad, segments: writer.segments })
}

interface Read {
  shape: BulkShape
  context: BulkContext
  files: readonly FoundFile[]
  reader: ChunkReader
  rows: JsonRows
  bad: BadRows
  segments: StagedSegment[]
}

async function conclude(read: Read): Promise<BulkReading> {
  const { shape, context, files, reader, rows, bad } = read
  const refused = new Map<number, Problem>()
  for (const [index, file] of files.entries()) {
    const fault =
      reader.ends[index]?.fault ?? (bad.outweigh(index, rows.seen[index] ?? 0) ? 'not-of-format' : undefined)
    if (fault) refused.set(index, problem(`source.refused.${fault}`, file.name, {}, true))
  }
  const gone = files.filter((_, index) => refused.has(index)).map(({ name }) => name)
  const segments = await withoutFiles(read.segments, gone, context)
  const good = segments.reduce((sum, each) => sum + each.rows, 0)
  const compared = await compareVersions(segments, shape, context, 1)
  const kept = await withoutDuplicates(segments, good, compared, shape, context)
  const problems = [...refused.values()]
  const isWhole = refused.size === files.length
  return {
    files: files.flatMap((file, index) => {
      const end = reader.ends[index]
      if (!end || refused.has(index)) return []
      const tally = tallyOf(file.name, rows.seen[index] ?? 0, bad.count(index), compared)
      return [{ file: file.name, sha256: end.sha256, bytes: end.bytes, tally }]
    }),
    segments: kept.segments,
    dead: kept.dead,
    replaces: [],
    rejects: bad.rejects(refused),
    quirks: [],
    refused: isWhole ? problems : [],
    notes: [...(isWhole ? [] : problems), ...unownedNotes(kept.segments, files)],
  }
}

function tallyOf(file: string, read: number, rejected: number, compared: Compared) {
  const duplicate = compared.duplicate.get(file) ?? 0
  const superseded = compared.superseded.get(file) ?? 0
  return { ...emptyTally(), read, rejected, duplicate, superseded, kept: read - rejected - duplicate - superseded }
}

/** A file that turned out broken takes its rows with it. */
async function withoutFiles(
  segments: StagedSegment[],
  gone: readonly string[],
  context: BulkContext,
): Promise<StagedSegment[]> {
  if (gone.length === 0 || segments.length === 0) return segments
  const { engine } = context
  const list = segments.map(({ path, id }) => `(${literal(path)}, ${literal(id)})`).join(', ')
  await engine.run(`CREATE OR REPLACE TEMP TABLE dropped AS SELECT n.segment, r.file_row_number AS row
    FROM read_parquet(${literals(segments.map(({ path }) => path))}, filename = true, file_row_number = true) AS r
    JOIN (VALUES ${list}) AS n(path, segment) ON n.path = r.filename
    WHERE r._file IN (${gone.map(literal).join(', ')})`)
  const left = await withoutDropped(engine, segments, context)
  await engine.run('DROP TABLE dropped')
  return left
}

async function withoutDuplicates(
  segments: StagedSegment[],
  good: number,
  compared: Compared,
  shape: BulkShape,
  context: BulkContext,
): Promise<{ segments: StagedSegment[]; dead: Compared['dead'] }> {
  const { engine } = context
  const duplicates = [...compared.duplicate.values()].reduce((sum, each) => sum + each, 0)
  if (duplicates === 0 || duplicates < good * DUPLICATE_SHARE) return { segments, dead: compared.dead }
  await engine.run('CREATE OR REPLACE TEMP TABLE dropped AS FROM duplicates')
  const left = await withoutDropped(engine, segments, context)
  const again = await compareVersions(left, shape, context, 2)
  for (const table of ['dropped', 'duplicates']) await engine.run(`DROP TABLE IF EXISTS ${table}`)
  return { segments: left, dead: again.dead }
}

function unownedNotes(segments: readonly StagedSegment[], files: readonly FoundFile[]): Problem[] {
  const owners = [...new Set(segments.map(({ owner }) => owner))]
    .filter((owner) => owner.startsWith('instance:'))
    .sort()
  const file = files[0]?.name ?? ''
  return owners.map((owner) =>
    problem('source.note.unowned', file, { instance: owner.slice('instance:'.length) }, true),
  )
}

function problem(id: string, file: string, params: Record<string, Param>, hasFix: boolean): Problem {
  return {
    code: id,
    where: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: message(id, params),
    ...(hasFix ? { fix: message(`${id}.fix`) } : {}),
  }
}

/** Bad rows as they come; of a file that is hardly anything else only the first are kept. */
class BadRows {
  private readonly files: readonly FoundFile[]
  private readonly context: BulkContext
  private readonly counts: number[] = []
  private readonly kept: { file: number; reject: BulkReject }[] = []

  constructor(files: readonly FoundFile[], context: BulkContext) {
    this.files = files
    this.context = context
  }

  add({ file, row, fault, raw }: BadRow): void {
    this.counts[file] = this.count(file) + 1
    // Bytes that are no UTF-8 stay what they were, one character each.
    const text = fault.code === 'not-utf8' ? raw.toString('latin1') : raw.toString('utf8')
    const owner = ownerOfText(this.context.owners, text)
    const name = this.files[file]?.name ?? ''
    this.kept.push({ file, reject: { file: name, row, faults: [fault], raw: text, owner } })
  }

  count(file: number): number {
    return this.counts[file] ?? 0
  }

  /** Whether a file is not of its format: bad rows and hardly any others. */
  outweigh(file: number, seen: number): boolean {
    return this.count(file) >= BAD_MIN && this.count(file) > seen * BAD_SHARE
  }

  rejects(refused: ReadonlyMap<number, Problem>): BulkReject[] {
    const kept = this.kept.filter(({ file }) => !refused.has(file))
    return kept.sort((a, b) => a.file - b.file || a.reject.row - b.reject.row).map(({ reject }) => reject)
  }
}
