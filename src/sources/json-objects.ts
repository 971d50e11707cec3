import { isBlank } from './bulk-lines.ts'

/** A stretch of bytes: from `start` up to, not including, `end`. `whole` when it is one object by its brackets and quotes. */
export interface ObjectSpan {
  start: number
  end: number
  whole: boolean
}

/** What lies in a stretch of text, in its order; `open` when more text may change what its last span is. */
export interface FoundObjects {
  spans: ObjectSpan[]
  open: boolean
}

const [LINE_FEED, SPACE, QUOTE, COMMA, COLON, BACKSLASH] = [10, 32, 34, 44, 58, 92]
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [91, 93, 123, 125]
const DEPTH_MAX = 1024
// Behind a fault this many beginnings of objects are tried; after them only those at the start of a line or behind an object.
const TRIES_MAX = 1000

/**
 * Finds objects that stand one after another, with anything between them, by a grammar at least as lenient as any reader's.
 * What is no object is a span of its own: a broken one up to where the next object certainly begins, other text line by line.
 * `isKnown` says of the text of a whole object whether it is a record, not a part of one. `final`: no more text follows.
 */
export function findObjects(bytes: Buffer, isKnown: (text: string) => boolean, final = true): FoundObjects {
  const spans: ObjectSpan[] = []
  let open = false
  let at = skipBlank(bytes, 0)
  while (at < bytes.length) {
    const end = bytes[at] === OPEN ? objectEnd(bytes, at) : BROKEN
    if (end > 0) {
      spans.push({ start: at, end, whole: true })
      at = skipBlank(bytes, end)
      continue
    }
    // An object that the end of this text cuts off is whole with what follows; only at the very end it is broken.
    const next = end === UNFINISHED && !final ? bytes.length : nextObject(bytes, at + 1, isKnown)
    open = bytes[at] === OPEN && next === bytes.length
    if (bytes[at] === OPEN) spans.push({ start: at, end: trimEnd(bytes, at, next), whole: false })
    else addLines(bytes, at, next, spans)
    at = skipBlank(bytes, next)
  }
  return { spans, open }
}

function skipBlank(bytes: Buffer, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at += 1
  return at
}

function trimEnd(bytes: Buffer, start: number, end: number): number {
  let at = end
  while (at > start + 1 && isBlank(bytes[at - 1])) at -= 1
  return at
}

function addLines(bytes: Buffer, start: number, end: number, spans: ObjectSpan[]): void {
  for (let at = start; at < end; ) {
    const feed = bytes.indexOf(LINE_FEED, at)
    const stop = feed < 0 || feed > end ? end : feed
    const from = Math.min(skipBlank(bytes, at), stop)
    if (from < stop) spans.push({ start: from, end: trimEnd(bytes, from, stop), whole: false })
    at = stop + 1
  }
}

/** Where the next object begins: at the start of a line or right behind another, or else where a whole and known one stands. */
function nextObject(bytes: Buffer, from: number, isKnown: (text: string) => boolean): number {
  let tries = 0
  for (let at = bytes.indexOf(OPEN, from); at >= 0; at = bytes.indexOf(OPEN, at + 1)) {
    if (bytes[skipBlank(bytes, at + 1)] !== QUOTE) continue
    const before = bytes[at - 1]
    if (before === LINE_FEED || before === CLOSE) return at
    tries += 1
    if (tries > TRIES_MAX) continue
    const end = objectEnd(bytes, at)
    if (end > 0 && isKnown(bytes.toString('utf8', at, end))) return at
  }
  return bytes.length
}

const BROKEN = -1
const UNFINISHED = -2

// What may come next.
const [KEY, FIRST_KEY, AFTER_KEY, VALUE, FIRST_VALUE, AFTER_VALUE] = [0, 1, 2, 3, 4, 5]

/** The end of the object that begins at `start`; BROKEN, or UNFINISHED when the text ends first. */
function objectEnd(bytes: Buffer, start: number): number {
  const lists = new Uint8Array(DEPTH_MAX)
  let depth = 0
  let next = FIRST_KEY
  let at = start + 1
  for (;;) {
    const byte = bytes[at]
    if (byte === undefined) return UNFINISHED
    if (isBlank(byte)) {
      at += 1
      continue
    }
    const isValue = next === VALUE || next === FIRST_VALUE
    if (byte === QUOTE) {
      if (next === AFTER_KEY || next === AFTER_VALUE) return BROKEN
      at = stringEnd(bytes, at)
      if (at < 0) return at
      next = isValue ? AFTER_VALUE : AFTER_KEY
      continue
    }
    if (byte === CLOSE || byte === CLOSE_LIST) {
      // A comma before the bracket is no JSON, but DuckDB takes it.
      const mayClose = next === AFTER_VALUE || (byte === CLOSE ? next <= FIRST_KEY : isValue)
      if (!mayClose || lists[depth] !== (byte === CLOSE ? 0 : 1)) return BROKEN
      at += 1
      if (depth === 0) return at
      depth -= 1
      next = AFTER_VALUE
      continue
    }
    if (byte === OPEN || byte === OPEN_LIST) {
      if (!isValue || depth + 1 === DEPTH_MAX) return BROKEN
      depth += 1
      lists[depth] = byte === OPEN ? 0 : 1
      next = byte === OPEN ? FIRST_KEY : FIRST_VALUE
      at += 1
      continue
    }
    if (byte === COLON && next === AFTER_KEY) next = VALUE
    else if (byte === COMMA && next === AFTER_VALUE) next = lists[depth] === 1 ? VALUE : KEY
    else if (isValue && isBare(byte)) {
      at = bareEnd(bytes, at)
      next = AFTER_VALUE
      continue
    } else return BROKEN
    at += 1
  }
}

function stringEnd(bytes: Buffer, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return UNFINISHED
    if (byte === QUOTE) return at + 1
    if (byte === BACKSLASH) at += 1
    else if (byte < SPACE) return BROKEN
  }
}

/** Characters of numbers and of words such as `true`. */
function isBare(byte: number | undefined): boolean {
  if (byte === undefined) return false
  const letter = byte | SPACE
  return (byte >= 48 && byte <= 57) || (letter >= 97 && letter <= 122) || byte === 43 || byte === 45 || byte === 46
}

function bareEnd(bytes: Buffer, start: number): number {
  let at = start + 1
  while (isBare(bytes[at])) at += 1
  return at
}
