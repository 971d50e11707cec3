import { isUtf8 } from 'node:buffer'
import { isNull } from './csv-cells.ts'

/** Why a record cannot be read; the code of what is said of it. */
export type RecordFault =
  | 'too-few-cells'
  | 'too-many-cells'
  | 'text-after-quote'
  | 'unclosed-quote'
  | 'stray-quote'
  | 'encoding'
  | 'zero-byte'

/** What is told of each record: where it lies in the buffer (without its line break), and what is wrong with it. */
export interface RecordSink {
  good(buffer: Buffer, start: number, end: number, row: number): void
  bad(buffer: Buffer, start: number, end: number, row: number, fault: RecordFault, detail: string): void
  /** Where the cells of a sound record begin and end, without their quotes; the lists are used again. */
  cells?(buffer: Buffer, begins: readonly number[], ends: readonly number[]): void
}

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d
// A longer record has an opening quote that nothing closes; without a bound every line behind it would be read to the end.
const RECORD_MAX = 1 << 20

interface Scanned {
  end: number
  next: number
  cells: number
  fault?: RecordFault
}

/** Cuts a stream of CSV into records by RFC 4180, in bytes: line breaks in quotes, any line ending, blank lines left out. */
export class CsvRecords {
  /** 1-based row of the record told last, without the header. */
  row = 0
  /** Whether a cell held a line break. */
  hasLineBreaks = false
  /** How often each column says NULL in words. */
  readonly nulls: number[]
  readonly #cells: number
  readonly #delimiter: number
  readonly #sink: RecordSink
  readonly #found: number[] = []
  readonly #begins: number[] = []
  readonly #ends: number[] = []
  /** Bytes at the beginning of `#space` that begin the next record. */
  #rest = 0
  #space = Buffer.allocUnsafe(1 << 12)
  #header = true

  constructor(cells: number, delimiter: string, sink: RecordSink) {
    this.#cells = cells
    this.#delimiter = delimiter.charCodeAt(0)
    this.#sink = sink
    this.nulls = new Array<number>(cells).fill(0)
  }

