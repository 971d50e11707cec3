import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem, Words } from '../../src/language/index.ts'
import { speakerOf } from '../../src/reports/index.ts'
import { sourceRooms, sourceWords } from '../../src/sources/registry.ts'
import type { BulkSource, RecordSource, RowFault } from '../../src/sources/room.ts'
import { casesOfSource, foundOf, readingOf } from '../cases/source-setting.ts'
import { numbers } from '../sources/bill-mutations.ts'
import { addsUp, write } from '../sources/bills.ts'
import { type BulkBench, bulkBench } from '../sources/bulk-context.ts'

const TIMES = 5000
const words: Words = sourceWords()
const speakers = [speakerOf('en', words), speakerOf('es', words)]

let bench: BulkBench
beforeAll(async () => {
  bench = await bulkBench()
})
afterAll(() => bench.close())

/** What became of so many damaged files. */
interface Counts {
  unrecognised: number
  refused: number
  read: number
  rows: number
  rejected: number
  quirks: number
}

const none = (): Counts => ({ unrecognised: 0, refused: 0, read: 0, rows: 0, rejected: 0, quirks: 0 })

const PLACES = [
  '"',
  '\n',
  ',',
  '{',
  '}',
  '[',
  ']',
  '\\',
  '\u0000',
  ';',
  '-',
  'NULL',
  '\r\n',
  ':',
  '9',
  'é',
  '1e9',
  ' ',
].map((text) => Buffer.from(text))

/** One to four places: bytes changed, taken out, put in, repeated, or all behind them cut off. */
function damaged(text: string, next: () => number): Buffer {
  let bytes = Buffer.from(text)
  for (let count = 1 + (next() % 4); count > 0; count -= 1) {
    const at = next() % Math.max(1, bytes.length)
    const piece = next() % 2 === 0 ? (PLACES[next() % PLACES.length] as Buffer) : Buffer.from([next() % 256])
    const length = 1 + (next() % 40)
    const how = next() % 10
    const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)]
    if (how < 4) bytes = Buffer.concat([before, piece, behind.subarray(piece.length)])
    else if (how < 6) bytes = Buffer.concat([before, piece, behind])
    else if (how < 8) bytes = Buffer.concat([before, behind.subarray(length)])
    else if (how === 8) bytes = Buffer.concat([before, behind.subarray(0, length), behind])
    else bytes = Buffer.from(before)
  }
  return bytes
}

/** As the import decodes it: what is no UTF-8 is taken as of Windows. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function expectWords(id: string, params: object, seed: number): void {
  for (const speaker of speakers) {
    const said = speaker.say({ id, params: params as Record<string, string> })
    expect(said, `${id}, seed ${seed}`).not.toBe(id)
    expect(said, `${id}, seed ${seed}`).not.toMatch(/\{[a-z][A-Za-z]*\}/)
  }
}

function expectProblems(problems: readonly Problem[], seed: number): void {
  expect(problems.length).toBeGreaterThan(0)
  for (const { message, fix } of problems) {
    expectWords(message.id, message.params ?? {}, seed)
    if (fix) expectWords(fix.id, fix.params ?? {}, seed)
  }
}

function expectFaults(kind: 'fault' | 'quirk', faults: readonly RowFault[], seed: number): void {
  for (const { code, field, detail } of faults)
    expectWords(`source.${kind}.${code}`, { field, detail: detail ?? '' }, seed)
}

function report(id: string, counts: Counts, begun: number): void {
  console.info(`${id}: ${JSON.stringify(counts)} in ${Math.round((performance.now() - begun) / 100) / 10} s`)
}

/** Files that the cases of a bulk source import. */
function bulkSamplesOf(id: string): { file: string; given: string }[] {
  const cases = casesOfSource(id) as unknown as { imports?: { files: Record<string, string> }[] }[]
  const files = cases.flatMap((each) => (each.imports ?? []).flatMap((one) => Object.entries(one.files ?? {})))
  return files.map(([file, given]) => ({ file, given })).filter(({ given }) => typeof given === 'string')
}

