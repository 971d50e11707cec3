import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { describeBreak, verifyChain } from '../../src/evidence/audit/index.ts'
import type { StagedSegment } from '../../src/evidence/index.ts'
import {
  auditEntries,
  backUp,
  changeSetting,
  commitBulk,
  commitRecords,
  damagedFiles,
  erasePersonal,
  type Ledger,
  newImportId,
  restoreBackup,
  retractImport,
  type ToldFact,
} from '../../src/evidence/ledger/index.ts'
import { KINDS, newHome, newInstallation, openLedger, stopServer } from './places.ts'

afterAll(stopServer, 120_000)

const FACT: ToldFact = {
  dataset: 'incidents',
  key: 'INC1',
  version: '2025-01-10T00:00:00Z',
  from: '2025-01-10',
  to: '2025-01-10',
  values: { minutesToResolve: '30', person: '{{person:ana@example.cl}}' },
  personal: { caller: 'Ana Rojas', text: 'Ñandú no contesta' },
  owner: 'C-001',
  grade: 'reported',
  file: 'incidents.json',
  row: '1',
  sha256: 'ab'.repeat(32),
}

function bring(ledger: Ledger, facts: ToldFact[], receivedAt: string) {
  const brought = { source: 'incidents', sourceVersion: 1, label: 'test', receivedAt, remarks: {}, rejects: [] }
  const file = {
    name: 'incidents.json',
    sha256: 'ab'.repeat(32),
    bytes: 10,
    rejected: 0,
    rows: facts.map((fact) => [fact]),
  }
  return commitRecords(ledger, brought, [file])
}

/** Stages one segment of contacts, ids from 1 on. */
async function stage(ledger: Ledger, rows: number, id: string, personal = false): Promise<StagedSegment> {
  const folder = ledger.staging()
  const engine = await ledger.engine()
  const path = join(folder, `${id}.parquet`)
  await engine.run(
    `copy (select i as id, 'x' || i as what from range(1, ${rows + 1}) t(i)) to '${path}' (format parquet)`,
  )
  const base = { id, path, dataset: 'contact-records', owner: 'C-001', period: '2025-01', rows }
  const segment: StagedSegment = { ...base, from: '2025-01-01T00:00:00Z', to: '2025-01-31T00:00:00Z' }
  if (!personal) return segment
  const names = join(folder, `${id}.personal.parquet`)
  await engine.run(`copy (select '+569' || i as phone from range(1, ${rows + 1}) t(i)) to '${names}' (format parquet)`)
  return { ...segment, personal: names }
}

async function bringBulk(ledger: Ledger, segments: StagedSegment[], receivedAt: string, replaces: string[] = []) {
  const id = newImportId(ledger.now())
  const read = segments.reduce((sum, each) => sum + each.rows, 0)
  const tally = { read, kept: read, duplicate: 0, superseded: 0, rejected: 0 }
  const files = [{ file: 'c.gz', sha256: 'cd'.repeat(32), bytes: 5, tally }]
  const common = { source: 'contact-records', sourceVersion: 1, label: 'test', receivedAt, remarks: {} }
  const reject = { file: 'c.gz', row: 7, faults: [{ code: 'x', field: 'y' }], raw: 'the very bytes', owner: 'C-001' }
  return commitBulk(ledger, { ...common, import: id, files, segments, dead: [], replaces, rejects: [reject] })
}

async function countOf(ledger: Ledger, knownAt: string): Promise<number> {
  const rows = ledger.rows(await ledger.bulk(knownAt), 'contact-records')
  if (rows === undefined) return 0
  const [line] = await (await ledger.engine()).all<{ n: string }>(`select count(*) as n from ${rows}`)
  return Number(line?.n)
}

