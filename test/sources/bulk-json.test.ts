import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BulkSettings, readBulkJson } from '../../src/sources/bulk-read.ts'
import { contactRecords } from '../../src/sources/contact-records/index.ts'
import { CONTACT_RECORDS } from '../../src/sources/contact-records/terms.ts'
import { findObjects } from '../../src/sources/json-objects.ts'
import type { BulkReading, FoundFile } from '../../src/sources/room.ts'
import { type BulkBench, bulkBench } from './bulk-context.ts'
import { addsUp, contact, dice, file, mutated } from './contact-files.ts'

let bench: BulkBench
beforeAll(async () => {
  bench = await bulkBench()
})
afterAll(() => bench.close())

/** Everything that a reading gives, in a form that two readings can be compared by. */
async function told(files: FoundFile[], settings: BulkSettings) {
  const context = bench.context()
  const reading = await readBulkJson(CONTACT_RECORDS, { label: 'test', files }, context, settings)
  const rows = await Promise.all(
    reading.segments.map(async ({ path, personal, owner, period }) => ({
      owner,
      period,
      rows: await bench.engine.all(`SELECT * FROM read_parquet('${path}') POSITIONAL JOIN read_parquet('${personal}')`),
    })),
  )
  return { reading, rows: inOrder(rows), outcome: outcomeOf(reading) }
}

function inOrder(segments: { owner: string; period: string; rows: Record<string, unknown>[] }[]) {
  const all = segments.flatMap(({ owner, period, rows }) =>
    rows.map((row): Record<string, unknown> => ({ owner, period, ...row })),
  )
  const place = (row: Record<string, unknown>) => `${row._file}\0${String(row._row).padStart(9, '0')}`
  return all.sort((a, b) => (place(a) < place(b) ? -1 : 1))
}

function outcomeOf({ files, rejects, refused, notes }: BulkReading) {
  const bad = rejects.map(({ file, row, raw }) => ({ file, row, raw }))
  const codes = [...refused, ...notes].map(({ code }) => code)
  return { files: files.map(({ file, tally }) => ({ file, tally })), bad, codes }
}

const TINY = { chunk: 3000, block: 700, held: 1500 }
const FAST: BulkSettings = {}
const CUT: BulkSettings = { sizes: TINY, read: { piece: 900 } }
const EXACT: BulkSettings = { read: { piece: 1 << 20, exactOnly: true } }

const text = (objects: object[], separator: string): string =>
  objects.map((each) => JSON.stringify(each)).join(separator)
const contacts = Array.from({ length: 12 }, (_, id) => contact(id))

