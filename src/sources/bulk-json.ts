import { rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type BulkEngine, literal } from '../evidence/index.ts'
import { bytesOf, linesIn, linesOf, onOneLine, withoutInserted } from './bulk-lines.ts'
import type { BulkShape } from './bulk-shape.ts'
import type { Chunk, ChunkPart } from './json-chunks.ts'
import { columnsLiteral, quoted, suspect } from './json-columns.ts'
import { findObjects } from './json-objects.ts'
import type { RowFault } from './room.ts'

/** A row that cannot go in: which object of which file, why, and its bytes. */
export interface BadRow {
  file: number
  row: number
  fault: RowFault
  raw: Buffer
}

/** How objects are read. Only tests need others than the usual settings. */
export interface ReadSettings {
  /** Reads every object by the exact way, as if DuckDB had refused everything. */
  exactOnly?: boolean
  /** Bytes that are tried at once when a chunk as a whole was refused. */
  piece: number
}

/** The settings in use. */
export const READ_SETTINGS: ReadSettings = { piece: 4 << 20 }

const OBJECT_MAX = 4 << 20
const CARRY_MAX = 32 << 20
// So few files are read one by one once one of them was refused.
const GROUP_MIN = 4

/** Rows as an SQL query with the shape's columns and the places; it holds until `use` returns. */
export type UseRows = (relation: string) => Promise<void>

interface Region {
  file: number
  parts: Buffer[]
  bytes: number
}

/** From which row of a table on rows are of a file, and what makes their ordinals of their numbers. */
interface Run {
  first: number
  file: number
  shift: number
}

/**
 * Makes rows of chunks. DuckDB reads a chunk as a whole; what it refuses is tried in pieces, and where it still refuses,
 * objects are found one by one, so that exactly the ones that DuckDB takes by themselves go in.
 */
export class JsonRows {
  /** Objects seen of each file so far, good or bad. */
  readonly seen: number[] = []
  private readonly engine: BulkEngine
  private readonly shape: BulkShape
  private readonly folder: string
  private readonly names: readonly string[]
  private readonly onBad: (bad: BadRow) => void
  private readonly settings: ReadSettings
  private pending: Region | undefined
  private mixedRows = 0
  /** The candidates that the table `piece` holds at the moment. */
  private loaded: readonly Candidate[] | undefined
  private readonly select: string
  private readonly columns: string

  constructor(given: {
    engine: BulkEngine
    shape: BulkShape
    folder: string
    names: readonly string[]
    onBad: (bad: BadRow) => void
    settings?: ReadSettings
  }) {
    this.engine = given.engine
    this.shape = given.shape
    this.folder = given.folder
    this.names = given.names
    this.onBad = given.onBad
    this.settings = given.settings ?? READ_SETTINGS
    const { columns, personal, required } = given.shape
    const made = Object.entries({ ...columns, ...personal }).map(([name, sql]) => `${sql} AS ${quoted(name)}`)
    const faults = required.map(({ holds }, at) => `WHEN (${holds}) IS NOT TRUE THEN ${at}`)
    this.select = `${made.join(', ')}, CASE ${faults.join(' ')} END::TINYINT AS _fault`
    this.columns = Object.keys({ ...columns, ...personal })
      .map((name) => `piece.${quoted(name)}`)
      .join(', ')
  }

  /** Makes rows of a chunk and removes it. */
  async take(chunk: Chunk, use: UseRows): Promise<void> {
    if (this.pending && this.pending.file !== chunk.parts[0]?.file) await this.settle(true)
    await this.useMixed(use)
    const fits = !this.settings.exactOnly && (await this.load(chunk.path))
    if (!fits || !(await this.takeWhole(chunk, use))) await this.takePieces(chunk)
    rmSync(chunk.path, { force: true })
    await this.useMixed(use)
  }

  /** Makes rows of what was left for the end. */
  async finish(use: UseRows): Promise<void> {
    await this.settle(true)
    await this.useMixed(use)
    await this.engine.run('DROP TABLE IF EXISTS piece')
  }

