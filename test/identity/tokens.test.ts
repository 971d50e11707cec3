import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askerOf, familiesOf, type Person, rightsOf } from '../../src/identity/index.ts'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { accepted, addPerson, asks, auditOf, type Desk, openDesk, reasons } from './desk.ts'

afterAll(stopServer)

describe.each(KINDS)('API tokens on %s', (kind) => {
  let desk: Desk
  let person: Person
  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
    person = await addPerson(desk, { roles: ['finance'] })
  }, 60_000)

  it('are shown once, and give a part of what their person has', async () => {
    const { tokens } = desk.identity
    const said = { name: ' nightly ', rights: ['import', 'read'], families: ['terms'], days: 30 } as const
    const { token, secret } = accepted(await tokens.create(person, said))
    expect(secret).toMatch(/^cnv_[0-9a-f]{24}_[\w-]{43}$/)
    expect(token).toMatchObject({ name: 'nightly', rights: ['read', 'import'], expiresAt: '2025-07-01T12:00:00.000Z' })
    const holder = await tokens.of(secret)
    expect(holder?.person).toEqual(person)
    expect(rightsOf(person, holder?.within)).toEqual(['read', 'import'])
    expect(familiesOf(person, holder?.within)).toEqual(['terms'])
    const asker = askerOf(person, {
      kindDatasets: (scope) => [...scope.families],
      instancesOf: () => [],
      within: holder?.within,
    })
    expect(asker).toMatchObject({ datasets: ['terms'], rights: ['read', 'import'], owners: '*' })
    expect((await auditOf(desk)).text).not.toContain(secret.slice(-43))
    expect(await tokens.list(asks(person), person.id)).toEqual([{ ...token, lastUsedAt: '2025-06-01T12:00:00.000Z' }])
  })

  it('never give more than their person has now', async () => {
    const { people, tokens } = desk.identity
    const { secret } = accepted(await tokens.create(person, { name: 'x', rights: ['read', 'waive'], days: 1 }))
    const now = async () => {
      const holder = await tokens.of(secret)
      return holder && rightsOf(holder.person, holder.within)
    }
    expect(await now()).toEqual(['read', 'waive'])
    accepted(await people.change('test', person.id, { roles: ['auditor'] }))
    expect(await now()).toEqual(['read'])
    person = accepted(await people.change('test', person.id, { roles: ['finance'] }))
  })

  it('are refused with all that is wrong', async () => {
    const { tokens } = desk.identity
    const bad = { name: '', rights: ['people'], families: ['service'], days: 366 } as const
    expect(reasons(await tokens.create(person, bad))).toEqual([
      'bad-name',
      'token-rights',
      'token-families',
      'token-days',
    ])
    for (const days of [0, -1, 1.5, Number.NaN])
      expect(reasons(await tokens.create(person, { name: 'x', rights: ['read'], days }))).toEqual(['token-days'])
  })

  it('end by time, by being revoked, and are never anything else', async () => {
    const { tokens } = desk.identity
    const make = async (days: number) => accepted(await tokens.create(person, { name: 'x', rights: ['read'], days }))
    const [short, long] = [await make(1), await make(365)]
    for (const wrong of [
      '',
      'cnv_',
      short.secret.slice(0, -1),
      short.secret.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      `cnv_${long.token.id}_${short.secret.slice(-43)}`,
    ])
      expect(await tokens.of(wrong)).toBeUndefined()
    desk.clock.pass(24 * 3600)
    expect(await tokens.of(short.secret)).toBeUndefined()
    expect(await tokens.of(long.secret)).toBeDefined()
    const other = await addPerson(desk)
    expect(reasons(await tokens.revoke('test', other.id, long.token.id))).toEqual(['no-such-token'])
    expect(await tokens.revoke('test', person.id, long.token.id)).toEqual({ revoked: long.token.id })
    expect(await tokens.of(long.secret)).toBeUndefined()
    expect(reasons(await tokens.revoke('test', person.id, long.token.id))).toEqual(['no-such-token'])
  })

  it('remember their use once a minute', async () => {
    const { tokens } = desk.identity
    const { secret, token } = accepted(await tokens.create(person, { name: 'x', rights: ['read'], days: 9 }))
    const used = async () =>
      (await tokens.list(asks(person), person.id)).find((each) => each.id === token.id)?.lastUsedAt
    expect(await used()).toBeUndefined()
    await tokens.of(secret)
    const first = await used()
    desk.clock.pass(59)
    await tokens.of(secret)
    expect(await used()).toBe(first)
    desk.clock.pass(1)
    await tokens.of(secret)
    expect(Date.parse((await used()) as string) - Date.parse(first as string)).toBe(60_000)
    await desk.ledger.close()
  })
})
