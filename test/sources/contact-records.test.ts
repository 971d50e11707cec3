import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contactRecords } from '../../src/sources/contact-records/index.ts'
import type { FoundFile } from '../../src/sources/room.ts'
import { type BulkBench, bulkBench, found } from './bulk-context.ts'
import { addsUp, contact, dice, file, INSTANCE, imported, sha256, visible } from './contact-files.ts'

let bench: BulkBench
beforeAll(async () => {
  bench = await bulkBench()
})
beforeEach(() => {
  bench.standing = []
  bench.owners.length = 0
  bench.settings.clear()
})
afterAll(() => bench.close())

let files = 0
const lines = (objects: object[], separator = '\n', packed = true): FoundFile => {
  files += 1
  const text = objects.map((each) => JSON.stringify(each)).join(separator)
  return file(bench, `contacts-${files}.json${packed ? '.gz' : ''}`, text)
}

/** Visible contacts as `id:version`, in order. */
async function seen(imports?: string[]): Promise<string[]> {
  const rows = visible(bench, 'contact-records', imports)
  if (rows === undefined) return []
  const found = await bench.engine.all<{ id: string; version: string }>(
    `SELECT right(contact_id::VARCHAR, 4) AS id, strftime(updated_at, '%S') AS version FROM ${rows} ORDER BY ALL`,
  )
  return found.map(({ id, version }) => `${Number.parseInt(id, 16)}:${Number(version)}`)
}

describe('published samples', () => {
  const shared = process.env.CONVENIO_SHARED ?? new URL('../../../shared', import.meta.url).pathname
  const samples = ['voice-inbound-handled.json', 'voice-inbound-transfer.v1.json'].map((name) =>
    readFileSync(join(shared, 'data/connect/ctr', name), 'utf8'),
  )

  test('both records, printed over many lines or on one, with or without a line break between', async () => {
    const compact = samples.map((sample) => JSON.stringify(JSON.parse(sample)))
    const ways = [samples.join(''), samples.join('\n'), compact.join(''), compact.join('\n')]
    const read = []
    for (const [at, text] of ways.entries()) {
      bench.standing = []
      const reading = await imported(bench, contactRecords, [file(bench, `sample-${at}.json`, text)])
      expect(reading.files[0]?.tally).toMatchObject({ read: 2, kept: 2 })
      read.push(
        await bench.engine.all(`SELECT * EXCLUDE (_file) FROM ${visible(bench, 'contact-records')} ORDER BY ALL`),
      )
    }
    expect(read[0]).toHaveLength(2)
    for (const other of read) expect(other).toEqual(read[0])
    expect(read[0]).toContainEqual(
      expect.objectContaining({
        contact_id: '6fe40d2a-1a89-4d73-bfcf-5d9c33894f47',
        instance: '258252ea-967d-46f9-a510-b7f0bae69eea',
        initiated_at: '2022-01-05 17:12:59',
        queue: 'Support',
        queue_seconds: '346',
        interaction_seconds: '239',
        holds: '2',
        recording_status: 'AVAILABLE',
        transferred_at: '2022-01-05 17:28:12',
      }),
    )
  })

  test('phone numbers, names, attributes and places of recordings are only in the personal file, row by row', async () => {
    const reading = await imported(bench, contactRecords, [file(bench, 'personal.json', samples.join('\n'))])
    for (const { path, personal, rows } of reading.segments) {
      const main = await bench.engine.all(`SELECT * FROM read_parquet('${path}')`)
      expect(JSON.stringify(main)).not.toMatch(/\+1555|admin1|agent\.001|greetingPlayed|amazon-connect-example/)
      const beside = await bench.engine.all<Record<string, unknown>>(
        `SELECT p.*, m.contact_id FROM read_parquet('${path}') AS m POSITIONAL JOIN read_parquet('${personal}') AS p`,
      )
      expect(beside).toHaveLength(rows)
      for (const row of beside) {
        expect(row.customer_address).toBe('+15550100001')
        expect(String(row.recording_location)).toContain(String(row.contact_id))
      }
    }
  })
})

