import { rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onOneLine, trimmed, withoutInserted } from './bulk-lines.ts'
import type { BulkShape } from './bulk-shape.ts'
import type { Chunk, ChunkPart } from './json-chunks.ts'
import { suspect } from './json-columns.ts'
import {
  blank,
  cuts,
  type Hole,
  holesAround,
  lineCount,
  linesOutside,
  original,
  type Slice,
  type SlicePart,
  shapeless,
  sliceOf,
  stretches,
} from './json-holes.ts'
import { findObjects } from './json-objects.ts'
import { JsonStaging, type Refusal, type Run, type StagedPiece, type StagedRows } from './json-staging.ts'
import type { BulkContext, RowFault } from './room.ts'

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

const REGION_MAX = 8 << 20
const CARRY_MAX = 32 << 20
const CANDIDATES_MAX = 8 << 20
// A text is tried so often, each time without what was refused before, until it is cut into smaller ones.
const TRIES = 6
// With more bad lines than one of so many, all of its objects are found one by one.
const BAD_ONE_OF = 8

interface Region {
  file: number
  parts: Buffer[]
  bytes: number
}

interface Candidate {
  file: number
  row: number
  raw: Buffer
  /** What is wrong if DuckDB refuses it. */
  fault: RowFault
}

/**
 * Makes rows of chunks. DuckDB reads a chunk as a whole; the lines that it refuses, and where it refuses many all of them, are
 * looked at object by object, so that exactly the ones that DuckDB takes by themselves go in.
 */
export class JsonRows {
  /** Objects seen of each file so far, good or bad. */
  readonly seen: number[] = []
  private readonly shape: BulkShape
  private readonly path: string
  private readonly onBad: (bad: BadRow) => void
  private readonly settings: ReadSettings
  private readonly staging: JsonStaging
  private pending: Region | undefined
  private sound: Candidate[] = []
  private doubtful: Candidate[] = []
  private candidateBytes = 0

  constructor(given: {
    shape: BulkShape
    context: BulkContext
    names: readonly string[]
    onBad: (bad: BadRow) => void
    settings?: ReadSettings
  }) {
    this.shape = given.shape
    this.path = join(given.context.staging, 'piece.json')
    this.onBad = given.onBad
    this.settings = given.settings ?? READ_SETTINGS
    this.staging = new JsonStaging(given.shape, given.context, given.names)
  }

  /** Makes rows of a chunk and removes it. */
  async take(chunk: Chunk): Promise<StagedRows[]> {
    const isTried = !this.settings.exactOnly && !chunk.doubtful
    const loaded = isTried ? await this.staging.load(chunk.path) : { refused: { malformed: true, line: 0 } }
    if (!loaded.piece || !(await this.keepWhole(chunk, loaded.piece))) {
      const slice = sliceOf(await readFile(chunk.path), 0, chunk.inserted, chunk.parts)
      await this.takeSlice(slice, chunk.path, loaded.refused)
    }
    rmSync(chunk.path, { force: true })
    await this.decide()
    return this.staging.handed()
  }

  /** Makes rows of what was left for the end. */
  async finish(): Promise<StagedRows[]> {
    this.settle(true)
    await this.decide()
    return this.staging.handed()
  }

  /** The usual case: every line is a record. False when it is not clear which rows are of which file. */
  private async keepWhole(chunk: Chunk, piece: StagedPiece): Promise<boolean> {
    const lines = chunk.parts.reduce((sum, part) => sum + part.lines, 0)
    const [only] = chunk.parts
    const isOne = chunk.parts.length === 1 && only
    if (!isOne && lines !== piece.rows) {
      this.staging.drop(piece)
      return false
    }
    this.settle(true)
    const runs = this.runsOf(isOne ? [{ ...only, lines: piece.rows }] : chunk.parts)
    const faults = await this.staging.faults(piece)
    if (faults.length > 0) {
      const slice = sliceOf(await readFile(chunk.path), 0, chunk.inserted, chunk.parts)
      this.tellFaults(slice, [], runs, faults)
    }
    this.staging.keep(piece, runs)
    return true
  }

