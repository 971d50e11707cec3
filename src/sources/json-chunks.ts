import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { FoundFile } from './room.ts'

/** What one file gave to a chunk: bytes `start` to `end` of it, and how many lines they are when none is blank. */
export interface ChunkPart {
  file: number
  start: number
  end: number
  lines: number
}

/** Plain text of one or several files, objects on lines of their own as far as `}{` tells where one ends. */
export interface Chunk {
  path: string
  bytes: number
  parts: ChunkPart[]
  /** Places of line breaks that are not in the file. */
  inserted: number[]
  /** Some line does not end as an object does. */
  doubtful: boolean
}

/** What reading a file to its end told. */
export interface FileEnd {
  sha256: string
  bytes: number
  /** Why the file cannot be used. */
  fault?: 'gzip-broken' | 'changed-while-read'
}

/** How large pieces are. Only tests need others than the usual ones. */
export interface ChunkSizes {
  /** A chunk ends at the first place that it can behind this many bytes. */
  chunk: number
  /** Unpacked at once. */
  block: number
  /** A file whose plain text is shorter goes in only once it has proved sound. */
  held: number
}

/** The sizes in use. */
export const CHUNK_SIZES: ChunkSizes = { chunk: 16 << 20, block: 1 << 20, held: 16 << 20 }

const [LINE_FEED, RETURN, OPEN, CLOSE] = [10, 13, 123, 125]
const BREAK = Buffer.from('}{')
const LINE_BREAK = Buffer.from('\n')
const MARK = Buffer.from([0xef, 0xbb, 0xbf])
const WRITTEN_AT_ONCE = 512 << 10
// What goes on for so long without an end of an object is none; it is cut anywhere.
const UNBROKEN_MAX = 64 << 20

/** Unpacks files one after another into chunks, hashing what was delivered. `ends` gets an entry for each file, in their order. */
export class ChunkReader {
  readonly ends: FileEnd[] = []
  /** Bytes of the files as delivered that have been read. */
  read = 0
  private readonly files: readonly FoundFile[]
  private readonly folder: string
  private readonly sizes: ChunkSizes
  private made = 0

  constructor(files: readonly FoundFile[], folder: string, sizes: ChunkSizes = CHUNK_SIZES) {
    this.files = files
    this.folder = folder
    this.sizes = sizes
  }

  /** The chunks. While one is being used the next may already be made. */
  async *chunks(): AsyncGenerator<Chunk> {
    let writer: ChunkWriter | undefined
    for (const [index, file] of this.files.entries()) {
      const held: Buffer[] = []
      let heldBytes = 0
      const hash = createHash('sha256')
      let fault: FileEnd['fault']
      const before = await stat(file.path)
      const blocks = this.blocks(file, hash)
      let isHeld = true
      for (;;) {
        const step = await blocks.next().catch(() => 'broken' as const)
        if (step === 'broken') fault = 'gzip-broken'
        const block = step === 'broken' || step.done ? undefined : step.value
        if (isHeld && block) {
          held.push(block)
          heldBytes += block.length
        }
        if (isHeld && (block ? heldBytes > this.sizes.held : !fault)) {
          isHeld = false
          writer ??= await this.writer()
          writer.begin(index)
          for (const each of held) if (await writer.add(each)) writer = yield* this.turned(writer, index)
          held.length = 0
        } else if (block && writer && !isHeld && (await writer.add(block))) {
          writer = yield* this.turned(writer, index)
        }
        if (!block) break
      }
      if (!isHeld) writer?.finish()
      const after = await stat(file.path)
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) fault = 'changed-while-read'
      this.ends.push({ sha256: hash.digest('hex'), bytes: before.size, ...(fault ? { fault } : {}) })
    }
    if (writer) yield await writer.close()
  }

  private async *turned(writer: ChunkWriter, index: number): AsyncGenerator<Chunk, ChunkWriter> {
    const { rest } = writer
    yield await writer.close()
    const next = await this.writer()
    next.begin(index, true)
    if (rest.length > 0) await next.add(rest)
    return next
  }

  private async writer(): Promise<ChunkWriter> {
    this.made += 1
    const path = join(this.folder, `chunk-${this.made}.json`)
    return new ChunkWriter(await open(path, 'w'), path, this.sizes.chunk)
  }

  private async *blocks(file: FoundFile, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
    // A small file needs no large buffers.
    const highWaterMark = Math.min(this.sizes.block, Math.max(file.bytes + 1, 4096))
    const source = createReadStream(file.path, { highWaterMark })
    const counted = this.counted(source, hash)
    if (!file.gzip) {
      yield* counted
      return
    }
    const chunkSize = Math.min(this.sizes.block, Math.max(file.bytes * 8, 16 << 10))
    const gunzip = createGunzip({ chunkSize })
    // The reading end meets the same error.
    const fed = pipeline(counted, gunzip).catch(() => undefined)
    yield* gunzip as AsyncIterable<Buffer>
    await fed
  }

  private async *counted(source: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
    for await (const packed of source) {
      hash.update(packed)
      this.read += packed.length
      yield packed
    }
  }
}