  /** Reads a text of lines into the table `piece`; false when DuckDB does not take all of it. */
  private async load(path: string): Promise<boolean> {
    this.loaded = undefined
    const options = `format = 'newline_delimited', compression = 'uncompressed', maximum_object_size = ${OBJECT_MAX}`
    const source = `read_json(${literal(path)}, ${options}, columns = ${columnsLiteral(this.shape.fields)})`
    try {
      await this.engine.run(`CREATE OR REPLACE TEMP TABLE piece AS SELECT ${this.select} FROM ${source}`)
      return true
    } catch (error) {
      if (error instanceof Error && /^(?:Invalid Input|Conversion|Out of Range) Error/.test(error.message)) return false
      throw error
    }
  }

  private async takeWhole(chunk: Chunk, use: UseRows): Promise<boolean> {
    const rows = await this.pieceRows()
    const { parts } = chunk
    const lines = parts.reduce((sum, part) => sum + part.lines, 0)
    if (parts.length > 1 && lines !== rows) return false
    if (this.pending) {
      // The rows of what was left over come before these, but need the same table.
      await this.settle(true)
      await this.load(chunk.path)
      await this.useMixed(use)
    }
    const counts = parts.length === 1 ? [rows] : parts.map((part) => part.lines)
    const runs = this.runsOf(parts, counts)
    await this.tellFaults(runs, linesOf(chunk))
    // Several files need a join, which is to be done once.
    if (runs.length > 1) await this.keepMixed(runs)
    else await use(this.relation(runs))
    return true
  }

  private async pieceRows(): Promise<number> {
    const [counted] = await this.engine.all<{ rows: string }>('SELECT count(*) AS rows FROM piece')
    return Number(counted?.rows ?? 0)
  }

  private runsOf(parts: readonly Pick<ChunkPart, 'file'>[], counts: readonly number[]): Run[] {
    let first = 0
    return parts.map(({ file }, at) => {
      const before = this.seen[file] ?? 0
      const run = { first, file, shift: before + 1 - first }
      const count = counts[at] ?? 0
      this.seen[file] = before + count
      first += count
      return run
    })
  }

  /** Rows of `piece` that DuckDB took, but that lack something, are bad rows. */
  private async tellFaults(
    runs: readonly Run[],
    lineAt: (rows: readonly number[]) => Promise<Buffer[]>,
  ): Promise<void> {
    const faulty = await this.engine.all<{ at: string; fault: number }>(
      'SELECT rowid AS at, _fault AS fault FROM piece WHERE _fault IS NOT NULL ORDER BY rowid',
    )
    if (faulty.length === 0) return
    const lines = await lineAt(faulty.map(({ at }) => Number(at)))
    for (const [index, { at, fault }] of faulty.entries()) {
      const run = runs.findLast(({ first }) => first <= Number(at))
      const missing = this.shape.required[fault]
      const raw = lines[index] ?? Buffer.alloc(0)
      const { code, field } = missing ?? { code: 'missing', field: '' }
      if (run) this.onBad({ file: run.file, row: Number(at) + run.shift, fault: { code, field }, raw })
    }
  }

  /** The good rows of `piece`, with their places. */
  private relation(runs: readonly Run[]): string {
    const name = (run: Run) => literal(this.names[run.file] ?? '')
    const [only] = runs
    if (runs.length === 1 && only) {
      const place = `${name(only)} AS _file, piece.rowid + ${only.shift} AS _row`
      return `SELECT ${this.columns}, ${place} FROM piece WHERE _fault IS NULL`
    }
    const list = runs.map((run) => `(${run.first}::BIGINT, ${name(run)}, ${run.shift}::BIGINT)`).join(', ')
    return `SELECT ${this.columns}, runs.file AS _file, piece._at + runs.shift AS _row
      FROM (SELECT *, rowid AS _at FROM piece) AS piece
      ASOF JOIN (VALUES ${list || "(0::BIGINT, '', 0::BIGINT)"}) AS runs(first, file, shift) ON piece._at >= runs.first
      WHERE piece._fault IS NULL ORDER BY piece._at`
  }

