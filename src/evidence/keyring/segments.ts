import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { message } from '../../language/index.ts'
import { LedgerFault, located, removeQuietly, syncFolder, temporaryBeside } from '../files.ts'

/*
 * The file: "CVSEAL", version 1, the segment size as a power of two, 32 random bytes; then segments of that size, each followed by its
 * tag. The file has a key of its own, derived from the owner's key and the whole head, so counters can be nonces:
 * eleven bytes of counter and one that is 1 for the last segment (the STREAM construction). A segment that is changed, moved, left
 * out or added, and an end that comes too early, fail the tag.
 */
const MAGIC = Buffer.from('CVSEAL')
const HEAD = 40
const TAG = 16
const SEGMENT_POWER = 18
const LARGEST_POWER = 24

/** Writes `from` sealed to `to`, durably; `to` appears only when it is whole. */
export async function sealSegments(secret: KeyObject, owner: string, from: string, to: string): Promise<void> {
  const head = Buffer.concat([MAGIC, Buffer.from([1, SEGMENT_POWER]), randomBytes(32)])
  const key = fileKey(secret, owner, head)
  await transfer(from, to, true, async (input, output) => {
    await output.write(head)
    const uneven = () => new LedgerFault(message('evidence/file-changed', { path: from }))
    const course = { input, start: 0, size: 1 << SEGMENT_POWER, output, outputStart: HEAD, uneven }
    await eachBlock(course, (block, counter, last) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(counter, last))
      return [cipher.update(block), cipher.final(), cipher.getAuthTag()]
    })
  })
}

/** Writes what is sealed in `from` to `to`, which appears only when every segment was whole. */
export async function openSegments(secret: KeyObject, owner: string, from: string, to: string): Promise<void> {
  const broken = (cause?: unknown) => new LedgerFault(message('evidence/seal-broken', { path: from }), cause)
  await transfer(from, to, false, async (input, output) => {
    const head = Buffer.alloc(HEAD)
    const { bytesRead } = await input.read(head, 0, HEAD, 0)
    const power = head[7] ?? 0
    const known = head.subarray(0, 6).equals(MAGIC) && head[6] === 1 && power >= 10 && power <= LARGEST_POWER
    if (bytesRead < HEAD || !known) throw broken()
    const key = fileKey(secret, owner, head)
    const course = { input, start: HEAD, size: (1 << power) + TAG, output, outputStart: 0, uneven: broken }
    await eachBlock(course, (block, counter, last) => {
      if (block.length < TAG) throw broken()
      const body = block.subarray(0, -TAG)
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(counter, last), { authTagLength: TAG })
      decipher.setAuthTag(block.subarray(-TAG))
      try {
        return [decipher.update(body), decipher.final()]
      } catch (error) {
        throw broken(error)
      }
    })
  })
}

interface Course {
  input: FileHandle
  start: number
  size: number
  output: FileHandle
  outputStart: number
  /** What a short block is that isn't the last. */
  uneven: () => Error
}

type Change = (block: Buffer, counter: number, last: boolean) => Buffer[]

/** Two reads ahead and one write behind the block that is changed; a few blocks of memory, whatever the size. */
async function eachBlock(course: Course, change: Change): Promise<void> {
  const { input, start, size, output, outputStart, uneven } = course
  const buffers = [0, 1, 2].map(() => Buffer.alloc(size))
  const read = (index: number): Promise<Buffer> => {
    const reading = readFully(input, buffers[index % 3] as Buffer, start + index * size)
    // A block that is no longer waited for must not fail unheard; who waits still hears it.
    reading.catch(() => undefined)
    return reading
  }
  let writing: Promise<void> = Promise.resolve()
  let place = outputStart
  let block = await read(0)
  let ahead = read(1)
  for (let counter = 0, last = false; !last; counter += 1) {
    const next = await ahead
    last = next.length === 0
    if (!last && block.length < size) throw uneven()
    if (!last) ahead = read(counter + 2)
    const parts = change(block, counter, last)
    await writing
    writing = writeFully(output, parts, place)
    writing.catch(() => undefined)
    place += parts.reduce((sum, part) => sum + part.length, 0)
    block = next
  }
  await writing
}

async function readFully(input: FileHandle, buffer: Buffer, at: number): Promise<Buffer> {
  let done = 0
  while (done < buffer.length) {
    const { bytesRead } = await input.read(buffer, done, buffer.length - done, at + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return buffer.subarray(0, done)
}

async function writeFully(output: FileHandle, parts: Buffer[], at: number): Promise<void> {
  const filled = parts.filter((part) => part.length > 0)
  const wanted = filled.reduce((sum, part) => sum + part.length, 0)
  if (wanted === 0) return
  const { bytesWritten } = await output.writev(filled, at)
  if (bytesWritten === wanted) return
  const rest = Buffer.concat(filled).subarray(bytesWritten)
  await writeFully(output, [rest], at + bytesWritten)
}

async function transfer(
  from: string,
  to: string,
  durably: boolean,
  work: (input: FileHandle, output: FileHandle) => Promise<void>,
): Promise<void> {
  const input = await open(from, 'r')
  const temporary = temporaryBeside(to)
  try {
    const output = await open(temporary, 'wx', 0o600)
    try {
      await work(input, output)
      if (durably) await output.sync()
    } finally {
      await output.close()
    }
    await rename(temporary, to)
    if (durably) await syncFolder(dirname(to))
  } catch (error) {
    await removeQuietly(temporary)
    throw error instanceof LedgerFault ? error : located(error, to)
  } finally {
    await input.close()
  }
}

function fileKey(secret: KeyObject, owner: string, head: Buffer): Buffer {
  const info = Buffer.concat([head.subarray(0, 8), Buffer.from(`convenio sealed file\0${owner}`, 'utf8')])
  return Buffer.from(hkdfSync('sha256', secret, head.subarray(8), info, 32))
}

function nonceOf(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(counter, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}
