import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/identity/index.ts'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { accepted, addPerson, auditOf, type Desk, GOOD, openDesk, reasons, withPassword } from './desk.ts'

afterAll(stopServer)

const eva = { name: 'Eva', email: 'eva@wom.example', password: GOOD }

describe.each(KINDS)('one-time links on %s', (kind) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
  }, 60_000)

  it('make the first administrator, once, of the newest start alone', async () => {
    const { links } = desk.identity
    const old = (await links.firstAdministrator()) as { secret: string }
    const link = (await links.firstAdministrator()) as { secret: string; expiresAt: string }
    expect(link.expiresAt).toBe('2025-06-02T12:00:00.000Z')
    expect(reasons(await links.becomeAdministrator(old.secret, eva))).toEqual(['link-over'])
    expect(await links.look(link.secret)).toEqual({ kind: 'first-administrator' })
    expect(reasons(await links.becomeAdministrator(link.secret, { ...eva, password: 'eva', email: 'x' }))).toEqual([
      'bad-email',
      'password-short',
      'password-common',
    ])
    expect(reasons(await links.setPassword(link.secret, GOOD))).toEqual(['link-over'])
    const answers = await Promise.all(
      [1, 2, 3, 4].map((at) => links.becomeAdministrator(link.secret, { ...eva, email: `eva${at}@wom.example` })),
    )
    expect(answers.filter((each) => 'id' in each)).toHaveLength(1)
    expect(answers.find((each) => 'id' in each)).toMatchObject({ roles: ['administrator'], signIn: { password: true } })
    expect(await links.firstAdministrator()).toBeUndefined()
    const { text } = await auditOf(desk)
    expect(text).not.toContain(link.secret)
    expect(text).not.toContain(GOOD)
  })

  it('invite for seven days and reset for an hour, each once, the newest alone', async () => {
    const { links, sessions } = desk.identity
    const person = await addPerson(desk)
    const older = accepted(await links.make('test', person.id, 'invitation'))
    const link = accepted(await links.make('test', person.id, 'invitation'))
    expect(link.expiresAt).toBe('2025-06-08T12:00:00.000Z')
    expect(reasons(await links.look(older.secret))).toEqual(['link-over'])
    expect(await links.look(link.secret)).toEqual({ kind: 'invitation', person })
    expect(reasons(await links.setPassword(link.secret, 'password'))).toEqual(['password-short', 'password-common'])
    const answers = await Promise.all([1, 2, 3, 4].map(() => links.setPassword(link.secret, GOOD)))
    expect(answers.filter((each) => 'id' in each)).toHaveLength(1)

    const { cookie } = await sessions.begin(person, { way: 'link', address: '::1', agent: '' })
    const reset = accepted(await links.make('test', person.id, 'password-reset'))
    desk.clock.pass(3599)
    expect(await sessions.of(cookie)).toBeDefined()
    accepted(await links.setPassword(reset.secret, 'otra cosa muy distinta'))
    expect(await sessions.of(cookie)).toBeUndefined()
    const late = accepted(await links.make('test', person.id, 'password-reset'))
    desk.clock.pass(3600)
    expect(reasons(await links.setPassword(late.secret, GOOD))).toEqual(['link-over'])
    expect(reasons(await links.make('test', 'nobody', 'invitation'))).toEqual(['no-such-person'])
  })

  it('give nothing to somebody disabled since', async () => {
    const { links, people } = desk.identity
    const person = await addPerson(desk)
    const link = accepted(await links.make('test', person.id, 'invitation'))
    accepted(await people.change('test', person.id, { disabled: true }))
    expect(reasons(await links.setPassword(link.secret, GOOD))).toEqual(['link-over'])
    await desk.ledger.close()
  })

  it('let whoever starts the server in while no administrator can sign in', async () => {
    const other = await openDesk(await newInstallation(kind))
    const { links, people } = other.identity
    const invited = await addPerson(other, { email: eva.email, roles: ['administrator'] })
    await withPassword(other, await addPerson(other, { roles: ['director'] }))
    const link = (await links.firstAdministrator()) as { secret: string }
    other.clock.pass(24 * 3600)
    expect(reasons(await links.becomeAdministrator(link.secret, eva))).toEqual(['link-over'])
    const again = (await links.firstAdministrator()) as { secret: string }
    const first = accepted(await links.becomeAdministrator(again.secret, eva)) as Person
    expect(first.id).toBe(invited.id)
    expect(await people.byEmail(eva.email)).toMatchObject({ roles: ['administrator'], signIn: { password: true } })
    await other.ledger.close()
  }, 60_000)
})