describe('versions', () => {
  test('the newest LastUpdateTimestamp of a contact stands; the same one again is a duplicate', async () => {
    const reading = await imported(bench, contactRecords, [
      lines([contact(1, 1), contact(1, 3), contact(1, 3), contact(1, 2), contact(2)]),
    ])
    expect(reading.files[0]?.tally).toEqual({ read: 5, kept: 2, duplicate: 1, superseded: 2, rejected: 0 })
    expect(await seen()).toEqual(['1:3', '2:0'])
  })

  test('the same contacts cut and packed in another way add no row', async () => {
    const contacts = Array.from({ length: 40 }, (_, id) => contact(id))
    await imported(bench, contactRecords, [lines(contacts)])
    const again = [lines(contacts.slice(0, 13), '', false), lines(contacts.slice(13), '\r\n')]
    const reading = await imported(bench, contactRecords, again)
    expect(reading.files.map(({ tally }) => [tally.read, tally.duplicate, tally.kept])).toEqual([
      [13, 13, 0],
      [27, 27, 0],
    ])
    expect(reading.segments).toEqual([])
    expect(await seen()).toHaveLength(40)
  })

  test('a few known contacts among new ones stay in their segment as dead rows', async () => {
    await imported(bench, contactRecords, [lines([contact(1), contact(2, 2)])])
    const reading = await imported(bench, contactRecords, [lines([contact(1), contact(2, 1), contact(3), contact(4)])])
    expect(reading.files[0]?.tally).toEqual({ read: 4, kept: 2, duplicate: 1, superseded: 1, rejected: 0 })
    expect(await seen()).toEqual(['1:0', '2:2', '3:0', '4:0'])
    // Were the first import never known, the second would tell all that it knows.
    expect(await seen(['import-never', bench.standing.at(-1)?.import ?? ''])).toEqual(['1:0', '2:1', '3:0', '4:0'])
  })

  test('whatever order tellings arrive in, and whichever imports are seen, the newest of what is seen stands', async () => {
    const telling = fc.record({ id: fc.integer({ min: 1, max: 6 }), version: fc.integer({ min: 0, max: 3 }) })
    const imports = fc.array(fc.array(telling, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(imports, async (batches) => {
        bench.standing = []
        bench.settings.clear()
        const dropped = new Set<string>()
        const names: string[] = []
        for (const [at, batch] of batches.entries()) {
          // A contact of its own in each import keeps an import from being nothing but duplicates.
          const more = Array.from({ length: 8 }, (_, each) => contact(100 + at * 10 + each))
          const reading = await imported(bench, contactRecords, [
            lines([...batch.map(({ id, version }) => contact(id, version)), ...more]),
          ])
          expect(addsUp(reading)).toBe(true)
          names.push(bench.standing.at(-1)?.import ?? '')
          if (reading.segments.length === 0) dropped.add(names.at(-1) ?? '')
        }
        expect(dropped.size).toBe(0)
        for (let mask = 1; mask < 1 << batches.length; mask += 1) {
          const chosen = batches.filter((_, at) => mask & (1 << at))
          const newest = new Map<number, number>()
          for (const { id, version } of chosen.flat()) newest.set(id, Math.max(version, newest.get(id) ?? 0))
          const wanted = [...newest].map(([id, version]) => `${id}:${version}`).sort()
          const got = await seen(names.filter((_, at) => mask & (1 << at)))
          expect(got.filter((each) => Number(each.split(':')[0]) < 100).sort()).toEqual(wanted)
        }
      }),
      { numRuns: 12, seed: 7 },
    )
  }, 120_000)
})

describe('owners and segments', () => {
  test('the owner on the day of the contact; an instance that nobody knows is its own, with a note', async () => {
    bench.owners.push(
      { instance: INSTANCE, account: '123456789012', owner: 'C-001', from: '2023-01-01', to: '2024-01-15' },
      { instance: INSTANCE, account: '123456789012', owner: 'C-002', from: '2024-01-15', to: null },
    )
    const other = 'arn:aws:connect:us-east-1:123456789012:instance/ffffffff-0000-4000-8000-000000000001'
    const reading = await imported(bench, contactRecords, [
      lines([
        contact(1, 0, { InitiationTimestamp: '2024-01-14T23:59:59Z' }),
        contact(2, 0, { InitiationTimestamp: '2024-01-15T00:00:00Z' }),
        contact(3, 0, { InitiationTimestamp: '2024-02-01T00:00:00Z' }),
        contact(4, 0, { InstanceARN: other }),
        contact(5, 0, { AgentConnectionAttempts: 'x' }),
      ]),
    ])
    expect(reading.segments.map(({ owner, period, rows, from }) => [owner, period, rows, from])).toEqual([
      ['C-001', '2024-01', 1, '2024-01-14T23:59:59Z'],
      ['C-002', '2024-01', 1, '2024-01-15T00:00:00Z'],
      ['C-002', '2024-02', 1, '2024-02-01T00:00:00Z'],
      ['instance:ffffffff-0000-4000-8000-000000000001', '2024-01', 1, '2024-01-15T10:04:00Z'],
    ])
    expect(reading.notes.map(({ code }) => code)).toEqual(['source.note.unowned'])
    expect(reading.rejects.map(({ owner }) => owner)).toEqual(['C-002'])
  })
})

describe('files', () => {
  test('the hash is of the bytes as delivered', async () => {
    const given = lines([contact(1)])
    const reading = await imported(bench, contactRecords, [given])
    const bytes = readFileSync(given.path)
    expect(reading.files[0]).toMatchObject({ sha256: sha256(bytes), bytes: bytes.length })
  })

  test('a gzip of several members is one file', async () => {
    const parts = [contact(1), contact(2)].map((each) => gzipSync(`${JSON.stringify(each)}\n`))
    const path = join(bench.folder, 'members.gz')
    writeFileSync(path, Buffer.concat(parts))
    const reading = await imported(bench, contactRecords, [found(path)])
    expect(reading.files[0]?.tally.kept).toBe(2)
  })

  test('a gzip cut at any place is refused, and so are a wrong checksum and garbage behind the end', async () => {
    const whole = gzipSync(Array.from({ length: 30 }, (_, id) => JSON.stringify(contact(id))).join('\n'))
    const roll = dice(3)
    const flipped = Buffer.from(whole)
    flipped.writeUInt32LE((flipped.readUInt32LE(whole.length - 8) ^ 1) >>> 0, whole.length - 8)
    const broken = [
      ...Array.from({ length: 50 }, () => whole.subarray(0, 1 + roll(whole.length - 1))),
      flipped,
      Buffer.concat([whole, Buffer.from('garbage')]),
    ]
    for (const [at, bytes] of broken.entries()) {
      const path = join(bench.folder, `broken-${at}.gz`)
      writeFileSync(path, bytes)
      // How the file was found does not matter: its name and magic number may be cut off, too.
      const reading = await imported(bench, contactRecords, [{ ...found(path), gzip: true }])
      expect(reading.refused.map(({ code }) => code)).toEqual(['source.refused.gzip-broken'])
      expect(reading.segments).toEqual([])
    }
  }, 60_000)

  test('a broken file among others takes nothing with it, even when much of it had been read', async () => {
    const many = Array.from({ length: 400 }, (_, id) => JSON.stringify(contact(1000 + id))).join('\n')
    const path = join(bench.folder, 'late.gz')
    writeFileSync(path, gzipSync(many).subarray(0, -4))
    const { read } = await import('../../src/sources/contact-records/read.ts')
    const reading = await imported(
      bench,
      contactRecords,
      [lines([contact(1)]), found(path), lines([contact(2)])],
      (delivery, context) => read(delivery, context, { sizes: { chunk: 5000, block: 2000, held: 4000 } }),
    )
    expect(reading.files.map(({ tally }) => tally.kept)).toEqual([1, 1])
    expect(reading.notes.map(({ code }) => code)).toContain('source.refused.gzip-broken')
    expect(await seen()).toEqual(['1:0', '2:0'])
  })

  test('a file with nothing but garbage is refused whole', async () => {
    const reading = await imported(bench, contactRecords, [file(bench, 'garbage.json', 'garbage\n'.repeat(2000))])
    expect(reading.refused.map(({ code }) => code)).toEqual(['source.refused.not-of-format'])
    expect(reading.rejects).toEqual([])
  })
})

test('facts count the contacts of each month, up to the day', async () => {
  await imported(bench, contactRecords, [
    lines([
      contact(1),
      contact(1, 2),
      contact(2, 0, { Agent: { ConnectedToAgentTimestamp: '2024-01-15T10:02:30Z' } }),
      contact(3, 0, { InitiationTimestamp: '2024-02-02T10:00:00Z' }),
    ]),
  ])
  const facts = await contactRecords.facts({
    engine: bench.engine,
    rows: (dataset) => visible(bench, dataset),
    asOf: '2024-01-31',
    setting: () => undefined,
  })
  expect(facts.map(({ from, to, values }) => ({ from, to, values }))).toEqual([
    {
      from: '2024-01-01',
      to: '2024-01-15',
      values: { deployment: INSTANCE, contacts: '2', handled: '1', abandoned: '1' },
    },
  ])
})
