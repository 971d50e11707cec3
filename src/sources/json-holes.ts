import { open } from 'node:fs/promises'
import { isBlank, withoutInserted } from './bulk-lines.ts'
import { findObjects } from './json-objects.ts'

/** What one file gave to a slice: its lines from `from` up to, not including, `to`, and the place where its bytes end. */
export interface SlicePart {
  file: number
  from: number
  to: number
  end: number
}

/** A stretch of a chunk and its lines that are not blank, each as the place of its first byte; the last entry is the text's end. */
export interface Slice {
  bytes: Buffer
  /** Where it begins in the chunk, and where in the chunk line breaks are that its files have not. */
  at: number
  inserted: readonly number[]
  starts: number[]
  parts: SlicePart[]
}

/** Lines that are kept from DuckDB and looked at one by one. */
export interface Hole {
  part: SlicePart
  from: number
  to: number
}

const [OPEN, CLOSE] = [123, 125]
// Lines that are looked at to see whether an object ends with its own.
const AHEAD = 4

/** A slice of a chunk; `parts` are stretches of its bytes. */
export function sliceOf(
  bytes: Buffer,
  at: number,
  inserted: readonly number[],
  parts: readonly { file: number; start: number; end: number }[],
): Slice {
  const starts: number[] = []
  const own = parts.map(({ file, start, end }) => {
    const from = starts.length
    for (let line = start; line < end; ) {
      const feed = bytes.indexOf(10, line)
      const stop = feed < 0 || feed > end ? end : feed
      if (!isBlankLine(bytes, line, stop)) starts.push(line)
      line = stop + 1
    }
    return { file, from, to: starts.length, end }
  })
  starts.push(bytes.length)
  return { bytes, at, inserted, starts, parts: own.filter(({ from, to }) => from < to) }
}

function isBlankLine(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!isBlank(bytes[at])) return false
  return true
}

/** How many lines a slice has. */
export function lineCount(slice: Slice): number {
  return slice.starts.length - 1
}

/** Lines that begin or end as no object does. */
export function shapeless({ bytes, starts }: Slice): number[] {
  const found: number[] = []
  for (let line = 0; line + 1 < starts.length; line += 1) {
    let [start, end] = [starts[line] ?? 0, starts[line + 1] ?? 0]
    while (isBlank(bytes[start])) start += 1
    while (isBlank(bytes[end - 1])) end -= 1
    if (bytes[start] !== OPEN || bytes[end - 1] !== CLOSE) found.push(line)
  }
  return found
}

/** Lines of a part as they stand in its file: from line `from` to where line `to` begins or the part ends. */
export function original(slice: Slice, part: SlicePart, from: number, to: number): Buffer {
  const start = slice.starts[from] ?? part.end
  const end = to < part.to ? slice.starts[to] : part.end
  return withoutInserted(slice.bytes.subarray(start, end), slice.inserted, slice.at + start)
}

/**
 * The holes that bad lines make: neighbours are one, and one goes on for as long as its last object does, so that no object
 * is cut in two. `bad` ascends.
 */
export function holesAround(slice: Slice, bad: readonly number[], isKnown: (text: string) => boolean): Hole[] {
  const holes: Hole[] = []
  let next = 0
  for (const part of slice.parts) {
    for (; (bad[next] ?? Number.POSITIVE_INFINITY) < part.to; next += 1) {
      const line = bad[next] ?? part.to
      const last = holes.at(-1)
      if (last?.part === part && line < last.to) continue
      const joins = last?.part === part && line === last.to
      const from = joins ? last.from : line
      let until = line + 1
      // Bad neighbours go together at once, as many as they may be.
      while (until < part.to && bad[next + 1] === until) [next, until] = [next + 1, until + 1]
      const hole = { part, from, to: closing(slice, from, until, part, isKnown) }
      if (joins) holes[holes.length - 1] = hole
      else holes.push(hole)
    }
  }
  return holes
}

function closing(
  slice: Slice,
  from: number,
  until: number,
  part: SlicePart,
  isKnown: (text: string) => boolean,
): number {
  let to = until
  for (let ahead = AHEAD; to < part.to; ) {
    const own = original(slice, part, from, to).length
    const end = Math.min(to + ahead, part.to)
    const { spans, open } = findObjects(original(slice, part, from, end), isKnown, false)
    const crossing = spans.find((span) => span.start < own && span.end > own)
    if (!crossing) return to
    if (open && crossing === spans.at(-1)) {
      if (end === part.to) return end
      ahead *= 2
      continue
    }
    while (to < end && original(slice, part, from, to).length < crossing.end) to += 1
  }
  return to
}

/** Blanks the holes of a slice in the file at `path`, which holds its bytes. */
export async function blank(path: string, slice: Slice, holes: readonly Hole[]): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    for (const { from, to } of holes) {
      const start = slice.starts[from] ?? slice.bytes.length
      const blanks = Buffer.alloc((slice.starts[to] ?? slice.bytes.length) - start, 32)
      blanks[blanks.length - 1] = 10
      await handle.write(blanks, 0, blanks.length, start)
    }
  } finally {
    await handle.close()
  }
}

/** The lines of a slice outside of its holes, in stretches. */
export function* stretches(
  slice: Slice,
  holes: readonly Hole[],
): Generator<{ part: SlicePart; count: number; hole?: Hole }> {
  let next = 0
  for (const part of slice.parts) {
    let line = part.from
    for (let hole = holes[next]; hole?.part === part; hole = holes[++next]) {
      yield { part, count: hole.from - line, hole }
      line = hole.to
    }
    yield { part, count: part.to - line }
  }
}

/** The numbers of the lines outside of holes that have the given places among them; both ascend. */
export function linesOutside(slice: Slice, holes: readonly Hole[], places: readonly number[]): number[] {
  const lines: number[] = []
  let gone = 0
  let next = 0
  for (const place of places) {
    for (let hole = holes[next]; hole && hole.from <= place + gone; hole = holes[++next]) gone += hole.to - hole.from
    if (place + gone < lineCount(slice)) lines.push(place + gone)
  }
  return lines
}

/** The stretches of bytes that a slice is cut into, each with whole lines and about the given size. */
export function cuts(bytes: Buffer, size: number): [number, number][] {
  const found: [number, number][] = []
  for (let at = 0; at < bytes.length; ) {
    const far = at + size
    const feed = far >= bytes.length ? -1 : Math.max(bytes.lastIndexOf(10, far - 1), -1)
    const end = far >= bytes.length ? bytes.length : feed < at ? Math.min(far, bytes.length) : feed + 1
    found.push([at, end])
    at = end
  }
  return found
}