  /** Takes the next bytes; `isLast` when none follow. */
  push(chunk: Buffer, isLast: boolean): void {
    const buffer = this.#joined(chunk)
    const isSound = isUtf8(buffer) && buffer.indexOf(0) === -1
    let at = 0
    while (at < buffer.length) {
      const first = buffer[at]
      if (first === LF || first === CR) {
        at++
        continue
      }
      const scanned = this.#scan(buffer, at, isLast)
      if (!scanned) break
      this.#tell(buffer, at, scanned, isSound)
      at = scanned.next
    }
    this.#rest = buffer.length - at
    if (this.#rest > this.#space.length) this.#space = Buffer.allocUnsafe(2 * this.#rest)
    buffer.copy(this.#space, 0, at)
  }

  /** What was left of the last chunk and this one; in the same memory each time, for it is as much as the file. */
  #joined(chunk: Buffer): Buffer {
    if (this.#rest === 0) return chunk
    const length = this.#rest + chunk.length
    if (length > this.#space.length) {
      const space = Buffer.allocUnsafe(2 * length)
      this.#space.copy(space, 0, 0, this.#rest)
      this.#space = space
    }
    chunk.copy(this.#space, this.#rest)
    return this.#space.subarray(0, length)
  }

  #tell(buffer: Buffer, start: number, { end, cells, fault }: Scanned, isSound: boolean): void {
    if (this.#header) {
      this.#header = false
      return
    }
    this.row++
    const wrong = fault ?? this.#wrongCells(cells) ?? (isSound ? undefined : unsound(buffer.subarray(start, end)))
    if (wrong) {
      const detail = wrong.endsWith('cells') ? `${cells}/${this.#cells}` : ''
      this.#sink.bad(buffer, start, end, this.row, wrong, detail)
      return
    }
    for (const cell of this.#found) this.nulls[cell] = (this.nulls[cell] ?? 0) + 1
    this.#sink.cells?.(buffer, this.#begins, this.#ends)
    this.#sink.good(buffer, start, end, this.row)
  }

  #wrongCells(cells: number): RecordFault | undefined {
    if (cells === this.#cells) return undefined
    return cells < this.#cells ? 'too-few-cells' : 'too-many-cells'
  }

  /** The record that begins at `from`; undefined when its end is not there yet. */
  #scan(buffer: Buffer, from: number, isLast: boolean): Scanned | undefined {
    const scanned = this.#whole(buffer, from, isLast)
    if (!scanned) return buffer.length - from > RECORD_MAX ? this.#firstLine(buffer, from, 'unclosed-quote') : undefined
    if (scanned.end - from > RECORD_MAX) return this.#firstLine(buffer, from, 'unclosed-quote')
    const isBroken = scanned.fault !== undefined || scanned.cells !== this.#cells
    if (!isBroken || this.#header) return scanned
    const line = lineEnd(buffer, from)
    // A broken record of many lines most likely swallowed its neighbours: only its first line is given up.
    if (line === -1 || line >= scanned.end) return scanned
    return this.#firstLine(buffer, from, scanned.fault ?? 'unclosed-quote')
  }

  #firstLine(buffer: Buffer, from: number, fault: RecordFault): Scanned {
    const line = lineEnd(buffer, from)
    const end = line === -1 ? buffer.length : line
    return { end, next: end, cells: 0, fault }
  }

  #whole(buffer: Buffer, from: number, isLast: boolean): Scanned | undefined {
    const delimiter = this.#delimiter
    const length = buffer.length
    this.#found.length = 0
    let at = from
    let cells = 0
    for (;;) {
      const isQuoted = buffer[at] === QUOTE
      const begin = isQuoted ? at + 1 : at
      let stop: number
      if (isQuoted) {
        stop = closingQuote(buffer, begin)
        if (stop === -1) return isLast ? { end: length, next: length, cells, fault: 'unclosed-quote' } : undefined
        at = stop + 1
        if (at >= length && !isLast) return undefined
      } else {
        while (at < length) {
          const byte = buffer[at] as number
          if (byte === delimiter || byte === LF || byte === CR || byte === QUOTE) break
          at++
        }
        if (at >= length && !isLast) return undefined
        stop = at
      }
      if (stop - begin === 4 && isNull(buffer, begin)) this.#found.push(cells)
      this.#begins[cells] = begin
      this.#ends[cells] = stop
      cells++
      const byte = at < length ? buffer[at] : LF
      if (byte === delimiter) {
        at++
        continue
      }
      if (byte === LF || byte === CR) {
        if (isQuoted) this.hasLineBreaks ||= hasBreak(buffer, from, at)
        return { end: at, next: Math.min(length, at + 1), cells }
      }
      const fault = isQuoted ? 'text-after-quote' : 'stray-quote'
      const line = lineEnd(buffer, at)
      if (line === -1 && !isLast) return undefined
      return { end: line === -1 ? length : line, next: line === -1 ? length : line, cells, fault }
    }
  }
}

function closingQuote(buffer: Buffer, from: number): number {
  let at = from
  for (;;) {
    const quote = buffer.indexOf(QUOTE, at)
    if (quote === -1) return -1
    if (buffer[quote + 1] !== QUOTE) return quote
    at = quote + 2
  }
}

function hasBreak(buffer: Buffer, from: number, to: number): boolean {
  const line = lineEnd(buffer, from)
  return line !== -1 && line < to
}

function lineEnd(buffer: Buffer, from: number): number {
  for (let at = from; at < buffer.length; at++) {
    if (buffer[at] === LF || buffer[at] === CR) return at
  }
  return -1
}

function unsound(record: Buffer): RecordFault | undefined {
  if (!isUtf8(record)) return 'encoding'
  return record.includes(0) ? 'zero-byte' : undefined
}
