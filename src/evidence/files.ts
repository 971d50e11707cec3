import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Message, message } from '../language/index.ts'

/** A fault of the surroundings (a disk, a passphrase, a damaged file) with words for a person; thrown, because work cannot go on. */
export class LedgerFault extends Error {
  readonly said: Message

  constructor(said: Message, cause?: unknown) {
    super(`${said.id} ${JSON.stringify(said.params)}`, { cause })
    this.name = 'LedgerFault'
    this.said = said
  }
}

const TEMPORARY = /\.[0-9a-f]{12}\.part$/

/** A name beside `path` that nobody else takes; what a killed process leaves under it is found by `isTemporary`. */
export function temporaryBeside(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.part`
}

/** Whether a file name is one of `temporaryBeside`: never part of the ledger, and rubbish once its writer is gone. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name)
}

/** Writes a file so that after a power cut there is either all of it or what was there before. */
export async function writeDurably(path: string, bytes: Uint8Array | string, mode = 0o666): Promise<void> {
  const temporary = temporaryBeside(path)
  await cleanly(path, temporary, async () => {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  })
}

/** Moves a finished file to its place and makes both the bytes and the move last; onto another disk by copying. */
export async function placeDurably(from: string, to: string): Promise<void> {
  await syncFile(from)
  try {
    await rename(from, to)
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw located(error, to)
    await placeCopy(from, to)
  }
  await syncFolder(dirname(to))
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from))
}

/** What `placeDurably` does between two disks: copies beside the place, flushes, renames, and only then removes the original. */
export async function placeCopy(from: string, to: string): Promise<void> {
  const temporary = temporaryBeside(to)
  await cleanly(to, temporary, async () => {
    await copyFile(from, temporary)
    await syncFile(temporary)
    await rename(temporary, to)
    await syncFolder(dirname(to))
  })
  await rm(from, { force: true })
}

/** Creates a small file that appears whole or not at all; false when somebody else's is already there. */
export function createOnce(path: string, bytes: Uint8Array | string, mode = 0o666): boolean {
  const temporary = temporaryBeside(path)
  try {
    writeAndSync(temporary, bytes, mode)
    linkSync(temporary, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw located(error, path)
  } finally {
    rmSync(temporary, { force: true })
  }
  syncFolderNow(dirname(path))
  return true
}

/** `writeDurably` for a few bytes where nothing may come between, as in a process that is ending. */
export function replaceNow(path: string, bytes: Uint8Array | string, mode = 0o666): void {
  const temporary = temporaryBeside(path)
  try {
    writeAndSync(temporary, bytes, mode)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw located(error, path)
  }
  syncFolderNow(dirname(path))
}

/** The SHA-256 of a file in hexadecimal digits, read in pieces. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  } catch (error) {
    throw located(error, path)
  }
  return hash.digest('hex')
}

/** Removes a file or folder; says nothing when it isn't there or won't go. */
export async function removeQuietly(path: string): Promise<void> {
  try {
    await rm(path, { force: true, recursive: true })
  } catch {
    // What stays is rubbish that the next run removes.
  }
}

/** Removes what writers that are gone left in a folder. For the owner of the lock alone: others' work would go with it. */
export async function removeTemporary(folder: string): Promise<string[]> {
  const left = readdirSync(folder).filter(isTemporary)
  for (const name of left) await removeQuietly(join(folder, name))
  return left
}

/** Makes names in a folder last; a file system that cannot flush folders is left alone. */
export async function syncFolder(folder: string): Promise<void> {
  syncFolderNow(folder)
}

/** `syncFolder` without waiting in between. */
export function syncFolderNow(folder: string): void {
  let handle: number | undefined
  try {
    handle = openSync(folder, 'r')
    fsyncSync(handle)
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw located(error, folder)
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

const FAULTS: Record<string, string> = {
  ENOSPC: 'evidence/disk-full',
  EDQUOT: 'evidence/disk-full',
  EFBIG: 'evidence/file-too-big',
  EROFS: 'evidence/read-only',
  EACCES: 'evidence/no-access',
  EPERM: 'evidence/no-access',
  EIO: 'evidence/disk-broken',
  EMFILE: 'evidence/too-many-files',
  ENFILE: 'evidence/too-many-files',
  ENOENT: 'evidence/not-there',
  ENOTDIR: 'evidence/not-there',
}

/** What a person should hear about a fault of disk or rights (its `.fix` has words as well); undefined for anything else. */
export function describeFileFault(error: unknown, path?: string): Message | undefined {
  if (error instanceof LedgerFault) return error.said
  if (!(error instanceof Error)) return undefined
  const { code, syscall, path: own } = error as NodeJS.ErrnoException
  const file = path ?? own ?? '—'
  if (syscall === 'link' && ['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(code ?? '')) {
    return message('evidence/no-links', { path: file })
  }
  const id = FAULTS[code ?? '']
  return id === undefined ? undefined : message(id, { path: file })
}

/** The code of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
}

/** Errors of open handles name no path; the one that the caller knows is put in, and temporary names are taken out. */
export function located(error: unknown, path: string): unknown {
  const own = (error as NodeJS.ErrnoException | undefined)?.path
  if (error instanceof Error && (own === undefined || TEMPORARY.test(own))) Object.assign(error, { path })
  return error
}

async function cleanly(path: string, temporary: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await removeQuietly(temporary)
    throw located(error, path)
  }
}

async function syncFile(path: string): Promise<void> {
  // Some systems flush only what was opened for writing.
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function writeAndSync(path: string, bytes: Uint8Array | string, mode: number): void {
  const handle = openSync(path, 'wx', mode)
  try {
    writeFileSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
