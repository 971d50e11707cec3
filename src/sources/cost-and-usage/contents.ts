import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { FoundFile } from '../room.ts'

const CHUNK = 1 << 20

/** What a file was when it was last looked at; anything that changes while it is read changes this. */
export interface Mark {
  size: bigint
  modified: bigint
  changed: bigint
  node: bigint
}

/** How reading a file's bytes to the end went. */
export interface Contents {
  sha256: string
  bytes: number
  /** Why the stream is not sound: the code of what is said of it. */
  refused?: 'cost-and-usage.refused.unreadable' | 'cost-and-usage.refused.packed'
  /** What the machine said of it. */
  detail?: string
}

/** The file's mark; undefined when it is not there. */
export function markOf(path: string): Mark | undefined {
  try {
    const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true })
    return { size, modified: mtimeNs, changed: ctimeNs, node: ino }
  } catch {
    return undefined
  }
}

/** Whether a file is still what it was. */
export function isSame(a: Mark | undefined, b: Mark | undefined): boolean {
  if (!a || !b) return false
  return a.size === b.size && a.modified === b.modified && a.changed === b.changed && a.node === b.node
}

/**
 * Reads a file to its end, hashes its bytes as they are, and hands on what is in them, unpacked. DuckDB reads half of a cut gzip
 * without a word and never looks at its check sum; zlib does both.
 */
export async function readContents(
  file: FoundFile,
  take: (chunk: Buffer) => Promise<void> | void,
  progress: (bytes: number) => void,
): Promise<Contents> {
  const hash = createHash('sha256')
  let bytes = 0
  const tap = new Transform({
    highWaterMark: CHUNK,
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      progress(bytes)
      done(null, chunk)
    },
  })
  const gunzip = file.gzip ? createGunzip({ chunkSize: CHUNK }) : undefined
  const sink = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) await take(chunk)
  }
  // Node takes as much memory for each reading as it may read, and collects its garbage by that.
  const raw = createReadStream(file.path, { highWaterMark: Math.min(CHUNK, Math.max(1 << 16, file.bytes)) })
  try {
    if (gunzip) await pipeline(raw, tap, gunzip, sink)
    else await pipeline(raw, tap, sink)
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code.startsWith('Z_')) return { sha256: '', bytes, refused: 'cost-and-usage.refused.packed', detail: message }
    if (/^E[A-Z]+$/.test(code) && code !== 'ENOSPC')
      return { sha256: '', bytes, refused: 'cost-and-usage.refused.unreadable', detail: code }
    throw error
  }
  // Node leaves out what stands behind the last member of a gzip; nothing is left out here without a word.
  if (gunzip && gunzip.bytesWritten < bytes)
    return { sha256: '', bytes, refused: 'cost-and-usage.refused.packed', detail: 'trailing bytes' }
  return { sha256: hash.digest('hex'), bytes }
}