  private runsOf(parts: readonly Pick<ChunkPart, 'file' | 'lines'>[]): Run[] {
    let first = 0
    return parts
      .filter(({ lines }) => lines > 0)
      .map(({ file, lines }) => {
        const run = this.run(file, first, lines)
        first += lines
        return run
      })
  }

  private run(file: number, first: number, count: number): Run {
    const before = this.seen[file] ?? 0
    this.seen[file] = before + count
    return { first, count, file, shift: before + 1 - first }
  }

  /** Rows that DuckDB took, but that lack something, are bad rows. */
  private tellFaults(
    slice: Slice,
    holes: readonly Hole[],
    runs: readonly Run[],
    faults: readonly { at: number; fault: number }[],
  ): void {
    const lines = linesOutside(
      slice,
      holes,
      faults.map(({ at }) => at),
    )
    for (const [index, { at, fault }] of faults.entries()) {
      const line = lines[index] ?? 0
      this.tellFault(at, fault, runs, trimmed(slice.bytes.subarray(slice.starts[line], slice.starts[line + 1])))
    }
  }

  private tellFault(at: number, fault: number, runs: readonly Run[], raw: Buffer): void {
    const run = runs.findLast(({ first }) => first <= at)
    const { code, field } = this.shape.required[fault] ?? { code: 'missing', field: '' }
    if (run) this.onBad({ file: run.file, row: at + run.shift, fault: { code, field }, raw })
  }

  /** A text that was refused: without its bad lines, or in smaller pieces, or in the end object by object. */
  private async takeSlice(slice: Slice, path: string, refused?: Refusal): Promise<void> {
    const found = this.settings.exactOnly ? 'many' : await this.withoutBad(slice, path, refused)
    if (typeof found === 'object') {
      await this.keepSlice(slice, found.holes, found.piece)
    } else if (found === 'many' || slice.bytes.length <= this.settings.piece) {
      await this.leave(slice)
    } else {
      for (const [start, end] of cuts(slice.bytes, this.settings.piece)) {
        const parts = slice.parts
          .map((part) => ({ file: part.file, start: slice.starts[part.from] ?? 0, end: part.end }))
          .filter((part) => part.start < end && part.end > start)
          .map((part) => ({
            ...part,
            start: Math.max(part.start, start) - start,
            end: Math.min(part.end, end) - start,
          }))
        const bytes = slice.bytes.subarray(start, end)
        await writeFile(this.path, bytes)
        await this.takeSlice(sliceOf(bytes, slice.at + start, slice.inserted, parts), this.path)
      }
    }
  }

  /** The slice's rows without its bad lines; `many` when there are too many of these, `unclear` when it is not clear which. */
  private async withoutBad(
    slice: Slice,
    path: string,
    refused?: Refusal,
  ): Promise<{ piece: StagedPiece; holes: Hole[] } | 'many' | 'unclear'> {
    const bad = new Set<number>()
    let holes: Hole[] = []
    const spare = async (lines: readonly number[]) => {
      for (const line of lines) bad.add(line)
      const sorted = [...bad].sort((a, b) => a - b)
      holes = holesAround(slice, sorted, (text) => this.isKnown(text))
      await blank(path, slice, holes)
    }
    let cause = refused
    for (let tried = 0; tried < TRIES; tried += 1) {
      const before = bad.size
      if (cause?.malformed && tried === 0) await spare(shapeless(slice))
      if (cause && bad.size === before) {
        // The line that is named is bad; when there are more and more, a look for all of them is cheaper.
        const places = cause.malformed && tried > 2 ? await this.staging.malformed(path) : [cause.line]
        await spare(linesOutside(slice, holes, places))
        if (bad.size === before) return 'unclear'
      }
      if (bad.size * BAD_ONE_OF > lineCount(slice)) return 'many'
      const loaded = await this.staging.load(path)
      const left = holes.reduce((lines, { from, to }) => lines - to + from, lineCount(slice))
      if (loaded.piece?.rows === left) return { piece: loaded.piece, holes }
      if (loaded.piece) this.staging.drop(loaded.piece)
      if (!loaded.refused) return 'unclear'
      cause = loaded.refused
    }
    return 'unclear'
  }