  private async keepMixed(runs: readonly Run[]): Promise<void> {
    const relation = this.relation(runs)
    if (this.mixedRows === 0) await this.engine.run(`CREATE OR REPLACE TEMP TABLE mixed AS ${relation}`)
    else await this.engine.run(`INSERT INTO mixed ${relation}`)
    this.mixedRows += 1
  }

  private async useMixed(use: UseRows): Promise<void> {
    if (this.mixedRows === 0) return
    this.mixedRows = 0
    await use('SELECT * FROM mixed')
    await this.engine.run('DROP TABLE IF EXISTS mixed')
  }

  /** A chunk that was refused: without the files that are sound as wholes, piece by piece. */
  private async takePieces(chunk: Chunk): Promise<void> {
    const handle = await open(chunk.path)
    try {
      await this.takeParts(handle, chunk, chunk.parts, true)
    } finally {
      await handle.close()
    }
  }

  private async takeParts(
    handle: FileHandle,
    chunk: Chunk,
    parts: readonly ChunkPart[],
    isRefused: boolean,
  ): Promise<void> {
    const [first] = parts
    if (this.pending && this.pending.file !== first?.file) await this.settle(true)
    if (!isRefused && !this.pending && (await this.takeGroup(handle, parts))) return
    if (parts.length > GROUP_MIN) {
      const half = parts.length >> 1
      await this.takeParts(handle, chunk, parts.slice(0, half), false)
      await this.takeParts(handle, chunk, parts.slice(half), false)
      return
    }
    for (const part of parts) await this.takePart(handle, chunk, part)
  }

  /** Several files at once; false when they are not all sound. */
  private async takeGroup(handle: FileHandle, parts: readonly ChunkPart[]): Promise<boolean> {
    const start = parts[0]?.start ?? 0
    const bytes = await bytesOf(handle, start, parts.at(-1)?.end ?? start)
    if (this.settings.exactOnly || !(await this.load(this.write(bytes)))) return false
    const lines = parts.reduce((sum, part) => sum + part.lines, 0)
    if ((await this.pieceRows()) !== lines) return false
    const counts = parts.map((part) => part.lines)
    const runs = this.runsOf(parts, counts)
    await this.tellFaults(runs, async (rows) => linesIn(bytes, rows))
    await this.keepMixed(runs)
    return true
  }

  /** One file's part. Neighbouring pieces that are refused are one region, so that no object is cut in two. */
  private async takePart(handle: FileHandle, chunk: Chunk, part: ChunkPart): Promise<void> {
    if (this.pending && this.pending.file !== part.file) await this.settle(true)
    for (let at = part.start; at < part.end; ) {
      const bytes = await bytesOf(handle, at, Math.min(at + this.settings.piece, part.end))
      const feed = at + bytes.length < part.end ? bytes.lastIndexOf(10) : -1
      const piece = feed < 0 ? bytes : bytes.subarray(0, feed + 1)
      await this.takePiece(piece, part.file, chunk.inserted, at)
      at += piece.length
    }
  }

  private async takePiece(piece: Buffer, file: number, inserted: readonly number[], at: number): Promise<void> {
    const path = this.write(piece)
    if (!this.settings.exactOnly && (await this.load(path))) {
      if (this.pending) {
        await this.settle(true)
        this.write(piece)
        await this.load(path)
      }
      const runs = this.runsOf([{ file }], [await this.pieceRows()])
      await this.tellFaults(runs, async (rows) => linesIn(piece, rows))
      await this.keepMixed(runs)
      return
    }
    const original = withoutInserted(piece, inserted, at)
    this.pending ??= { file, parts: [], bytes: 0 }
    this.pending.parts.push(original)
    this.pending.bytes += original.length
    if (this.pending.bytes >= 2 * this.settings.piece) await this.settle(false)
  }

