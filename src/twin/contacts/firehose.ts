import { gzipped } from '../gzip.ts'
import type { Output, World } from '../world.ts'
import { timestamp } from './times.ts'

const FIRST_BYTES = 1 << 18
const NEWLINE = 10
/** A stream of records into files of a bucket, one file for each so many minutes of deliveries. */
export class Firehose {
  readonly #world: World
  readonly #name: { folder: string; alias: string; kind: string; hourly: boolean }
  readonly #secondsPerFile: number
  /** Some streams set no newline between records. */
  readonly #newline: boolean
  readonly #open = new Map<number, { bytes: Buffer; length: number }>()
  /** Buffers of files already written. */
  readonly #spare: Buffer[] = []
  files = 0
  records = 0

  constructor(
    world: World,
    name: { folder: string; alias: string; kind: string; hourly: boolean },
    options: { minutesPerFile: number; newline: boolean },
  ) {
    this.#world = world
    this.#name = name
    this.#secondsPerFile = options.minutesPerFile * 60
    this.#newline = options.newline
  }

  /** The file that takes what is delivered at a time, in seconds since 1970. */
  fileAt(deliveredAt: number): string {
    const { folder, alias, kind, hourly } = this.#name
    const from = this.#fromOf(deliveredAt)
    const time = timestamp(from)
    const [date, clock] = [time.slice(0, 10), time.slice(11, 19)]
    const place = hourly ? `${date}-${clock.slice(0, 2)}` : date
    const id = this.#world.chance(`firehose ${kind} ${alias} ${from}`).uuid()
    return `${folder}/${alias}/${place.replaceAll('-', '/')}/${alias}-${kind}-1-${date}-${clock.replaceAll(':', '-')}-${id}.gz`
  }

  #fromOf(deliveredAt: number): number {
    return deliveredAt - (deliveredAt % this.#secondsPerFile)
  }

  /** Delivers a record, given with one character for each of its bytes. */
  add(deliveredAt: number, record: string): void {
    const from = this.#fromOf(deliveredAt)
    const file = this.#open.get(from) ?? { bytes: this.#spare.pop() ?? Buffer.allocUnsafe(FIRST_BYTES), length: 0 }
    this.#open.set(from, file)
    const needed = file.length + record.length + 1
    if (needed > file.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, file.bytes.length * 2))
      file.bytes.copy(larger, 0, 0, file.length)
      file.bytes = larger
    }
    file.length += file.bytes.write(record, file.length, 'latin1')
    if (this.#newline) {
      file.bytes[file.length] = NEWLINE
      file.length += 1
    }
    this.records += 1
  }

  /** Writes the files that get nothing any more once everything before `until` was delivered. */
  async flush(output: Output, until: number): Promise<void> {
    for (const [from, file] of [...this.#open].sort(([a], [b]) => a - b)) {
      if (from + this.#secondsPerFile > until) continue
      this.#open.delete(from)
      await output.file(this.fileAt(from), gzipped(file.bytes.subarray(0, file.length)))
      this.#spare.push(file.bytes)
      this.files += 1
    }
  }
}