  private async keepSlice(slice: Slice, holes: readonly Hole[], piece: StagedPiece): Promise<void> {
    const runs: Run[] = []
    let first = 0
    for (const { part, count, hole } of stretches(slice, holes)) {
      if (count > 0) {
        this.settle(true)
        runs.push(this.run(part.file, first, count))
        first += count
      }
      if (!hole) continue
      this.add(part, original(slice, part, hole.from, hole.to))
      // Only what ends with the slice may go on behind it.
      if (hole.to < lineCount(slice)) this.settle(true)
    }
    const faults = await this.staging.faults(piece)
    this.tellFaults(slice, holes, runs, faults)
    this.staging.keep(piece, runs)
  }

  /** Leaves all objects of a slice to be found one by one. */
  private async leave(slice: Slice): Promise<void> {
    for (const part of slice.parts) {
      const start = slice.starts[part.from] ?? part.end
      for (const [from, to] of cuts(slice.bytes.subarray(start, part.end), Math.min(this.settings.piece, REGION_MAX))) {
        const lines = slice.bytes.subarray(start + from, start + to)
        this.add(part, withoutInserted(lines, slice.inserted, slice.at + start + from))
        if ((this.pending?.bytes ?? 0) >= REGION_MAX) this.settle(false)
        if (this.candidateBytes >= CANDIDATES_MAX) await this.decide()
      }
    }
  }

  /** Bytes whose objects are to be found; they follow what is pending of the same file. */
  private add({ file }: SlicePart, bytes: Buffer): void {
    if (this.pending && this.pending.file !== file) this.settle(true)
    this.pending ??= { file, parts: [], bytes: 0 }
    this.pending.parts.push(bytes)
    this.pending.bytes += bytes.length
  }

  /** Finds the objects of what is pending. Unless it is final, an object that may go on waits for what follows. */
  private settle(final: boolean): void {
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
    const { file } = region
    for (const { start, end, whole } of spans) {
      const row = (this.seen[file] ?? 0) + 1
      this.seen[file] = row
      const raw = bytes.subarray(start, end)
      const found = whole ? suspect(raw, this.shape.fields) : BROKEN
      if (found?.certain) this.onBad({ file, row, fault: found.fault, raw })
      else (found ? this.doubtful : this.sound).push({ file, row, raw, fault: found?.fault ?? REFUSED })
      this.candidateBytes += raw.length
    }
  }

  /** Lets DuckDB decide of each object that was found whether it goes in. */
  private async decide(): Promise<void> {
    const { sound, doubtful } = this
    ;[this.sound, this.doubtful, this.candidateBytes] = [[], [], 0]
    await this.accept(sound)
    for (const each of doubtful) await this.accept([each])
  }

  private async accept(candidates: readonly Candidate[]): Promise<void> {
    const [first] = candidates
    if (!first) return
    await writeFile(this.path, Buffer.concat(candidates.flatMap(({ raw }) => [onOneLine(raw), LINE_BREAK])))
    const { piece, refused } = await this.staging.load(this.path)
    if (piece) {
      const runs: Run[] = []
      for (const [at, { file, row }] of candidates.entries()) {
        const run = runs.at(-1)
        if (run?.file === file && run.shift === row - at) run.count += 1
        else runs.push({ first: at, count: 1, file, shift: row - at })
      }
      for (const { at, fault } of await this.staging.faults(piece))
        this.tellFault(at, fault, runs, candidates[at]?.raw ?? Buffer.alloc(0))
      this.staging.keep(piece, runs)
    } else if (candidates.length === 1) {
      this.onBad(first)
    } else {
      const middle = candidates[refused.line] ? refused.line : candidates.length >> 1
      await this.accept(candidates.slice(0, middle))
      await this.accept(candidates.slice(middle, middle + 1))
      await this.accept(candidates.slice(middle + 1))
    }
  }

  private isKnown(text: string): boolean {
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value !== null && this.shape.known.every((key) => key in value)
    } catch {
      return false
    }
  }
}

const BROKEN = { fault: { code: 'object-broken', field: '' }, certain: true }
const REFUSED: RowFault = { code: 'not-a-structure', field: '' }
const LINE_BREAK = Buffer.from('\n')