const samplesOf = (id: string) =>
  casesOfSource(id).filter(({ given, expect: { refused } }) => typeof given === 'string' && refused === undefined)

for (const room of sourceRooms.filter((each): each is RecordSource => each.store === 'records'))
  test(`${room.id}: ${TIMES} damaged files, each row kept or told, each refusal in words`, () => {
    const samples = samplesOf(room.id)
    const counts = none()
    const begun = performance.now()
    for (let seed = 1; seed <= TIMES; seed += 1) {
      const next = numbers(seed * 2_654_435_761)
      const sample = samples[next() % samples.length]
      if (!sample) throw new Error('no sample')
      const file = { ...sample, given: decoded(damaged(sample.given, next)) }
      if (!room.recognise(foundOf(file))) counts.unrecognised += 1
      const { rows, refused } = readingOf(room, file)
      if (refused) {
        counts.refused += 1
        expectProblems(refused, seed)
        continue
      }
      counts.read += 1
      counts.rows += rows.length
      // A row is told once, and is rejected, a fact, or known to say nothing.
      expect(new Set(rows.map(({ row }) => row)).size, `seed ${seed}`).toBe(rows.length)
      for (const { facts, rejected, quirks = [] } of rows) {
        if (rejected.length > 0) counts.rejected += 1
        counts.quirks += quirks.length
        expect(rejected.length > 0 ? facts.length === 0 : facts.length + quirks.length > 0, `seed ${seed}`).toBe(true)
        expectFaults('fault', rejected, seed)
        expectFaults('quirk', quirks, seed)
      }
    }
    report(room.id, counts, begun)
    expect(counts.read + counts.refused).toBe(TIMES)
    // Damage that nobody notices would prove nothing, and neither would samples of which nothing is read.
    expect(counts.rejected + counts.refused).toBeGreaterThan(TIMES / 50)
    expect(counts.read).toBeGreaterThan(TIMES / 10)
  })

for (const room of sourceRooms.filter((each): each is BulkSource => each.store === 'bulk')) {
  const samples = bulkSamplesOf(room.id)
  test.skipIf(samples.length === 0)(
    `${room.id}: ${TIMES} damaged files, the tally adds up or the file is refused`,
    async () => {
      const counts = none()
      const begun = performance.now()
      for (let seed = 1; seed <= TIMES; seed += 1) {
        const next = numbers(seed * 2_654_435_761)
        const sample = samples[next() % samples.length]
        if (!sample) throw new Error('no sample')
        const name = sample.file.replaceAll('/', '-')
        const found = write(bench, name, damaged(sample.given, next))
        if (!room.recognise(found)) {
          counts.unrecognised += 1
          continue
        }
        const { deliveries, notes } = room.deliveries([found])
        const [delivery] = deliveries
        if (!delivery) {
          expectProblems(notes, seed)
          counts.refused += 1
          continue
        }
        const reading = await room.read(delivery, bench.context())
        if (reading.refused.length > 0) {
          counts.refused += 1
          expectProblems(reading.refused, seed)
          continue
        }
        counts.read += 1
        expect(addsUp(reading), `seed ${seed}`).toBe(true)
        const rows = reading.segments.reduce((sum, segment) => sum + segment.rows, 0)
        const tally = reading.files.reduce((sum, file) => sum + file.tally.read - file.tally.rejected, 0)
        expect(rows, `seed ${seed}`).toBeLessThanOrEqual(tally)
        counts.rows += rows
        counts.rejected += reading.rejects.length
        counts.quirks += reading.quirks.length
        for (const { faults } of reading.rejects) expectFaults('fault', faults, seed)
        expectFaults('quirk', reading.quirks, seed)
        if (reading.notes.length > 0) expectProblems(reading.notes, seed)
      }
      report(room.id, counts, begun)
      expect(counts.read + counts.refused + counts.unrecognised).toBe(TIMES)
      expect(counts.read).toBeGreaterThan(TIMES / 20)
    },
  )
}
