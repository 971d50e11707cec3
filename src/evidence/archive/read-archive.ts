import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type Extract, extract } from 'tar-stream'
import { message } from '../../language/index.ts'
import { codeOf, located, removeQuietly, syncFolder, temporaryBeside } from '../files.ts'
import { type ArchiveMember, type ArchiveReading, CONTENTS, type MemberStream, readContents } from './contents.ts'
import { foldName, isSafeName } from './names.ts'

const LARGEST_CONTENTS = 256 * 1024 * 1024

/**
 * Hands each member to `onMember` as it comes and proves at the end, by the list that only a whole archive has, that all of them are
 * what was written. Faults of the archive are the answer; those of the disk and of `onMember` are thrown.
 */
export async function readArchive(
  file: string,
  onMember: (member: MemberStream) => Promise<void>,
): Promise<ArchiveReading> {
  const source = openTar(file)
  try {
    const reading = await readMembers(source.tar, onMember)
    // The members end before the archive does, and its check sum comes last.
    return source.faults.archive === undefined ? reading : refusalOf(source.faults.archive)
  } catch (error) {
    if (source.faults.disk !== undefined) throw located(source.faults.disk, file)
    if (source.faults.archive === undefined) throw error
    return refusalOf(source.faults.archive)
  } finally {
    source.close()
  }
}

/** Unpacks an archive into a folder that isn't there yet; it appears only when the archive is proved whole. */
export async function unpackArchive(file: string, folder: string): Promise<ArchiveReading> {
  const temporary = temporaryBeside(folder)
  try {
    await mkdir(temporary, { recursive: true })
    const folders = new Set([temporary])
    const reading = await readArchive(file, async ({ name, stream }) => {
      const path = join(temporary, name)
      await mkdir(dirname(path), { recursive: true })
      for (let above = dirname(path); !folders.has(above); above = dirname(above)) folders.add(above)
      await writeStream(path, stream)
    })
    if (reading.refused) return reading
    for (const each of folders) await syncFolder(each)
    await rename(temporary, folder)
    await syncFolder(dirname(folder))
    return reading
  } finally {
    await removeQuietly(temporary)
  }
}

interface Faults {
  disk?: unknown
  archive?: unknown
}

function openTar(file: string): { tar: Extract; faults: Faults; close: () => void } {
  const faults: Faults = {}
  const tar = extract()
  const input = createReadStream(file, { highWaterMark: 1 << 20 })
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  input.on('error', (error) => {
    faults.disk ??= error
    tar.destroy(error)
  })
  gunzip.on('error', (error) => {
    faults.archive ??= error
    tar.destroy(error)
  })
  tar.on('error', (error: unknown) => {
    if (faults.disk === undefined) faults.archive ??= error
  })
  input.pipe(gunzip).pipe(tar)
  const close = () => {
    for (const stream of [input, gunzip, tar]) stream.destroy()
  }
  return { tar, faults, close }
}

async function readMembers(tar: Extract, onMember: (member: MemberStream) => Promise<void>): Promise<ArchiveReading> {
  const members: ArchiveMember[] = []
  const names = new Set<string>()
  let contents: string | undefined
  for await (const entry of tar) {
    const { name, type, size = 0 } = entry.header
    const again = names.has(foldName(name)) || contents !== undefined
    if (type !== 'file' || !isSafeName(name) || again) return refused('evidence/archive-unsafe', name)
    names.add(foldName(name))
    if (name === CONTENTS) {
      if (size > LARGEST_CONTENTS) return refused('evidence/archive-unsafe', name)
      contents = await textOf(entry)
    } else {
      members.push(await passOn(entry, { name, size }, onMember))
    }
  }
  return prove(members, contents)
}

function prove(members: ArchiveMember[], text: string | undefined): ArchiveReading {
  if (text === undefined) return { refused: message('evidence/archive-cut') }
  const contents = readContents(text)
  if (contents === undefined) return refused('evidence/archive-changed', CONTENTS)
  if (!Array.isArray(contents)) {
    return { refused: message('evidence/archive-newer', { version: String(contents.version) }) }
  }
  const different = members.find((member, at) => !isSame(member, contents[at]))
  if (different) return refused('evidence/archive-changed', different.name)
  const missing = contents[members.length]
  return missing === undefined ? { members } : refused('evidence/archive-changed', String(missing.name))
}

function isSame(member: ArchiveMember, listed: ArchiveMember | undefined): boolean {
  return listed?.name === member.name && listed.size === member.size && listed.sha256 === member.sha256
}

async function passOn(
  entry: AsyncIterable<unknown>,
  { name, size }: { name: string; size: number },
  onMember: (member: MemberStream) => Promise<void>,
): Promise<ArchiveMember> {
  const hash = createHash('sha256')
  const parts = entry[Symbol.asyncIterator]()
  // Without `return`, a reader that leaves early leaves the rest to us, and the hash covers all of it.
  const next = async (): Promise<IteratorResult<Buffer>> => {
    const part = (await parts.next()) as IteratorResult<Buffer>
    if (part.done !== true) hash.update(part.value)
    return part
  }
  const stream = { [Symbol.asyncIterator]: () => ({ next }) }
  await onMember({ name, size, stream })
  while ((await next()).done !== true);
  return { name, size, sha256: hash.digest('hex') }
}

async function textOf(entry: AsyncIterable<unknown>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of entry) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

async function writeStream(path: string, stream: AsyncIterable<Buffer>): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const part of stream) await handle.writeFile(part)
    await handle.sync()
  } catch (error) {
    throw located(error, path)
  } finally {
    await handle.close()
  }
}

function refusalOf(fault: unknown): ArchiveReading {
  const { message: said } = fault as Error
  const cut = codeOf(fault) === 'Z_BUF_ERROR' || said === 'Unexpected end of data'
  const id = said === 'incorrect header check' ? 'evidence/archive-none' : 'evidence/archive-broken'
  return { refused: message(cut ? 'evidence/archive-cut' : id) }
}

function refused(id: string, name: string): ArchiveReading {
  return { refused: message(id, { name }) }
}
