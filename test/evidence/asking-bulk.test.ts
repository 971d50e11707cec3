import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Ledger, type LedgerReads, retractImport, rowsPage } from '../../src/evidence/ledger/index.ts'
import { KINDS, newInstallation, openLedger, stopServer } from './places.ts'
import { ASKERS, bring, bringBulk, fact, newTenants } from './tenants.ts'

afterAll(stopServer, 120_000)

const DAY = '2025-06-01'

function only(owner: string): Asker {
  return { owners: [owner], datasets: '*', person: '', rights: [], customer: true }
}

async function countOf(reads: LedgerReads, knownAt = DAY, dataset = 'contact-records'): Promise<number> {
  return (await rowsPage(reads, dataset, { knownAt }, { offset: 0, limit: 1 })).total
}

describe.each(KINDS)('bulk rows of an asker on %s', { timeout: 120_000 }, (kind) => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = await openLedger(await newTenants(kind))
  }, 120_000)
  afterAll(() => ledger.close())

  test('the engine opens what the manifest listed for them, and no other file in any way', async () => {
    const { segments } = await ledger.bulk(DAY)
    const foreign = segments.filter((each) => each.owner === 'C-002').map((each) => ledger.at(each.path))
    const mine = segments.filter((each) => each.owner === 'C-001').map((each) => ledger.at(each.path))
    expect([foreign.length > 1, mine.length > 1]).toEqual([true, true])
    await ledger.asking(ASKERS.first as Asker, async (reads) => {
      await expect((await reads.engine()).all(`select * from read_parquet('${mine[0]}')`)).rejects.toThrow('Permission')
      const view = await reads.bulk(DAY)
      expect(new Set(view.segments.map((each) => each.owner))).toEqual(new Set(['C-001']))
      const engine = await reads.engine()
      const own = reads.at(view.segments[0]?.path ?? '')
      expect(await engine.all(`select count(*) as n from read_parquet('${own}')`)).toHaveLength(1)
      const linked = join(own, '..', '..', '..', foreign[0]?.split('/').slice(-3).join('/') ?? '')
      const folder = ledger.places.bulk
      for (const statement of [
        ...foreign.map((path) => `select * from read_parquet('${path}')`),
        `select * from read_parquet('${own}/../../../C-002/2025-01/test-contact-records-1.parquet')`,
        `select * from read_parquet('${linked}')`,
        `select * from read_parquet('${folder}/**/*.parquet')`,
        `select * from glob('${folder}/**')`,
        `select * from read_text('${foreign[0]}')`,
        `select * from '${foreign[0]}'`,
        `select * from read_blob('/etc/passwd')`,
        `copy (select 1) to '${folder}/new.parquet'`,
        `copy (select 1) to '${own}'`,
        `attach '${folder}/new.db'`,
        'set enable_external_access = true',
        `set allowed_paths = ['${foreign[0]}']`,
        `set allowed_directories = ['/']`,
        'reset allowed_paths',
        `set temp_directory = '/tmp'`,
        'set lock_configuration = false',
        'install httpfs',
        'load httpfs',
      ])
        await expect(engine.all(statement), statement).rejects.toThrow()
    })
    expect(readdirSync(ledger.places.bulk, { recursive: true }).map(String)).not.toContain('new.parquet')
  })

  test('engines of one asker see what was listed since, spill into their own folder, and end with the asking', async () => {
    const kept = await ledger.asking(ASKERS.director as Asker, async (reads) => {
      const early = await countOf(reads, '2025-02-15')
      const late = await countOf(reads, '2025-03-15')
      expect([early, late]).toEqual([10 + 11 + 12 + 13, 10 + 11 + 12 + 13])
      const engine = await reads.engine()
      await engine.all(
        `select count(*) from (select i, md5(i::varchar) m from range(3_000_000) t(i) order by m) where i >= 0`,
      )
      return engine
    })
    await expect(kept.all('select 1')).rejects.toThrow()
    expect(readdirSync(ledger.places.staging)).toEqual([])
    const asks = Array.from({ length: 9 }, (_, at) =>
      ledger.asking(at % 2 === 0 ? (ASKERS.first as Asker) : (ASKERS.second as Asker), (reads) => countOf(reads)),
    )
    // One row of each is dead by an import of which they see nothing else.
    expect(await Promise.all(asks)).toEqual([9, 10, 9, 10, 9, 10, 9, 10, 9])
    expect(readdirSync(ledger.places.staging)).toEqual([])
  })

  test('pages of rows: decimals as texts, cut by file, row and day', async () => {
    const page = await ledger.asking(ASKERS.second as Asker, (reads) =>
      rowsPage(reads, 'contact-records', { knownAt: DAY, file: 'c.gz' }, { offset: 2, limit: 3 }),
    )
    expect(page.rows.map((row) => [row.id, row.amount, row._row])).toEqual(
      ['4', '5', '6'].map((id) => [id, `0.${id}00000000000`, id]),
    )
    expect(page.columns.find((each) => each.name === 'amount')).toEqual({ name: 'amount', type: 'DECIMAL(38,12)' })
    const cut = (filter: object) =>
      rowsPage(ledger, 'contact-records', { knownAt: DAY, ...filter }, { offset: 0, limit: 99 })
    expect((await cut({ file: `x' or true --` })).total).toBe(0)
    expect((await cut({ row: '3' })).rows).toHaveLength(4)
    expect((await cut({ from: '2025-01-02' })).total).toBe(0)
    expect((await cut({ from: '2025-01-01', to: '2025-01-01', at: 'happened' })).total).toBe(42 + 4)
    expect((await cut({ from: '2025-02-01' })).total).toBe(0)
    expect(await rowsPage(ledger, 'nothing', { knownAt: DAY }, { offset: 0, limit: 9 })).toMatchObject({ total: 0 })
  })
})

