import { type FileHandle, open } from 'node:fs/promises'
import type { Chunk } from './json-chunks.ts'

/** Line breaks between the members of an object mean nothing; inside of a text there is none. */
export function onOneLine(raw: Buffer): Buffer {
  if (!raw.includes(10)) return raw
  const line = Buffer.from(raw)
  for (let at = line.indexOf(10); at >= 0; at = line.indexOf(10, at + 1)) line[at] = 32
  return line
}

/** A piece of a chunk as it stands in its file; `at` is where the piece begins in the chunk. */
export function withoutInserted(piece: Buffer, inserted: readonly number[], at: number): Buffer {
  let low = 0
  for (let high = inserted.length; low < high; ) {
    const middle = (low + high) >> 1
    if ((inserted[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  const parts: Buffer[] = []
  let from = 0
  for (let place = inserted[low]; place !== undefined && place < at + piece.length; place = inserted[++low]) {
    parts.push(piece.subarray(from, place - at))
    from = place - at + 1
  }
  return from === 0 ? piece : Buffer.concat([...parts, piece.subarray(from)])
}

/** The lines of a text that are not blank, by their number from 0, which must ascend. */
export function linesIn(bytes: Buffer, rows: readonly number[]): Buffer[] {
  const lines: Buffer[] = []
  let line = 0
  for (let at = 0; at < bytes.length && lines.length < rows.length; ) {
    const feed = bytes.indexOf(10, at)
    const end = feed < 0 ? bytes.length : feed
    const text = bytes.subarray(at, end)
    if (text.some((byte) => byte !== 32 && (byte < 9 || byte > 13))) {
      if (line === rows[lines.length]) lines.push(text)
      line += 1
    }
    at = end + 1
  }
  return lines
}

/** Gives the lines of a chunk by their number. */
export function linesOf(chunk: Chunk): (rows: readonly number[]) => Promise<Buffer[]> {
  return async (rows) => {
    const handle = await open(chunk.path)
    try {
      const bytes = await bytesOf(handle, 0, chunk.bytes)
      return linesIn(bytes, rows)
    } finally {
      await handle.close()
    }
  }
}

/** Bytes of a file from `start` up to, not including, `end`. */
export async function bytesOf(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(end - start)
  await handle.read(bytes, 0, bytes.length, start)
  return bytes
}
