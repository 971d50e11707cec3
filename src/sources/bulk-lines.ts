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

/** Bytes without blanks at either end. */
export function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length]
  while (start < end && isBlank(bytes[start])) start += 1
  while (end > start && isBlank(bytes[end - 1])) end -= 1
  return bytes.subarray(start, end)
}

/** Whether a byte is blank; vertical tab and form feed are so to DuckDB as well. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13)
}
