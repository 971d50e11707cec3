import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { COLUMNS, plainName } from './terms.ts'

const MAGIC = 'PAR1'
// The columns' names stand first in the footer; statistics of a hundred row groups behind them do not matter.
const NAMES_MAX = 1 << 20

/** Whether bytes begin like a Parquet file. */
export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === MAGIC
}

/** Whether a file has Parquet's magic at both ends and a footer that fits between. */
export function isWholeParquet(path: string): boolean {
  return footerOf(path) !== undefined
}

/** The names of our columns that a Parquet file's footer holds; empty when it has none that can be read. */
export function columnsInFooter(path: string): string[] {
  const footer = footerOf(path)
  if (!footer) return []
  const words = new Set((footer.toString('latin1').match(/[A-Za-z][\w/]*/g) ?? []).map(plainName))
  const names = COLUMNS.flatMap(({ name, focus, cur }) => [name, ...focus, ...(cur === undefined ? [] : [cur])])
  // A length before a name may look like a letter of it.
  return names.filter((name) => words.has(plainName(name)) || hasSuffix(words, plainName(name)))
}

function hasSuffix(words: ReadonlySet<string>, name: string): boolean {
  for (const word of words) if (word.length <= name.length + 2 && word.endsWith(name)) return true
  return false
}

function footerOf(path: string): Buffer | undefined {
  let handle: number | undefined
  try {
    handle = openSync(path, 'r')
    const { size } = fstatSync(handle)
    if (size < 12) return undefined
    const tail = Buffer.alloc(8)
    readSync(handle, tail, 0, 8, size - 8)
    const length = tail.readUInt32LE(0)
    if (tail.toString('latin1', 4) !== MAGIC || length + 12 > size) return undefined
    const footer = Buffer.alloc(Math.min(length, NAMES_MAX))
    readSync(handle, footer, 0, footer.length, size - 8 - length)
    return footer
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