describe.each(KINDS)('what moves from one owner to another on %s', { timeout: 120_000 }, (kind) => {
  test('an older telling does not come to stand again for whom the newer is hidden from', async () => {
    const ledger = await openLedger(await newInstallation(kind))
    await bring(ledger, [fact('incidents', 'INC1', 'C-001'), fact('incidents', 'INC2', 'C-001')], '2025-02-01')
    const moved = fact('incidents', 'INC1', 'C-002', { version: '2' })
    const second = await bring(ledger, [moved], '2025-03-01')
    const keys = (owner: string, day: string) =>
      ledger.asking(only(owner), async (reads) => {
        const page = await reads.factsPage(day, {}, { limit: 9 })
        expect(page.facts).toEqual(await reads.facts(day))
        return page.facts.map((each) => each.key)
      })
    expect(await keys('C-001', '2025-02-15')).toEqual(['INC1', 'INC2'])
    expect(await keys('C-001', '2025-03-15')).toEqual(['INC2'])
    expect(await keys('C-002', '2025-02-15')).toEqual([])
    expect(await keys('C-002', '2025-03-15')).toEqual(['INC1'])
    await retractImport(ledger, second, { receivedAt: '2025-04-01', reason: 'not theirs' })
    expect(await keys('C-001', '2025-04-15')).toEqual(['INC1', 'INC2'])
    expect(await keys('C-002', '2025-04-15')).toEqual([])
    await ledger.close()
  })

  test('rows that are dead by the import of another are dead, and alive again when that is taken back or not yet known', async () => {
    const ledger = await openLedger(await newInstallation(kind))
    await bringBulk(ledger, [{ dataset: 'contact-records', owner: 'C-001', id: 'a', rows: 5 }])
    const killed = { receivedAt: '2025-03-01', dead: [{ segment: 'a', row: 2 }] }
    const other = await bringBulk(ledger, [{ dataset: 'contact-records', owner: 'C-002', id: 'b', rows: 7 }], killed)
    const over = { receivedAt: '2025-03-05', replaces: ['b'] }
    await bringBulk(ledger, [{ dataset: 'contact-records', owner: 'C-003', id: 'c', rows: 1 }], over)
    const counts = async (day: string) => {
      const found = []
      for (const owner of ['C-001', 'C-002', 'C-003'])
        found.push(await ledger.asking(only(owner), (reads) => countOf(reads, day)))
      return found
    }
    expect(await counts('2025-02-15')).toEqual([5, 0, 0])
    expect(await counts('2025-03-01')).toEqual([4, 7, 0])
    expect(await counts('2025-03-15')).toEqual([4, 0, 1])
    await retractImport(ledger, other, { receivedAt: '2025-04-01', reason: 'wrong' })
    expect(await counts('2025-04-15')).toEqual([5, 0, 1])
    // Whose dead rows it does not say, as with those of the first form of the records, everybody of the dataset is shown.
    await ledger.close()
  })
})

describe.each(KINDS)('acting beside one another on %s', { timeout: 120_000 }, (kind) => {
  test('several actors, engines and a rehearsal of their own; writers take turns', async () => {
    const home = await newInstallation(kind)
    const ledger = await openLedger(home)
    const actors = ['ana', 'luis', 'eva'].map((name) => ledger.by(name))
    const [ana, luis] = actors as [Ledger, Ledger, Ledger]
    expect(await ana.engine()).not.toBe(await luis.engine())
    expect(await ana.engine()).toBe(await ana.engine())
    let inside = 0
    let most = 0
    const write = (actor: Ledger, at: number) =>
      actor.exclusive(async () => {
        inside += 1
        most = Math.max(most, inside)
        await bring(actor, [fact('incidents', `I${at}`, 'C-001')])
        await actor.exclusive(async () => undefined)
        inside -= 1
      })
    const rehearsed = ana.rehearse(async () => {
      await bring(ana, [fact('incidents', 'NEVER', 'C-009')])
      await bringBulk(ana, [{ dataset: 'contact-records', owner: 'C-009', id: 'never', rows: 3 }])
      return (await ana.facts('2026-01-01')).map((each) => each.key)
    })
    const bulk = bringBulk(luis, [{ dataset: 'contact-records', owner: 'C-001', id: 'kept', rows: 3 }])
    await Promise.all([rehearsed, bulk, ...Array.from({ length: 9 }, (_, at) => write(actors[at % 3] as Ledger, at))])
    expect(await rehearsed).toContain('NEVER')
    expect(most).toBe(1)
    const keys = (await ledger.facts('2026-01-01')).map((each) => each.key)
    expect(keys).toEqual(Array.from({ length: 9 }, (_, at) => `I${at}`))
    expect(await countOf(ledger)).toBe(3)
    expect(ledger.keyring.owners()).toEqual(['C-001'])
    expect(new Set((await ledger.imports()).map((each) => each.actor))).toEqual(new Set(['ana', 'luis', 'eva']))
    await expect(ana.exclusive(async () => Promise.reject(new Error('fails')))).rejects.toThrow('fails')
    await ana.exclusive(async () => undefined)
    ana.release()
    await luis.close()
    expect(await countOf(ledger)).toBe(3)
    await ledger.close()
    writeFileSync(join(home.root, 'note'), 'closed')
    const again = await openLedger(home)
    expect(await again.facts('2026-01-01')).toHaveLength(9)
    await again.close()
  })
})
