import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BulkReading, BulkSource, Delivery, FoundFile } from '../../src/sources/room.ts'
import { type BulkBench, found } from './bulk-context.ts'

/** Numbers that look random and are the same every time. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export const INSTANCE = '1d908e11-3d5f-4cfb-b34d-1e7e0f216898'

/** A contact record; `id` and `version` tell contacts and their tellings apart. */
export function contact(id: number, version = 0, more: Record<string, unknown> = {}): Record<string, unknown> {
  const minute = String(id % 60).padStart(2, '0')
  const arn = `arn:aws:connect:us-east-1:123456789012:instance/${INSTANCE}`
  return {
    AWSAccountId: '123456789012',
    AWSContactTraceRecordFormatVersion: '2017-03-10',
    Agent: { ARN: `${arn}/agent/a${id % 7}`, AgentInteractionDuration: id % 900, Username: `agent.${id % 7}` },
    Attributes: { greeting: 'sí "quoted" \\ }{ [', turn: String(version) },
    Channel: 'VOICE',
    ContactId: `00000000-0000-4000-8000-${id.toString(16).padStart(12, '0')}`,
    CustomerEndpoint: { Address: `+5690000${String(id).padStart(4, '0')}`, Type: 'TELEPHONE_NUMBER' },
    DisconnectReason: 'CUSTOMER_DISCONNECT',
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: `2024-01-15T10:${minute}:00Z`,
    InstanceARN: arn,
    LastUpdateTimestamp: `2024-01-15T12:${minute}:0${version}Z`,
    Queue: {
      ARN: `${arn}/queue/q1`,
      Name: 'Soporte',
      EnqueueTimestamp: `2024-01-15T10:${minute}:01Z`,
      Duration: id % 60,
    },
    Recordings: [{ Location: `bucket/${id}.wav`, Status: 'AVAILABLE', StorageType: 'S3' }],
    ...more,
  }
}

/** Writes a file into the bench's folder; its name says whether it is packed. */
export function file(bench: BulkBench, name: string, content: string | Buffer): FoundFile {
  const path = join(bench.folder, name.replaceAll('/', '-'))
  const bytes = Buffer.from(content)
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(bytes) : bytes)
  return found(path, name)
}

/** Reads files as one import and keeps what it gives. */
export async function imported(
  bench: BulkBench,
  source: BulkSource,
  files: FoundFile[],
  read: (delivery: Delivery, context: ReturnType<BulkBench['context']>) => Promise<BulkReading> = source.read,
): Promise<BulkReading> {
  const context = bench.context()
  const reading = await read({ label: 'test', files }, context)
  bench.keep(reading, context)
  for (const { path } of reading.dead) bench.settings.set(`dead:${path}`, context.importId)
  return reading
}

/** SQL of the rows that are visible when only some imports are; all when none is named. */
export function visible(bench: BulkBench, dataset: string, imports?: readonly string[]): string | undefined {
  const standing = bench.standing.filter((each) => each.dataset === dataset && (imports?.includes(each.import) ?? true))
  if (standing.length === 0) return undefined
  const all = standing.map(
    ({ path, id }) => `SELECT *, '${id}' AS _segment FROM read_parquet('${path}', file_row_number = true)`,
  )
  const deadFiles = [...bench.settings.keys()]
    .filter((key) => key.startsWith('dead:'))
    .map((key) => `'${key.slice(5)}'`)
  const by = imports === undefined ? '' : `AND d.by IN (${imports.map((each) => `'${each}'`).join(', ')})`
  const alive =
    deadFiles.length === 0
      ? ''
      : `WHERE NOT EXISTS (FROM read_parquet([${deadFiles.join(', ')}]) AS d
          WHERE d.segment = r._segment AND d.row = r.file_row_number ${by})`
  return `(SELECT * EXCLUDE (file_row_number, _segment) FROM (${all.join(' UNION ALL ')}) AS r ${alive})`
}

/** Whether each file's tally adds up. */
export function addsUp(reading: BulkReading): boolean {
  return reading.files.every(
    ({ tally }) =>
      tally.read === tally.kept + tally.duplicate + tally.superseded + tally.rejected &&
      Object.values(tally).every((count) => count >= 0),
  )
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A copy of bytes with a few of them changed, removed, doubled, cut or overwritten by what often breaks things. */
export function mutated(bytes: Buffer, roll: (below: number) => number): Buffer {
  let result = Buffer.from(bytes)
  for (let times = 1 + roll(3); times > 0; times -= 1) {
    const at = roll(result.length + 1)
    const piece = ODD[roll(ODD.length)] ?? ''
    const [head, tail] = [result.subarray(0, at), result.subarray(at)]
    const length = roll(40)
    const choices = [
      () => Buffer.concat([head, Buffer.from(piece, 'latin1'), tail]),
      () => Buffer.concat([head, tail.subarray(length)]),
      () => Buffer.concat([head, tail.subarray(0, length), tail]),
      () => Buffer.concat([head, Buffer.from([roll(256)]), tail.subarray(1)]),
      () => (roll(4) === 0 ? head : Buffer.concat([head, Buffer.from(piece, 'latin1'), tail.subarray(piece.length)])),
    ]
    result = Buffer.from(choices[roll(choices.length)]?.() ?? result)
  }
  return result
}

const ODD = [
  '"',
  '\\',
  '{',
  '}',
  '}{',
  '{"',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\r\n',
  '\0',
  '\xff',
  'null',
  'NaN',
  '1e999',
  '-',
  '\\u0000',
  '\\ud800',
  '"\n"',
  '{}',
  '[]',
  '2024-13-45T99:00:00Z',
  '\ufeff',
  ' ',
  '0'.repeat(30),
  '"ContactId":null,',
  '"a":1,"a":2,',
  'true',
]
