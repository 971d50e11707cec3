import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sourceRooms } from '../../src/sources/registry.ts'
import type { FileReading, RecordSource } from '../../src/sources/room.ts'
import { casesOfSource, factsOf, foundOf, type GivenFile, readingOf } from '../cases/source-setting.ts'

const RUNS = 300

for (const room of sourceRooms.filter((each): each is RecordSource => each.store === 'records')) {
  const samples = casesOfSource(room.id).filter(({ expect: { refused, rejects, facts, derived } }) => {
    return refused === undefined && rejects === undefined && (facts ?? derived ?? []).length > 0
  })
  describe(room.id, () => {
    test('has a sample that is read without a reject', () => {
      expect(samples.length).toBeGreaterThan(0)
    })

    test('any bytes of a sample may change: told, never thrown, never lost', () => {
      let rejected = 0
      fc.assert(
        fc.property(fc.constantFrom(...samples), mutations, (sample, changes) => {
          const file = { ...sample, given: changed(sample.given, changes) }
          room.recognise(foundOf(file))
          const reading = readingOf(room, file)
          expectWhole(reading)
          rejected += reading.rows?.filter((row) => row.rejected.length > 0).length ?? 1
          room.derive?.(factsOf(room, [file]))
        }),
        { seed: 20_240_131, numRuns: RUNS },
      )
      // Changes that nobody notices would prove nothing.
      expect(rejected).toBeGreaterThan(RUNS / 20)
    })

    test('reads a file the same way twice, and facts do not depend on the order of files', () => {
      for (const sample of samples) {
        expect(readingOf(room, sample)).toEqual(readingOf(room, sample))
        const files: GivenFile[] = [sample, ...(sample.more ?? [])]
        if (files.length === 1 || readsByReceipt(room, files)) continue
        const sorted = (list: GivenFile[]) =>
          factsOf(room, list)
            .map((fact) => JSON.stringify(fact))
            .sort()
        expect(sorted([...files].reverse())).toEqual(sorted(files))
      }
    })
  })
}

// Where a format does not say which telling is newer, the order of receipt does.
function readsByReceipt(room: RecordSource, files: readonly GivenFile[]): boolean {
  return files.some((file) => readingOf(room, file).rows?.some((row) => row.facts.some((fact) => fact.version === '')))
}

interface Change {
  at: number
  kind: 'replace' | 'insert' | 'remove' | 'cut' | 'repeat'
  bytes: Uint8Array
}

const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 4 }),
  fc.constantFrom(...['"', '\n', ',', '{', '}', ']', '\\', '\u0000', ';', '-', 'NULL', '\r\n', ':'].map(encoded)),
)
const mutations = fc.array(
  fc.record<Change>({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom('replace', 'insert', 'remove', 'cut', 'repeat'),
    bytes,
  }),
  { minLength: 1, maxLength: 4 },
)

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function changed(text: string, changes: readonly Change[]): string {
  let all = [...encoded(text)]
  for (const { at, kind, bytes: given } of changes) {
    const place = Math.floor(at * all.length)
    const some = all.slice(place, place + 1 + (given[0] ?? 0))
    if (kind === 'replace') all.splice(place, given.length, ...given)
    else if (kind === 'insert') all.splice(place, 0, ...given)
    else if (kind === 'remove') all.splice(place, given[0])
    else if (kind === 'repeat') all.splice(place, 0, ...some)
    else all = all.slice(0, place)
  }
  // As the import decodes it: a file that is no UTF-8 is taken as of Windows.
  const packed = new Uint8Array(all)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(packed)
  } catch {
    return new TextDecoder('windows-1252').decode(packed)
  }
}

function expectWhole({ rows, refused }: FileReading): void {
  if (refused) {
    expect(refused.length).toBeGreaterThan(0)
    return
  }
  expect(rows.length).toBeGreaterThan(0)
  expect(new Set(rows.map((row) => row.row)).size).toBe(rows.length)
  for (const { row, facts, rejected, quirks = [] } of rows) {
    expect(row).toBeGreaterThan(0)
    if (rejected.length > 0) expect(facts).toEqual([])
    else expect(facts.length + quirks.length).toBeGreaterThan(0)
    for (const { from, to, key, owner } of facts) {
      expect(from).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(from <= to).toBe(true)
      expect(key).not.toBe('')
      expect(owner).not.toBe('')
    }
  }
}