class ChunkWriter {
  /** What belongs to the next chunk, once this one is to end. */
  rest: Buffer = Buffer.alloc(0)
  private readonly handle: FileHandle
  private readonly size: number
  private readonly chunk: Chunk
  private part: ChunkPart | undefined
  private last = LINE_FEED
  private isFirst = false
  // Small texts are gathered, and one buffer is filled while the other is written.
  private buffer = Buffer.allocUnsafeSlow(WRITTEN_AT_ONCE)
  private other = Buffer.allocUnsafeSlow(WRITTEN_AT_ONCE)
  private filled = 0
  private writing: Promise<unknown> = Promise.resolve()

  constructor(handle: FileHandle, path: string, size: number) {
    this.handle = handle
    this.size = size
    this.chunk = { path, bytes: 0, parts: [], inserted: [], doubtful: false }
  }

  begin(file: number, goesOn = false): void {
    this.part = { file, start: this.chunk.bytes, end: this.chunk.bytes, lines: 0 }
    this.chunk.parts.push(this.part)
    this.isFirst = !goesOn
    this.last = LINE_FEED
  }

  /** Takes a block; true when the chunk is full, and what lies behind its end is in `rest`. */
  async add(given: Buffer): Promise<boolean> {
    const block = this.isFirst && given.subarray(0, 3).equals(MARK) ? given.subarray(3) : given
    this.isFirst = false
    if (block.length === 0) return false
    const pieces: Buffer[] = []
    if (this.last === CLOSE && block[0] === OPEN) this.insert(pieces, 0)
    const full = this.chunk.bytes + block.length >= this.size
    const cut = full ? this.cutIn(block) : -1
    const own = cut < 0 ? block : block.subarray(0, cut)
    this.rest = cut < 0 ? Buffer.alloc(0) : block.subarray(cut)
    this.split(own, pieces)
    this.last = own[own.length - 1] ?? this.last
    const text = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
    this.countLines(text)
    await this.write(text)
    return cut >= 0
  }

  /** The last place of a block at which an object ends and another begins. */
  private cutIn(block: Buffer): number {
    const places = ['}{', '}\n{', '}\r\n{'].map((text) => {
      const at = block.lastIndexOf(text, undefined, 'latin1')
      return at < 0 ? -1 : at + text.length - 1
    })
    const cut = Math.max(...places)
    if (cut >= 0) return cut
    return this.chunk.bytes + block.length >= this.size + UNBROKEN_MAX ? block.length : -1
  }

  private split(block: Buffer, pieces: Buffer[]): void {
    let from = 0
    let length = pieces.length
    for (let at = block.indexOf(BREAK); at >= 0; at = block.indexOf(BREAK, at + 1)) {
      pieces.push(block.subarray(from, at + 1))
      this.insert(pieces, at + 1 + length)
      length += 1
      from = at + 1
    }
    pieces.push(from === 0 ? block : block.subarray(from))
  }

  private insert(pieces: Buffer[], offset: number): void {
    this.chunk.inserted.push(this.chunk.bytes + offset)
    pieces.push(LINE_BREAK)
  }

  private countLines(text: Buffer): void {
    if (!this.part) return
    for (let at = text.indexOf(LINE_FEED); at >= 0; at = text.indexOf(LINE_FEED, at + 1)) {
      this.part.lines += 1
      const end = text[at - 1] === RETURN ? at - 2 : at - 1
      if (end >= 0 && text[end] !== CLOSE) this.chunk.doubtful = true
    }
  }

  private async write(text: Buffer): Promise<void> {
    this.chunk.bytes += text.length
    if (this.filled + text.length >= this.buffer.length) await this.flush()
    if (text.length >= this.buffer.length) {
      await this.writing
      this.begun(text)
    } else {
      text.copy(this.buffer, this.filled)
      this.filled += text.length
    }
  }

  private async flush(): Promise<void> {
    await this.writing
    if (this.filled === 0) return
    this.begun(this.buffer.subarray(0, this.filled))
    ;[this.buffer, this.other, this.filled] = [this.other, this.buffer, 0]
  }

  private begun(text: Buffer): void {
    this.writing = this.handle.writeFile(text)
    // A fault of the disk is met where the next block waits for this one.
    this.writing.catch(() => undefined)
  }

  /** The end of a file: what follows is another's. */
  finish(): void {
    if (!this.part) return
    this.part.end = this.chunk.bytes
    if (this.last !== LINE_FEED) {
      this.part.lines += 1
      this.chunk.bytes += 1
      // There is room for a byte: a full buffer is written before the next text.
      this.buffer[this.filled] = LINE_FEED
      this.filled += 1
    }
    this.part = undefined
  }

  async close(): Promise<Chunk> {
    this.finish()
    await this.flush()
    await this.writing
    await this.handle.close()
    return this.chunk
  }
}
