import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Asker } from '../../src/evidence/ledger/asker.ts'
import type { Person } from '../../src/identity/index.ts'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { Authenticator } from './authenticator.ts'
import { accepted, addPerson, asks, type Desk, openDesk, withPassword } from './desk.ts'

afterAll(stopServer)

const site = { rpId: 'convenio.example', origin: 'https://convenio.example' }

/** What may be read, whose row it is, and the right that opens all of it. */
const READABLE = {
  people: { column: 'id', right: 'people' },
  sessions: { column: 'person', right: 'people' },
  api_tokens: { column: 'person', right: 'people' },
  passkeys: { column: 'person', right: 'people' },
  drafts: { column: 'person', right: 'amend' },
}
const CLOSED = ['passwords', 'company_accounts', 'one_time_links', 'challenges', 'sign_in_attempts', 'idempotency_keys']
const SECRETS = [
  ['sessions', 'secret_hash'],
  ['api_tokens', 'secret_hash'],
  ['passkeys', 'public_key'],
  ['passkeys', 'counter'],
] as const

describe.each(KINDS)('who asks on %s', (kind) => {
  let desk: Desk
  let own: Person
  let other: Person
  const nobody: Asker = { owners: [], datasets: [], person: '', rights: [], customer: false }

  const owners = (asker: Asker, table: keyof typeof READABLE): Promise<string[]> =>
    desk.ledger.asking(asker, async ({ db }) => {
      const column = READABLE[table].column
      const { rows } = await sql<{
        whose: string
      }>`select ${sql.ref(column)} as whose from ${sql.table(table)}`.execute(db)
      return [...new Set(rows.map((row) => row.whose))].sort()
    })
  const run = (asker: Asker, statement: string): Promise<unknown> =>
    desk.ledger.asking(asker, ({ db }) => sql.raw(statement).execute(db))

  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
    const { sessions, tokens, passkeys, drafts } = desk.identity
    const people: Person[] = []
    for (const _ of [1, 2]) {
      const person = await withPassword(desk, await addPerson(desk))
      await sessions.begin(person, { way: 'password', address: '10.0.0.1', agent: '' })
      accepted(await tokens.create(person, { name: 'x', rights: ['read'], days: 1 }))
      const options = await passkeys.registrationOptions(person, site)
      const response = new Authenticator().create(options, site.origin)
      accepted(await passkeys.register(person, site, { name: 'x', response }))
      accepted(await drafts.create(person, { title: 'x', text: '' }))
      people.push(person)
    }
    ;[own, other] = people as [Person, Person]
    // A third, of another agreement, with the same things.
    const { db } = desk.ledger.records
    const copies = [
      `insert into people (id, agreement, name, email, roles, customers, language, created_at)
        select 'foreign', 'elsewhere', name, email, roles, customers, language, created_at from people where id = '${own.id}'`,
      ...Object.keys(READABLE)
        .slice(1)
        .map((table) => {
          const values =
            'insert into $t select (jsonb_populate_record(t, c)).* from $t t, jsonb_build_object($more) c where t.person = $p'
          const more = `'id', 'foreign-' || t.id, 'agreement', 'elsewhere', 'person', 'foreign'${table === 'sessions' ? `, 'secret_hash', 'x'` : ''}`
          return values.replaceAll('$t', table).replace('$more', more).replace('$p', `'${own.id}'`)
        }),
    ]
    for (const copy of copies) await sql.raw(copy).execute(db)
  }, 60_000)

  describe.each(Object.keys(READABLE) as (keyof typeof READABLE)[])('%s', (table) => {
    it('shows one’s own rows, all of the agreement’s with the right, and nobody else’s', async () => {
      const asker = { ...nobody, person: own.id }
      expect(await owners(asker, table)).toEqual([own.id])
      expect(await owners(nobody, table)).toEqual([])
      expect(await owners({ ...asker, rights: [READABLE[table].right] }, table)).toEqual([own.id, other.id].sort())
      expect(await owners({ ...asker, rights: ['read', 'audit', 'settings'] }, table)).toEqual([own.id])
      if (table !== 'drafts') expect(await owners({ ...asker, customer: true }, table)).toEqual([own.id])
    })

    it('would show a foreign row without its policy', async () => {
      const asker = { ...nobody, person: own.id }
      const { db } = desk.ledger.records
      const { rows } = await sql<{ policy: string }>`
        select pg_get_expr(polqual, polrelid) as policy from pg_policy where polrelid = ${table}::regclass`.execute(db)
      expect(rows).toHaveLength(1)
      await sql.raw(`alter policy asking on ${table} using (true)`).execute(db)
      const open = await owners(asker, table)
      await sql.raw(`alter policy asking on ${table} using (${rows[0]?.policy})`).execute(db)
      expect(open).toEqual(['foreign', own.id, other.id].sort())
      expect(await owners(asker, table)).toEqual([own.id])
    })
  })

  it.each(CLOSED)('never reads %s', async (table) => {
    for (const customer of [true, false])
      for (const rights of [[], ['people', 'amend', 'audit', 'settings']])
        await expect(run({ ...nobody, person: own.id, rights, customer }, `select 1 from ${table}`)).rejects.toThrow(
          /permission denied/,
        )
  })

  it.each(SECRETS)('never reads %s.%s', async (table, column) => {
    for (const customer of [true, false]) {
      const asker = { ...nobody, person: own.id, rights: ['people'], customer }
      await expect(run(asker, `select ${column} from ${table}`)).rejects.toThrow(/permission denied/)
    }
  })

  it('sees no draft as a customer’s user', async () => {
    await expect(run({ ...nobody, person: own.id, customer: true }, 'select 1 from drafts')).rejects.toThrow(
      /permission denied/,
    )
    expect(await desk.identity.drafts.list({ ...nobody, person: own.id, customer: true })).toEqual([])
  })

  it.each([...Object.keys(READABLE), ...CLOSED])('writes nothing to %s', async (table) => {
    await expect(run({ ...asks(own), rights: ['people', 'amend'] }, `delete from ${table}`)).rejects.toThrow(
      /permission denied|read-only/,
    )
  })

  it('is closed', () => desk.ledger.close())
})
