import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Asker, Ledger, LedgerReads } from '../../src/evidence/ledger/index.ts'
import { KINDS, openLedger, stopServer } from './places.ts'
import { ASKERS, everything, nameOf, newTenants, TABLES, type Table, visibleTo } from './tenants.ts'

afterAll(stopServer, 120_000)

const tables = Object.keys(TABLES) as Table[]

/** The rows that an asker is given of a table; a table that their role may not read gives none. */
async function rowsGiven(ledger: Ledger, asker: Asker, table: Table): Promise<string[]> {
  try {
    return await ledger.asking(asker, async ({ db }) => {
      const columns = sql.join(TABLES[table].map((column) => sql.ref(column)))
      const { rows } = await sql<Record<string, unknown>>`select ${columns} from ${sql.table(table)}`.execute(db)
      return rows.map((row) => nameOf(table, row))
    })
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return []
    throw error
  }
}

/** Rows that an asker is given and must not see, and those that they should see and are not given. */
async function compare(ledger: Ledger, only: readonly Table[] = tables) {
  const all = await everything(ledger)
  const foreign: string[] = []
  const missing: string[] = []
  let seen = 0
  for (const [who, asker] of Object.entries(ASKERS)) {
    const visible = visibleTo(asker, all)
    for (const table of only) {
      const given = new Set(await rowsGiven(ledger, asker, table))
      seen += given.size
      for (const name of given) if (!visible[table].has(name)) foreign.push(`${who}: ${table} ${name}`)
      for (const name of visible[table]) if (!given.has(name)) missing.push(`${who}: ${table} ${name}`)
    }
  }
  return { foreign, missing, seen }
}

interface Policy {
  tablename: Table
  policyname: string
  qual: string
}

async function policiesOf(ledger: Ledger): Promise<Policy[]> {
  const { rows } = await sql<Policy>`select tablename, policyname, qual from pg_policies
    where schemaname = current_schema() and tablename in (${sql.join(tables)}) order by 1, 2`.execute(ledger.db)
  return rows
}

/** Holds that with another condition in a policy some asker is given a foreign row. */
async function expectForeign(ledger: Ledger, { tablename, policyname, qual }: Policy, using: string): Promise<void> {
  const alter = (condition: string) =>
    sql`alter policy ${sql.ref(policyname)} on ${sql.table(tablename)} using (${sql.raw(condition)})`.execute(ledger.db)
  expect(using).not.toBe(qual)
  await alter(using)
  const { foreign } = await compare(ledger)
  await alter(qual)
  expect(foreign, `${tablename}: ${using}`).not.toEqual([])
}