describe('objects in files', () => {
  test.each([
    ['lines', '\n'],
    ['lines of another system', '\r\n'],
    ['concatenated', ''],
    ['blanks between', ' \n \t '],
  ])('%s: whole, cut into tiny pieces, and one by one give the same rows', async (name, separator) => {
    const given = file(bench, `same-${name}.json.gz`, text(contacts, separator))
    const fast = await told([given], FAST)
    expect(fast.rows).toHaveLength(12)
    expect(fast.rows.map((row) => Number(row._row))).toEqual(contacts.map((_, at) => at + 1))
    for (const settings of [CUT, EXACT]) {
      const other = await told([given], settings)
      expect(other.rows).toEqual(fast.rows)
      expect(other.outcome).toEqual(fast.outcome)
    }
  })

  test('}{ inside of a text is no end of an object', async () => {
    // The sample's attributes hold one; every way of cutting must find the same texts.
    const nasty = [
      contact(1, 0, { Attributes: { a: '}{', b: '"}{"', c: '}{}{ "' } }),
      contact(2),
      contact(3, 0, { x: '}{' }),
    ]
    const given = file(bench, 'nasty.json', text(nasty, ''))
    for (const chunk of [200, 333, 512, 777, 1000, 1 << 20]) {
      const { rows, outcome } = await told([given], { sizes: { chunk, block: 97, held: 50 }, read: { piece: 300 } })
      expect(outcome.files[0]?.tally).toMatchObject({ read: 3, kept: 3, rejected: 0 })
      expect(rows.map((row) => JSON.parse(String(row.attributes)))).toEqual(nasty.map((each) => each.Attributes))
    }
  })

  test.each([['\n'], ['']])('broken records first, in the middle and last, separated by %j', async (separator) => {
    const whole = contacts.map((each) => JSON.stringify(each))
    const cut = (whole[0] ?? '').slice(0, 300)
    const parts = [
      cut,
      ...whole.slice(0, 4),
      '{"ContactId":7}',
      ...whole.slice(4, 8),
      `garbage`,
      ...whole.slice(8),
      cut,
    ]
    const given = file(bench, `broken-${separator.length}.json`, parts.join(separator))
    const { rows, outcome } = await told([given], FAST)
    expect(rows).toHaveLength(12)
    expect(outcome.files[0]?.tally).toEqual({ read: 16, kept: 12, duplicate: 0, superseded: 0, rejected: 4 })
    expect(outcome.bad.map(({ row, raw }) => [row, raw])).toEqual([
      [1, cut],
      [6, '{"ContactId":7}'],
      [11, 'garbage'],
      [16, cut],
    ])
  })

  test('a byte order mark, an empty file, blank lines, and the end without a line break', async () => {
    const marked = file(bench, 'marked.json', `\ufeff${text(contacts.slice(0, 2), '\n')}`)
    const empty = file(bench, 'empty.json', '')
    const packedNothing = file(bench, 'nothing.json.gz', '')
    const blank = file(bench, 'blank.json', `\n\n${text(contacts.slice(2, 4), '\n\n')}\n \n`)
    const { outcome } = await told([marked, empty, packedNothing, blank], FAST)
    expect(outcome.files.map(({ tally }) => tally.kept)).toEqual([2, 0, 0, 2])
    expect(outcome.codes.filter((code) => code.startsWith('source.refused'))).toEqual([])
  })

  test('each wrong value is a reject with its field and the original bytes', async () => {
    const wrong: [Record<string, unknown>, string, string][] = [
      [{ ContactId: 'x' }, 'ContactId', 'not-an-id'],
      [{ ContactId: null }, 'ContactId', 'missing'],
      [{ InstanceARN: 'nothing' }, 'InstanceARN', 'not-an-arn'],
      [{ InitiationTimestamp: 'yesterday' }, 'InitiationTimestamp', 'not-a-timestamp'],
      [{ InitiationTimestamp: '0024-01-15T10:00:00Z' }, 'InitiationTimestamp', 'not-a-timestamp'],
      [{ LastUpdateTimestamp: 'infinity' }, 'LastUpdateTimestamp', 'not-a-timestamp'],
      [{ AgentConnectionAttempts: 'many' }, 'AgentConnectionAttempts', 'not-a-whole-number'],
      [{ Queue: [] }, 'Queue', 'not-a-structure'],
      [{ Agent: { HierarchyGroups: { Level1: 'x' } } }, 'Agent.HierarchyGroups.Level1', 'not-a-structure'],
      [{ Recordings: {} }, 'Recordings', 'not-a-structure'],
    ]
    const objects = wrong.map(([more], at) => contact(at, 0, more))
    const given = file(bench, 'wrong.json', text([...objects, contact(99)], '\n'))
    const { reading } = await told([given], FAST)
    expect(reading.files[0]?.tally).toMatchObject({ read: 11, kept: 1, rejected: 10 })
    expect(reading.rejects.map(({ faults }) => [faults[0]?.field, faults[0]?.code])).toEqual(
      wrong.map(([, field, code]) => [field, code]),
    )
    expect(reading.rejects.map(({ raw }) => raw)).toEqual(objects.map((each) => JSON.stringify(each)))
  })

  test('an offset from UTC counts', async () => {
    const given = file(
      bench,
      'offset.json',
      text([contact(1, 0, { InitiationTimestamp: '2024-01-15T10:00:00+03:00' })], ''),
    )
    const { rows } = await told([given], FAST)
    expect(rows[0]?.initiated_at).toBe('2024-01-15 07:00:00')
  })

  test('a resynchronised region is as large as it has to be', () => {
    const sound = JSON.stringify(contact(1))
    const isKnown = (json: string) => 'ContactId' in JSON.parse(json)
    const bytes = Buffer.from(`${sound}{"a":"x${sound}`)
    const { spans, open } = findObjects(bytes, isKnown)
    const size = Buffer.byteLength(sound)
    expect(spans.map(({ start, end, whole }) => [start, end, whole])).toEqual([
      [0, size, true],
      [size, size + 7, false],
      [size + 7, bytes.length, true],
    ])
    expect(open).toBe(false)
  })
})