  private write(bytes: Buffer): string {
    const path = join(this.folder, 'piece.json')
    writeFileSync(path, bytes)
    return path
  }

  /** Finds the objects of the region one by one. Unless it is final, an object that may go on waits for what follows. */
  private async settle(final: boolean): Promise<void> {
    const region = this.pending
    if (!region) return
    this.pending = undefined
    const bytes = Buffer.concat(region.parts)
    const { spans, open } = findObjects(bytes, (text) => this.isKnown(text), final)
    const last = spans.at(-1)
    if (open && last && !final && bytes.length - last.start < CARRY_MAX) {
      spans.pop()
      const rest = bytes.subarray(last.start)
      this.pending = { file: region.file, parts: [rest], bytes: rest.length }
    }
    const sound: Candidate[] = []
    const doubtful: Candidate[] = []
    for (const { start, end, whole } of spans) {
      const row = (this.seen[region.file] ?? 0) + 1
      this.seen[region.file] = row
      const raw = bytes.subarray(start, end)
      const found = whole ? suspect(raw, this.shape.fields) : BROKEN
      if (found?.certain) this.onBad({ file: region.file, row, fault: found.fault, raw })
      else (found ? doubtful : sound).push({ row, raw, fault: found?.fault ?? REFUSED })
    }
    const taken = [...(await this.accept(sound)), ...(await this.acceptEach(doubtful))].sort((a, b) => a.row - b.row)
    const refused = new Set(taken.map(({ row }) => row))
    for (const { row, raw, fault } of [...sound, ...doubtful])
      if (!refused.has(row)) this.onBad({ file: region.file, row, fault, raw })
    if (taken.length > 0) await this.keepTaken(taken, region.file)
  }

  private async keepTaken(taken: readonly Candidate[], file: number): Promise<void> {
    if (!isSame(this.loaded, taken)) await this.loadCandidates(taken)
    const runs: Run[] = []
    for (const [at, { row }] of taken.entries()) {
      if (runs.at(-1)?.shift !== row - at) runs.push({ first: at, file, shift: row - at })
    }
    await this.tellFaults(runs, async (rows) => rows.map((at) => taken[at]?.raw ?? Buffer.alloc(0)))
    await this.keepMixed(runs)
  }

  private isKnown(text: string): boolean {
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value !== null && this.shape.known.every((key) => key in value)
    } catch {
      return false
    }
  }

  private async loadCandidates(candidates: readonly Candidate[]): Promise<boolean> {
    const text = Buffer.concat(candidates.flatMap(({ raw }) => [onOneLine(raw), LINE_BREAK]))
    const taken = await this.load(this.write(text))
    this.loaded = taken ? candidates : undefined
    return taken
  }

  /** Those of the candidates that DuckDB takes by themselves. */
  private async accept(candidates: readonly Candidate[]): Promise<Candidate[]> {
    if (candidates.length === 0) return []
    if (await this.loadCandidates(candidates)) return [...candidates]
    if (candidates.length === 1) return []
    const half = candidates.length >> 1
    return [...(await this.accept(candidates.slice(0, half))), ...(await this.accept(candidates.slice(half)))]
  }

  private async acceptEach(candidates: readonly Candidate[]): Promise<Candidate[]> {
    const taken: Candidate[] = []
    for (const each of candidates) taken.push(...(await this.accept([each])))
    return taken
  }
}

interface Candidate {
  row: number
  raw: Buffer
  /** What is wrong if DuckDB refuses it. */
  fault: RowFault
}

function isSame(a: readonly Candidate[] | undefined, b: readonly Candidate[]): boolean {
  return a?.length === b.length && a.every((each, at) => each === b[at])
}

const BROKEN = { fault: { code: 'json-broken', field: '' }, certain: true }
const REFUSED: RowFault = { code: 'not-a-structure', field: '' }
const LINE_BREAK = Buffer.from('\n')