describe.each(KINDS)('asking on %s', { timeout: 240_000 }, (kind) => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = await openLedger(await newTenants(kind))
  }, 120_000)
  afterAll(() => ledger.close())

  test('every asker is given what is theirs of every table, and nothing else', async () => {
    const { foreign, missing, seen } = await compare(ledger)
    expect({ foreign, missing }).toEqual({ foreign: [], missing: [] })
    expect(seen).toBeGreaterThan(200)
    const own = ASKERS.second as Asker
    expect((await rowsGiven(ledger, own, 'facts')).length).toBeGreaterThan(3)
  })

  test('whichever policy is opened, somebody sees a foreign row', async () => {
    const policies = await policiesOf(ledger)
    expect(policies.map((policy) => policy.tablename).sort()).toEqual([...tables].sort())
    for (const policy of policies) await expectForeign(ledger, policy, 'true')
    expect((await compare(ledger)).foreign).toEqual([])
  })

  test('whichever filter of a policy is left out, somebody sees a foreign row', async () => {
    const filters: [RegExp, string][] = [
      [/asked\('owners'::text\)/, `'*'::text`],
      [/asked\('datasets'::text\)/, `'*'::text`],
      [/agreement = \( SELECT asked\('agreement'::text\) AS asked\)/, 'true'],
      [/asked_list\('rights'::text\)/, `'{imports,audit}'::text[]`],
    ]
    const policies = await policiesOf(ledger)
    let tried = 0
    for (const policy of policies)
      for (const [filter, open] of filters) {
        if (!filter.test(policy.qual)) continue
        tried += 1
        await expectForeign(ledger, policy, policy.qual.replace(filter, open))
      }
    expect(tried).toBe(3 + 3 + 5 + 4)
    expect((await compare(ledger)).foreign).toEqual([])
  })

  test('an asker that would be told to the database with all owners is found out', async () => {
    const all = await everything(ledger)
    for (const asker of Object.values(ASKERS)) {
      if (asker.owners === '*' || asker.datasets.length === 0) continue
      const visible = visibleTo(asker, all)
      const given = await rowsGiven(ledger, { ...asker, owners: '*', datasets: '*' }, 'facts')
      expect(given.some((name) => !visible.facts.has(name))).toBe(true)
    }
  })

  test('nothing said, nothing seen: also where the session said something before', async () => {
    for (const role of ['convenio_asker', 'convenio_customer']) {
      await ledger.asking(ASKERS.director as Asker, async (reads) => reads.settings('2026-01-01'))
      for (const table of tables) {
        const asked = ledger.db.transaction().execute(async (db) => {
          await sql`set local role ${sql.raw(role)}`.execute(db)
          return (await sql`select 1 from ${sql.table(table)}`.execute(db)).rows.length
        })
        expect(await asked.catch((error) => error.code)).toBe(
          role === 'convenio_customer' && ['reject_files', 'audit'].includes(table) ? '42501' : 0,
        )
      }
    }
  })

  test('whatever owners are called, the database is told exactly them', async () => {
    const nasty = fc.string({ unit: fc.constantFrom(...`'"\\{},*$;\n\t NULLaé😀\u2028\0\ud800E--/`) })
    const name = fc.oneof(nasty, fc.string({ unit: 'binary' }))
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 5 }), nasty, async (names, person) => {
        const possible = (text: string) => !/[\0\p{Surrogate}]/u.test(text)
        const asker = { owners: names, datasets: names, rights: names, person, customer: false }
        const asked = ledger.asking(asker, async ({ db }) => {
          const { rows } = await sql<{ owners: string[]; rights: string[]; person: string | null }>`
            select asked_list('owners') as owners, asked_list('rights') as rights, asked('person') as person`.execute(
            db,
          )
          return rows[0]
        })
        if (person.includes('\0')) {
          await expect(asked).rejects.toThrow('zero')
          return
        }
        const owners = names.filter(possible)
        expect(await asked).toMatchObject({ owners, rights: owners })
        if (possible(person)) expect((await asked)?.person ?? '').toBe(person)
      }),
      { numRuns: kind === 'pglite' ? 60 : 200, seed: 20_250_131 },
    )
  })

  test('what the ledger answers an asker is theirs, and leaves nothing behind', async () => {
    const answers = (reads: LedgerReads) => answersOf(reads)
    for (const asker of Object.values(ASKERS)) {
      const { owners, imports, rejects } = await ledger.asking(asker, answers)
      if (asker.owners !== '*') for (const owner of owners) expect(asker.owners).toContain(owner)
      if (asker.customer) expect(imports).toBe(0)
      if (asker.customer || !asker.rights.includes('imports')) expect(rejects).toBe(0)
    }
    expect(await ledger.asking(ASKERS.director as Asker, answers)).toEqual(await answers(ledger))
    const { rows } = await sql`select current_user = session_user as same, asked('owners') as owners`.execute(ledger.db)
    expect(rows).toEqual([{ same: true, owners: null }])
    await expect(
      ledger.asking(ASKERS.director as Asker, ({ db }) => sql`create table mine (a int)`.execute(db)),
    ).rejects.toThrow()
  })
})

async function answersOf(reads: LedgerReads) {
  const day = '2025-06-01'
  const facts = await reads.facts(day)
  const page = await reads.factsPage(day, {}, { limit: 1000 })
  expect(page.facts).toEqual(facts)
  const { segments } = await reads.bulk(day)
  const imports = await reads.imports()
  const rejects: unknown[] = []
  for (const { id } of imports) rejects.push(...(await reads.rejects(id)))
  const hashes = await reads.fileHashes('incidents', day)
  const settings = await reads.settings(day)
  expect(settings.get('bill-source')).toBe('test')
  const owners = [...facts, ...segments].map((each) => each.owner)
  return { owners, imports: imports.length, rejects: rejects.length, hashes: [...hashes] }
}