describe.each(KINDS)('the ledger on %s', { timeout: 120_000 }, (kind) => {
  test('facts: twice, newer, older, known at a day, taken back', async () => {
    const ledger = await openLedger(await newInstallation(kind))
    const newer: ToldFact = { ...FACT, version: '2025-01-12T00:00:00Z', values: { minutesToResolve: '45' } }
    const older: ToldFact = { ...FACT, version: '2025-01-09T00:00:00Z', values: { minutesToResolve: '5' } }
    const rehearsed = await ledger.rehearse(() => bring(ledger, [FACT], '2025-02-01'))
    expect(rehearsed).toMatchObject({ tally: { kept: 1 } })
    expect([await ledger.facts('2026-01-01'), await ledger.imports(), ledger.keyring.owners()]).toEqual([[], [], []])
    const first = await bring(ledger, [FACT, FACT], '2025-02-01')
    expect(first.tally).toEqual({ read: 2, kept: 1, duplicate: 1, superseded: 0, rejected: 0 })
    expect((await bring(ledger, [FACT], '2025-02-02')).tally).toMatchObject({ duplicate: 1, kept: 0 })
    const second = await bring(ledger, [newer, older], '2025-03-01')
    expect(second).toMatchObject({ tally: { kept: 1, superseded: 1 }, replaced: 1 })
    const minutes = async (day: string) => (await ledger.facts(day)).map((fact) => fact.values.minutesToResolve)
    expect(await minutes('2025-01-31')).toEqual([])
    expect(await minutes('2025-02-15')).toEqual(['30'])
    expect(await minutes('2025-03-15')).toEqual(['45'])
    expect(await retractImport(ledger, second.import, { receivedAt: '2025-04-01', reason: 'wrong file' })).toEqual({
      import: second.import,
    })
    expect(await retractImport(ledger, second.import, { receivedAt: '2025-05-01', reason: 'again' })).toEqual({
      already: '2025-04-01',
    })
    expect(await retractImport(ledger, 'nobody', { receivedAt: '2025-05-01', reason: '' })).toEqual({ unknown: true })
    expect(await minutes('2025-03-15')).toEqual(['45'])
    expect(await minutes('2025-04-15')).toEqual(['30'])
    // What was received before anything else known, told late.
    await bring(ledger, [FACT], '2025-01-15')
    expect(await minutes('2025-01-31')).toEqual(['30'])
    await ledger.close()
  })

  test('personal data is sealed and erased for good, also for what comes later', async () => {
    const ledger = await openLedger(await newInstallation(kind))
    await bring(ledger, [FACT], '2025-02-01')
    const [fact] = await ledger.facts('2026-01-01')
    expect(JSON.stringify(fact)).not.toMatch(/ana@example|Rojas|Ñandú/)
    expect(fact?.values.person).toMatch(/^person-/)
    expect(ledger.keyring.open('C-001', fact?.personal ?? '')).toContain('Ana Rojas')
    const segment = await stage(ledger, 50, 'seg-a', true)
    const { import: id } = await bringBulk(ledger, [segment], '2025-02-01')
    expect(existsSync(segment.personal as string)).toBe(false)
    expect((await ledger.rejects(id))[0]?.raw).toBe('the very bytes')
    const sealed = readdirSync(ledger.places.bulk, { recursive: true })
      .map(String)
      .find((name) => name.endsWith('.sealed'))
    const open = join(ledger.staging(), 'open.parquet')
    expect(await ledger.keyring.openFile('C-001', join(ledger.places.bulk, String(sealed)), open)).toBe(true)
    const [line] = await (await ledger.engine()).all(
      `select count(*) as n, min(phone) as p from read_parquet('${open}')`,
    )
    expect(line).toEqual({ n: '50', p: '+5691' })
    expect(await erasePersonal(ledger, ['C-001'], 'asked for')).toEqual(['C-001'])
    expect(ledger.keyring.open('C-001', fact?.personal ?? '')).toBeUndefined()
    expect((await ledger.rejects(id))[0]?.raw).toBeNull()
    expect(
      await ledger.keyring.openFile('C-001', join(ledger.places.bulk, String(sealed)), join(ledger.staging(), 'no')),
    ).toBe(false)
    await bring(ledger, [{ ...FACT, key: 'INC2' }], '2025-03-01')
    const later = (await ledger.facts('2026-01-01')).find((each) => each.key === 'INC2')
    expect(JSON.stringify(later)).not.toMatch(/ana@example|Rojas/)
    expect(await verifyChain(auditEntries(ledger.records.db))).toMatchObject({ entries: 4 })
    expect((await damagedFiles(ledger)).damaged).toEqual([])
    await ledger.close()
  })

  test('bulk: visible when committed, replaced as a whole, known at a day', async () => {
    const home = await newInstallation(kind)
    const ledger = await openLedger(home)
    await bringBulk(ledger, [await stage(ledger, 100, 'seg-1')], '2025-02-01')
    await bringBulk(ledger, [await stage(ledger, 70, 'seg-2')], '2025-03-01', ['seg-1'])
    expect(await countOf(ledger, '2025-01-31')).toBe(0)
    expect(await countOf(ledger, '2025-02-15')).toBe(100)
    expect(await countOf(ledger, '2025-03-15')).toBe(70)
    const [, second] = await ledger.imports()
    await retractImport(ledger, String(second?.id), { receivedAt: '2025-04-01', reason: 'a mistake' })
    expect(await countOf(ledger, '2025-03-15')).toBe(70)
    expect(await countOf(ledger, '2025-04-15')).toBe(100)
    // What no manifest lists is rubbish of an interruption and goes at the next opening.
    const orphan = join(ledger.places.bulk, 'contact-records', 'C-001', '2025-01', 'orphan.parquet')
    writeFileSync(orphan, 'half')
    await ledger.close()
    const again = await openLedger(home)
    expect(existsSync(orphan)).toBe(false)
    expect(await countOf(again, '2025-04-15')).toBe(100)
    await again.close()
  })

  test('a flipped bit and a missing file are named; a changed audit entry is named', async () => {
    const ledger = await openLedger(await newInstallation(kind))
    await bringBulk(ledger, [await stage(ledger, 10, 'seg-1'), await stage(ledger, 20, 'seg-2')], '2025-02-01')
    const files = readdirSync(ledger.places.bulk, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.parquet'))
      .sort()
    const [one = '', two = ''] = files.map((name) => join(ledger.places.bulk, name))
    const bytes = readFileSync(one)
    bytes.writeUInt8(bytes.readUInt8(40) ^ 4, 40)
    writeFileSync(one, bytes)
    rmSync(two)
    const { damaged } = await damagedFiles(ledger)
    expect(damaged.map(({ path, what }) => [path.split('/').at(-1), what])).toEqual([
      ['seg-1.parquet', 'changed'],
      ['seg-2.parquet', 'missing'],
    ])
    await changeSetting(ledger, 'bill-source', 'cur', '2025-02-01')
    await changeSetting(ledger, 'bill-source', 'focus', '2025-03-01')
    expect((await ledger.settings('2025-02-15')).get('bill-source')).toBe('cur')
    await sql`alter table audit disable trigger all`.execute(ledger.records.db)
    await sql`update audit set actor = 'somebody else' where seq = 2`.execute(ledger.records.db)
    const verified = await verifyChain(auditEntries(ledger.records.db))
    expect(verified).toMatchObject({ broken: { seq: 2, why: 'changed' } })
    if (verified.broken) expect(describeBreak(verified.broken).params).toEqual({ seq: '2' })
    await ledger.close()
  })
})

describe('back-up and restore', { timeout: 180_000 }, () => {
  const ways = KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const))
  test.each(ways)('from %s to %s: the same evidence, the same chain, no keys', async (from, to) => {
    const home = await newInstallation(from)
    const ledger = await openLedger(home)
    mkdirSync(join(ledger.places.agreements, 'test'), { recursive: true })
    writeFileSync(join(ledger.places.agreements, 'test', 'agreement.md'), '# A\n')
    await bring(ledger, [FACT, { ...FACT, key: 'INC2', owner: 'C-002' }], '2025-02-01')
    await bringBulk(ledger, [await stage(ledger, 100, 'seg-1', true)], '2025-02-01')
    await changeSetting(ledger, 'bill-source', 'cur', '2025-02-01')
    await erasePersonal(ledger, ['C-002'], 'asked for')
    const file = join(mkdtempSync(join(tmpdir(), 'convenio-backup-')), 'backup.tar.gz')
    await backUp(ledger, file)
    const facts = await ledger.facts('2026-01-01')
    const head = await verifyChain(auditEntries(ledger.records.db))
    const keys = ledger.places.keys
    await ledger.close()

    const place = await newHome(to)
    expect(await restoreBackup(place.root, file, place.databaseUrl)).toMatchObject({ agreement: 'test' })
    expect(await restoreBackup(place.root, file, place.databaseUrl)).toEqual({ notEmpty: true })
    const restored = await openLedger(place)
    expect(await restored.facts('2026-01-01')).toEqual(facts)
    expect(await countOf(restored, '2026-01-01')).toBe(100)
    expect(await verifyChain(auditEntries(restored.records.db))).toEqual(head)
    expect((await damagedFiles(restored)).damaged).toEqual([])
    const personal = facts.find((fact) => fact.owner === 'C-001')?.personal ?? ''
    expect(restored.keyring.open('C-001', personal)).toBeUndefined()
    // New evidence goes on where the old ended, and the erased stay erased.
    expect((await bring(restored, [{ ...FACT, key: 'INC3', owner: 'C-002' }], '2025-03-01')).tally.kept).toBe(1)
    expect(restored.keyring.state('C-002')).toBe('destroyed')
    await restored.close()
    // With the keys beside it, what is sealed can be read again.
    cpSync(keys, join(place.root, 'keys'), { recursive: true })
    const whole = await openLedger(place)
    expect(whole.keyring.open('C-001', personal)).toContain('Ana Rojas')
    await whole.close()
  })

  test('a cut archive is refused and leaves nothing', async () => {
    const ledger = await openLedger(await newInstallation('pglite'))
    await bringBulk(ledger, [await stage(ledger, 1000, 'seg-1')], '2025-02-01')
    const file = join(mkdtempSync(join(tmpdir(), 'convenio-backup-')), 'backup.tar.gz')
    await backUp(ledger, file)
    await ledger.close()
    const bytes = readFileSync(file)
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * share)))
      const { root } = await newHome('pglite')
      expect(await restoreBackup(root, file)).toHaveProperty('refused')
      expect(existsSync(join(root, 'installation.json'))).toBe(false)
    }
  })
})
