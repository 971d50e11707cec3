import { createHash } from 'node:crypto'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'
import { message } from '../../language/index.ts'
import { LedgerFault, located, removeQuietly, syncFolder, temporaryBeside } from '../files.ts'
import { type ArchiveEntry, type ArchiveMember, CONTENTS, contentsText } from './contents.ts'
import { foldName, isSafeName } from './names.ts'

/**
 * Writes an archive (tar, gzip) that appears only when it is whole, with the list of its members and their hashes at its end.
 * `level` is that of gzip: 0 suits segments, which are compressed already; 1 makes texts small at a tenth of the speed.
 */
export async function writeArchive(
  file: string,
  entries: AsyncIterable<ArchiveEntry> | Iterable<ArchiveEntry>,
  { level = 0 }: { level?: number } = {},
): Promise<ArchiveMember[]> {
  const temporary = temporaryBeside(file)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    let members: ArchiveMember[]
    try {
      members = await packAll(handle, entries, level)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
    await syncFolder(dirname(file))
    return members
  } catch (error) {
    await removeQuietly(temporary)
    throw located(error, file)
  }
}

async function packAll(
  handle: FileHandle,
  entries: AsyncIterable<ArchiveEntry> | Iterable<ArchiveEntry>,
  level: number,
): Promise<ArchiveMember[]> {
  const tar = pack()
  const members: ArchiveMember[] = []
  const faults: unknown[] = []
  const noted = (error: unknown) => {
    faults.push(error)
    tar.destroy(error as Error)
  }
  const filling = fill(tar, entries, members).catch(noted)
  try {
    await pipeline(Readable.from(tar), createGzip({ level, chunkSize: 1 << 18 }), async (packed) => {
      for await (const part of packed) await handle.writeFile(part as Buffer).catch(noted)
    })
  } catch (error) {
    faults.push(error)
  } finally {
    tar.destroy()
    await filling
  }
  // What follows from the first fault, such as streams that were closed, says nothing.
  if (faults.length > 0) throw faults[0]
  return members
}

async function fill(
  tar: Pack,
  entries: AsyncIterable<ArchiveEntry> | Iterable<ArchiveEntry>,
  members: ArchiveMember[],
): Promise<void> {
  const names = new Set([CONTENTS])
  for await (const entry of entries) {
    const { name } = entry
    if (!isSafeName(name) || names.has(foldName(name))) throw new TypeError(`no name for a member: ${name}`)
    names.add(foldName(name))
    members.push(await addMember(tar, entry))
  }
  await addMember(tar, { name: CONTENTS, bytes: contentsText(members) })
  tar.finalize()
}

async function addMember(tar: Pack, entry: ArchiveEntry): Promise<ArchiveMember> {
  const { name } = entry
  const whole = 'bytes' in entry ? Buffer.from(entry.bytes) : undefined
  const size = whole === undefined ? (entry as { size: number }).size : whole.length
  const hash = createHash('sha256')
  const sink = tar.entry({ name, size, mode: 0o600, mtime: new Date(0) })
  // Its errors come out of the whole archive's end as well.
  sink.on('error', () => undefined)
  let written = 0
  for await (const chunk of whole === undefined
    ? (entry as { stream: () => AsyncIterable<Uint8Array> }).stream()
    : [whole]) {
    written += chunk.length
    if (written > size) break
    hash.update(chunk)
    if (!sink.write(chunk)) await until('drain', sink, tar)
  }
  if (written !== size) throw new LedgerFault(message('evidence/file-changed', { path: name }))
  const finished = until('finish', sink, tar)
  sink.end(undefined)
  await finished
  return { name, size, sha256: hash.digest('hex') }
}

// An archive that is given up closes its entries without a word to those who wait for them.
async function until(event: 'drain' | 'finish', sink: ReturnType<Pack['entry']>, tar: Pack): Promise<void> {
  if (!tar.destroyed) {
    await new Promise<void>((resolve) => {
      const wake = () => {
        sink.off(event, wake)
        tar.off('close', wake)
        resolve()
      }
      sink.once(event, wake)
      tar.once('close', wake)
    })
  }
  if (tar.destroyed) throw new Error('the archive was given up')
}
