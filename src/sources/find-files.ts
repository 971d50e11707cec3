import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import type { FoundFile } from './room.ts'

const HEAD = 65_536
// So many packed bytes are usually more than enough for the head.
const PACKED = 12_288

/** Every regular file below the paths, in the order of their names; names are relative to the folder that was asked for. */
export function findFiles(paths: readonly string[]): FoundFile[] {
  const found = paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [foundFile(path, basename(path))]
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile() && !each.name.startsWith('.'))
      .map((each) => join(each.parentPath, each.name))
      .map((file) => foundFile(file, relative(path, file).split(sep).join('/')))
  })
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** Looks at the beginning of one file. */
export function foundFile(path: string, name: string): FoundFile {
  const { size } = statSync(path)
  const bytes = Buffer.alloc(Math.min(HEAD, size))
  const file = openSync(path, 'r')
  try {
    let read = 0
    while (read < bytes.length) {
      const got = readSync(file, bytes, read, bytes.length - read, read)
      if (got === 0) break
      read += got
    }
  } finally {
    closeSync(file)
  }
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const head = gzip ? unpacked(bytes) : bytes
  return { path, name, bytes: size, gzip, head, text: textOf(head) }
}

// Only the beginning is here, so the stream ends early by design; whether the whole is sound is seen when it is read.
function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    const few = bytes.length > PACKED ? beginning(bytes.subarray(0, PACKED)) : undefined
    // A copy: what lies behind the head must not stay in memory with it.
    return Buffer.from((few && few.length >= HEAD ? few : beginning(bytes)).subarray(0, HEAD))
  } catch {
    return new Uint8Array()
  }
}

function beginning(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
}

function textOf(bytes: Uint8Array): string {
  // A character cut in two at the end of the head is no fault of the file.
  return new TextDecoder('utf-8').decode(bytes, { stream: true })
}
