import { closeSync, openSync, writeSync } from 'node:fs'
import { PARTNER } from '../../evidence/index.ts'
import type { BulkReject, FoundFile } from '../room.ts'
import { type Contents, readContents } from './contents.ts'
import { CsvCells, type WrittenColumn } from './csv-cells.ts'
import { CsvRecords, type RecordSink } from './csv-records.ts'

const OUT = 1 << 20
// A record's own bytes, for whoever mends the file; a broken one may be as long as the file.
const RAW_MAX = 64 * 1024

/** A CSV written anew with its row number before each record, without the records that are none. */
export interface WrittenRecords extends Contents {
  delimiter: string
  good: number
  rejects: BulkReject[]
  nulls: readonly number[]
  columns: readonly WrittenColumn[]
  hasLineBreaks: boolean
}

/** Streams a CSV through: verifies and hashes it, cuts it into records, writes the sound ones to `path`. */
export async function writeRecords(
  file: FoundFile,
  names: readonly string[],
  delimiter: string,
  path: string,
  progress: (bytes: number, rows: number) => void,
): Promise<WrittenRecords> {
  const handle = openSync(path, 'w')
  const out = new Output(handle, delimiter)
  const rejects: BulkReject[] = []
  const cells = new CsvCells(names)
  let good = 0
  const sink: RecordSink = {
    good(buffer, start, end, row) {
      good++
      out.record(buffer, start, end, row)
    },
    cells: (buffer, begins, ends) => cells.take(buffer, begins, ends),
    bad(buffer, start, end, row, code, detail) {
      const raw = rawText(buffer.subarray(start, Math.min(end, start + RAW_MAX)), code)
      const faults = [{ code, field: '', ...(detail === '' ? {} : { detail }) }]
      rejects.push({ file: file.name, row, faults, raw, owner: PARTNER })
    },
  }
  const records = new CsvRecords(names.length, delimiter, sink)
  const start = new Beginning(file.head)
  try {
    const contents = await readContents(
      file,
      (chunk) => {
        start.compare(chunk)
        records.push(chunk, false)
      },
      (bytes) => progress(bytes, records.row),
    )
    if (!contents.refused) records.push(Buffer.alloc(0), true)
    out.flush()
    const refused = contents.refused ?? (start.isOther ? 'cost-and-usage.refused.changed' : undefined)
    const { nulls, hasLineBreaks } = records
    return {
      ...contents,
      ...(refused ? { refused: refused as Contents['refused'] } : {}),
      delimiter,
      good,
      rejects,
      nulls,
      columns: cells.seen,
      hasLineBreaks,
    }
  } finally {
    closeSync(handle)
  }
}

/** Text of a record; bytes that are no UTF-8 are kept one by one as Latin-1. */
function rawText(bytes: Buffer, code: string): string {
  return bytes.toString(code.endsWith('encoding') ? 'latin1' : 'utf8')
}

/** Whether a stream begins with the bytes by which the file was recognised. */
class Beginning {
  isOther = false
  readonly #head: Uint8Array
  #at = 0

  constructor(head: Uint8Array) {
    this.#head = head
  }

  compare(chunk: Buffer): void {
    const length = Math.min(chunk.length, this.#head.length - this.#at)
    if (length <= 0 || this.isOther) return
    this.isOther = chunk.compare(this.#head, this.#at, this.#at + length, 0, length) !== 0
    this.#at += length
  }
}

/** Writes records into a file by the block. */
class Output {
  readonly #handle: number
  readonly #delimiter: number
  #block = Buffer.alloc(OUT)
  #used = 0

  constructor(handle: number, delimiter: string) {
    this.#handle = handle
    this.#delimiter = delimiter.charCodeAt(0)
  }

  record(buffer: Buffer, start: number, end: number, row: number): void {
    const needs = end - start + 24
    if (this.#used + needs > this.#block.length) this.flush()
    if (needs > this.#block.length) this.#block = Buffer.alloc(needs)
    this.#used += this.#block.write(String(row), this.#used, 'latin1')
    this.#block[this.#used++] = this.#delimiter
    this.#used += buffer.copy(this.#block, this.#used, start, end)
    this.#block[this.#used++] = 0x0a
  }

  flush(): void {
    for (let at = 0; at < this.#used; ) at += writeSync(this.#handle, this.#block, at, this.#used - at)
    this.#used = 0
  }
}
