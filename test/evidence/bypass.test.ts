import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Server, startServer } from '../../scripts/parts/postgres.mjs'
import { bypassesRowSecurity, createInstallation, Ledger } from '../../src/evidence/ledger/index.ts'
import { openRecords } from '../../src/evidence/records/database.ts'
import { newInstallation, openLedger } from './places.ts'
import { ASKERS, newLogin } from './tenants.ts'

let server: Server
beforeAll(async () => {
  server = await startServer()
}, 60_000)
afterAll(() => server.stop(), 120_000)

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function opened(url: string): Promise<Ledger> {
  const { root } = await newInstallation('pglite')
  return openLedger({ root, databaseUrl: url })
}

describe('row-level security that would not hold', { timeout: 120_000 }, () => {
  test('several databases of one server make the roles at once', async () => {
    const first = await openRecords({ url: await newLogin(await server.database(), '') }).catch((error) => error)
    expect(first.sql).toMatch(/^create role convenio_asker nologin; create role convenio_customer nologin; grant /)
    const urls = []
    for (let at = 0; at < 6; at += 1) urls.push(await server.database())
    for (const records of await Promise.all(urls.map((url) => openRecords({ url })))) await records.close()
    // Who comes later did not make the roles, and has to be given them.
    const later = await newLogin(await server.database(), 'createrole')
    await expect(openRecords({ url: later })).rejects.toMatchObject({ code: 'NEEDS_ROLES' })
  })

  test('a login that may not make roles is told what an administrator must run, and that suffices', async () => {
    const admin = await server.database()
    const url = await newLogin(admin, '')
    const failed = await openRecords({ url }).catch((error) => error)
    expect(failed).toMatchObject({ code: 'NEEDS_ROLES', said: { id: 'evidence/needs-roles' } })
    await withClient(admin, (client) => client.query(failed.sql))
    const ledger = await opened(url)
    expect(await bypassesRowSecurity(ledger)).toEqual({ trial: false, reasons: [] })
    expect(await ledger.asking(ASKERS.director as never, (reads) => reads.facts('2025-01-01'))).toEqual([])
    await ledger.close()
  })

  test('each way around it is named', async () => {
    const admin = await server.database()
    const url = await newLogin(admin, '')
    const login = new URL(url).username
    await withClient(admin, (client) => client.query(`grant convenio_asker, convenio_customer to ${login}`))
    const ledger = await opened(url)
    const reasons = async (of = ledger) =>
      (await bypassesRowSecurity(of)).reasons.map(({ id, params }) => [id.replace('evidence/bypass-', ''), params])
    const during = async (change: string, back: string) =>
      withClient(admin, async (client) => {
        await client.query(change)
        const found = await reasons()
        await client.query(back)
        return found
      })
    expect(await reasons()).toEqual([])
    expect(await during(`alter role ${login} superuser`, `alter role ${login} nosuperuser`)).toEqual([
      ['superuser', { role: login }],
    ])
    expect(await during(`alter role ${login} bypassrls`, `alter role ${login} nobypassrls`)).toEqual([
      ['attribute', { role: login }],
    ])
    expect(await during('alter role convenio_asker bypassrls', 'alter role convenio_asker nobypassrls')).toEqual([
      ['attribute', { role: 'convenio_asker' }],
    ])
    expect(
      await during('alter table facts disable row level security', 'alter table facts enable row level security'),
    ).toEqual([['open', { table: 'facts' }]])
    expect(await during('alter table facts owner to convenio_customer', `alter table facts owner to ${login}`)).toEqual(
      [['owner', { table: 'facts' }]],
    )
    expect(
      await during(`grant ${login} to convenio_asker`, `revoke ${login} from convenio_asker`).catch(String),
    ).toMatch(/member/)
    expect(
      await during('grant pg_read_all_data to convenio_customer', 'revoke pg_read_all_data from convenio_customer'),
    ).toContainEqual(['member', { role: 'convenio_customer', of: 'pg_read_all_data' }])
    expect(
      await during('create view spy as select * from facts; grant select on spy to convenio_asker', 'drop view spy'),
    ).toEqual([['open', { table: 'spy' }]])
    expect(await reasons()).toEqual([])
    await ledger.close()
    const asSuperuser = await opened(await server.database())
    expect(await reasons(asSuperuser)).toEqual([['superuser', { role: 'postgres' }]])
    await asSuperuser.close()
  })

  test('PGlite says that it is a trial', async () => {
    const ledger = await openLedger(await newInstallation('pglite'))
    expect(await bypassesRowSecurity(ledger)).toEqual({ trial: true, reasons: [] })
    await ledger.close()
  })

  test('beginning, role and settings are one question to the server', async () => {
    const ledger = await opened(await server.database())
    const asked: unknown[] = []
    const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
    pg.Client.prototype.query = function spied(this: pg.Client, ...given: unknown[]) {
      asked.push(given[0])
      return query.apply(this, given)
    } as typeof pg.Client.prototype.query
    try {
      await ledger.asking(ASKERS.first as never, (reads) => reads.factsPage('2025-01-01', {}, { limit: 5 }))
    } finally {
      pg.Client.prototype.query = query as typeof pg.Client.prototype.query
    }
    expect(asked).toHaveLength(3)
    expect(asked[0]).toMatch(/^begin.*set local role.*set_config/)
    await ledger.close()
  })
})

test('so many connections as asked for', { timeout: 120_000 }, async () => {
  const { root } = await newInstallation('pglite')
  await createInstallation(root, 'test', '2025-01-01T00:00:00Z')
  const options = { root, databaseUrl: await server.database(), actor: 'a', purpose: 'test', connections: 7 }
  const ledger = await Ledger.open({ ...options, now: () => '2025-01-01T00:00:00Z' })
  let inside = 0
  let most = 0
  const ask = () =>
    ledger.asking(ASKERS.director as never, async (reads) => {
      inside += 1
      most = Math.max(most, inside)
      await reads.facts('2025-01-01')
      await new Promise((resolve) => setTimeout(resolve, 50))
      inside -= 1
    })
  await Promise.all(Array.from({ length: 20 }, ask))
  expect(most).toBe(7)
  await ledger.close()
})
