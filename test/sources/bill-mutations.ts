import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { literal } from '../../src/evidence/index.ts'
import { costAndUsage } from '../../src/sources/cost-and-usage/index.ts'
import { addsUp, FOCUS_HEADER, focusRecord, write } from './bills.ts'
import type { BulkBench } from './bulk-context.ts'

/** What became of a damaged file. */
export interface Outcomes {
  unrecognised: number
  refused: number
  read: number
  /** What is not as it must be: an exception, a tally that does not add up, a row that is neither kept nor told. */
  broken: string[]
}

const RECORDS = Array.from({ length: 12 }, (_, n) =>
  focusRecord({ cost: `${n}.${n}5`, service: n % 3 === 0 ? '"Amazon, Connect"' : 'Amazon S3' }),
)

/** The three forms of one small bill. */
export async function forms(bench: BulkBench): Promise<Record<'csv' | 'csv.gz' | 'parquet', Buffer>> {
  const csv = Buffer.from(`${[FOCUS_HEADER, ...RECORDS].join('\n')}\n`)
  const path = join(bench.folder, 'small.parquet')
  const text = write(bench, 'small.csv', csv)
  await bench.engine.run(`COPY (SELECT * REPLACE (BilledCost::DOUBLE AS BilledCost, BillingPeriodStart::TIMESTAMP AS BillingPeriodStart)
    FROM read_csv(${literal(text.path)}, all_varchar = true, header = true)) TO ${literal(path)} (FORMAT parquet)`)
  return { csv, 'csv.gz': gzipSync(csv), parquet: readFileSync(path) }
}

/** Damages a file at random places, time after time, and reads it. The same seed damages it the same way. */
export async function mutate(
  bench: BulkBench,
  form: string,
  bytes: Buffer,
  times: number,
  seed: number,
): Promise<Outcomes> {
  const next = numbers(seed)
  const outcomes: Outcomes = { unrecognised: 0, refused: 0, read: 0, broken: [] }
  for (let turn = 0; turn < times; turn++) {
    const file = write(bench, `mutated.${form === 'csv.gz' ? 'bin' : form}`, damaged(bytes, next))
    try {
      if (!costAndUsage.recognise(file)) {
        outcomes.unrecognised++
        continue
      }
      const { deliveries, notes } = costAndUsage.deliveries([file])
      const [delivery] = deliveries
      if (!delivery) {
        if (notes.length === 0) outcomes.broken.push(`${turn}: neither read nor told`)
        continue
      }
      const reading = await costAndUsage.read(delivery, bench.context())
      if (reading.refused.length > 0) outcomes.refused++
      else {
        outcomes.read++
        const rows = reading.segments.reduce((sum, segment) => sum + segment.rows, 0)
        const kept = reading.files.reduce((sum, { tally }) => sum + tally.kept, 0)
        if (!addsUp(reading) || rows !== kept) outcomes.broken.push(`${turn}: does not add up`)
      }
    } catch (error) {
      outcomes.broken.push(`${turn}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`)
    }
  }
  return outcomes
}

/** One to three places: a byte changed, taken out, put in, or all behind it cut off. */
function damaged(bytes: Buffer, next: () => number): Buffer {
  let result = Buffer.from(bytes)
  for (let count = 1 + (next() % 3); count > 0; count--) {
    const at = next() % Math.max(1, result.length)
    const byte = Buffer.from([next() % 4 === 0 ? ([0x22, 0x2c, 0x0a, 0x00][next() % 4] as number) : next() % 256])
    const how = next() % 10
    if (how < 6) result.set(byte, at)
    else if (how < 8) result = Buffer.concat([result.subarray(0, at), byte, result.subarray(at)])
    else if (how === 8) result = Buffer.concat([result.subarray(0, at), result.subarray(at + 1)])
    else result = Buffer.from(result.subarray(0, at))
  }
  return result
}

/** A stream of numbers that a seed decides (xorshift). */
export function numbers(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
