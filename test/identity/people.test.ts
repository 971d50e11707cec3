import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FAMILIES, identityWords, RIGHTS, ROLES, type Role } from '../../src/identity/index.ts'
import { LANGUAGES } from '../../src/language/index.ts'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { accepted, addPerson, asks, auditOf, type Desk, openDesk, reasons, withPassword } from './desk.ts'

afterAll(stopServer)

describe.each(KINDS)('people on %s', (kind) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
  }, 60_000)

  it('are added, listed, found and changed, each with its audit entry', async () => {
    const { people } = desk.identity
    const ana = await addPerson(desk, { name: 'Ana Rojas', email: ' Ana.Rojas@WOM.example ', roles: ['administrator'] })
    expect(ana).toMatchObject({
      email: 'ana.rojas@wom.example',
      language: 'es',
      disabled: false,
      signIn: { password: false, passkeys: 0, oidc: false },
    })
    const luis = await addPerson(desk, { name: 'Luis', roles: ['customer'], customers: ['cliente-7'], language: 'en' })
    expect(await people.byEmail('ANA.ROJAS@wom.example')).toEqual(ana)
    expect(await people.byId(luis.id)).toEqual(luis)
    expect((await people.list(asks(ana))).map((each) => each.name)).toEqual(['Ana Rojas', 'Luis'])
    expect(await people.list(asks(luis))).toEqual([luis])
    expect(await people.seen(asks(luis), ana.id)).toBeUndefined()

    const changed = accepted(await people.change('test', luis.id, { roles: ['finance', 'quality'], customers: [] }))
    expect(await people.byId(luis.id)).toEqual(changed)
    expect(changed.roles).toEqual(['finance', 'quality'])
    const audit = await auditOf(desk)
    expect(audit.actions).toEqual(['person-added', 'person-added', 'person-changed'])
    // The chain is for good: what somebody is called is not written into it.
    expect(audit.text).not.toMatch(/ana\.rojas|Luis/i)
  })

  it('are refused with all that is wrong with them', async () => {
    const { people } = desk.identity
    const bad = { name: 'x\u202ey', email: 'nobody', roles: ['customer', 'finance'] as Role[], customers: ['a\nb'] }
    expect(reasons(await people.create('test', bad))).toEqual([
      'bad-name',
      'bad-email',
      'customer-alone',
      'bad-customer',
    ])
    const email = 'ANA.rojas@wom.example'
    expect(reasons(await people.create('test', { name: 'Otra', email, roles: ['finance'] }))).toEqual(['email-taken'])
    const alone = { name: 'C', email: 'c@x.cl', roles: ['customer'] as Role[] }
    expect(reasons(await people.create('test', alone))).toEqual(['customers-and-role'])
    expect(reasons(await people.create('test', { ...alone, roles: [] }))).toEqual(['bad-roles'])
    expect(reasons(await people.change('test', 'nobody', { name: 'x' }))).toEqual(['no-such-person'])
  })

  it('always leave one administrator, also when two take each other’s role at once', async () => {
    const { people } = desk.identity
    const ana = (await people.byEmail('ana.rojas@wom.example')) as { id: string }
    expect(reasons(await people.change('test', ana.id, { disabled: true }))).toEqual(['last-administrator'])
    expect(reasons(await people.change('test', ana.id, { roles: ['director'] }))).toEqual(['last-administrator'])
    const eva = await addPerson(desk, { roles: ['administrator', 'director'] })
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all([
        people.change('test', ana.id, { disabled: true }),
        people.change('test', eva.id, { roles: ['director'] }),
      ])
      expect(outcomes.filter((each) => 'refused' in each)).toHaveLength(1)
      accepted(await people.change('test', ana.id, { disabled: false, roles: ['administrator'] }))
      accepted(await people.change('test', eva.id, { roles: ['administrator'] }))
    }
  })

  it('who are disabled are signed out, and their tokens give nothing', async () => {
    const { people, sessions, tokens } = desk.identity
    const person = await withPassword(desk, await addPerson(desk, { roles: ['finance'] }))
    const { cookie } = await sessions.begin(person, { way: 'password', address: '10.1.2.3', agent: '' })
    const made = accepted(await tokens.create(person, { name: 'script', rights: ['read'], days: 1 }))
    expect(await sessions.of(cookie)).toBeDefined()
    expect(await tokens.of(made.secret)).toBeDefined()
    accepted(await people.change('test', person.id, { disabled: true }))
    expect(await sessions.of(cookie)).toBeUndefined()
    expect(await tokens.of(made.secret)).toBeUndefined()
    expect(reasons(await desk.identity.links.make('test', person.id, 'invitation'))).toEqual(['person-disabled'])
    await desk.ledger.close()
  })
})

describe('words', () => {
  it('name every role, right and family in both languages', () => {
    const words = identityWords()
    const wanted = [
      ...ROLES.map((each) => `role.${each}`),
      ...RIGHTS.map((each) => `right.${each}`),
      ...FAMILIES.map((each) => `family.${each}`),
    ]
    for (const id of wanted) for (const language of LANGUAGES) expect(words[id]?.[language], id).toBeTruthy()
  })
})