describe('mutations', () => {
  test.each(Array.from({ length: 10 }, (_, seed) => [seed]))(
    'lot %i of 50: no exception, every tally adds up, and each way of reading takes the same objects',
    async (seed) => {
      const roll = dice(seed + 1)
      const files = Array.from({ length: 50 }, (_, at) => {
        const count = 1 + roll(6)
        const objects = contacts
          .slice(0, count)
          .map((each, id) => ({ ...each, ContactId: contact(id + at * 10).ContactId }))
        const bytes = mutated(Buffer.from(text(objects, ['\n', '', '\r\n'][roll(3)] ?? '')), roll)
        return file(bench, `mutation-${seed}-${at}.json`, bytes)
      })
      const fast = await told(files, FAST)
      expect(addsUp(fast.reading)).toBe(true)
      expect(fast.reading.files).toHaveLength(50)
      if (seed % 5 > 0) return
      const exact = await told(files, EXACT)
      expect(exact.outcome).toEqual(fast.outcome)
      expect(exact.rows).toEqual(fast.rows)
      if (seed > 0) return
      const few = files.slice(0, 20)
      const cut = await told(few, CUT)
      const whole = await told(few, FAST)
      expect(cut.rows.map(withoutPlace)).toEqual(whole.rows.map(withoutPlace))
    },
    120_000,
  )
})

describe('few bad objects among many', () => {
  // Without the bracket pair that the usual sample has inside of a text.
  const plain = (id: number) => contact(id, 0, { Attributes: { turn: String(id) } })

  test.each(Array.from({ length: 24 }, (_, seed) => [seed]))(
    'lot %i: what DuckDB reads without its bad lines is what object by object gives',
    async (seed) => {
      const roll = dice(seed + 100)
      const separator = ['\n', '', '\r\n'][seed % 3] ?? ''
      const files = Array.from({ length: 4 }, (_, at) => {
        const objects = Array.from({ length: 40 }, (_, id) => plain(id + at * 40))
        const texts = objects.map((each) => JSON.stringify(each))
        // An object over many lines, one with a bracket pair inside of a text, and one with a line that would be an object itself.
        if (at === 1) texts[roll(40)] = JSON.stringify(plain(900 + seed)).replaceAll(',"A', ',\n"A')
        if (at === 2) texts[roll(40)] = JSON.stringify(contact(901 + seed, 0, { Attributes: { a: 'x}{y' } }))
        if (at === 3) texts[roll(40)] = `{"Attributes":\n${JSON.stringify(plain(950 + seed))}\n,"ContactId":7}`
        const bytes = Buffer.from(texts.join(separator))
        return file(bench, `few-${seed}-${at}.json`, at === 0 || seed % 2 === 0 ? mutated(bytes, roll) : bytes)
      })
      const fast = await told(files, FAST)
      const exact = await told(files, EXACT)
      expect(addsUp(fast.reading)).toBe(true)
      expect(fast.outcome).toEqual(exact.outcome)
      expect(fast.rows).toEqual(exact.rows)
    },
    60_000,
  )
})

// Where a chunk ends in the middle of garbage, the garbage counts as two.
function withoutPlace({ _row, ...row }: Record<string, unknown>) {
  return row
}

test('contact records are recognised by their content', () => {
  const named = (text: string) =>
    contactRecords.recognise({ path: '', name: '', bytes: 1, gzip: false, head: Buffer.from(text), text })
  expect(named(JSON.stringify(contact(1)))).toBe(true)
  expect(named('{"result":[]}')).toBe(false)
  expect(named('a,b\n1,2\n')).toBe(false)
})
