import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/identity/index.ts'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { Authenticator, type Otherwise } from './authenticator.ts'
import { accepted, addPerson, asks, auditOf, type Desk, openDesk, reasons } from './desk.ts'

afterAll(stopServer)

const site = { rpId: 'convenio.example', origin: 'https://convenio.example' }

describe.each(KINDS)('passkeys on %s', (kind) => {
  let desk: Desk
  let person: Person
  let addresses = 0
  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
    person = await addPerson(desk)
  }, 60_000)

  const register = async (device: Authenticator, whose = person, otherwise: Otherwise = {}) => {
    const options = await desk.identity.passkeys.registrationOptions(whose, site)
    return desk.identity.passkeys.register(whose, site, {
      name: 'Teléfono',
      response: device.create(options, site.origin, otherwise),
    })
  }
  const signIn = async (device: Authenticator, otherwise: Otherwise = {}) => {
    addresses += 1
    const options = await desk.identity.passkeys.signInOptions(site)
    const response = device.get(options, site.origin, otherwise)
    return desk.identity.passkeys.signIn(site, { response, address: `10.0.${addresses}.1` })
  }

  it('are made, sign in, are listed and removed', async () => {
    const { passkeys, people } = desk.identity
    const device = new Authenticator()
    const made = accepted(await register(device))
    expect(made).toMatchObject({ name: 'Teléfono', id: device.id.toString('base64url') })
    expect((await people.byId(person.id))?.signIn.passkeys).toBe(1)
    expect(accepted(await signIn(device)).id).toBe(person.id)
    expect(accepted(await signIn(device)).id).toBe(person.id)
    expect(await passkeys.list(asks(person), person.id)).toEqual([{ ...made, lastUsedAt: expect.any(String) }])
    expect(reasons(await register(device))).toEqual(['passkey-known'])
    const options = await passkeys.registrationOptions(person, site)
    expect(options.excludeCredentials?.map((each) => each.id)).toEqual([made.id])
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'preferred' })
    const other = await addPerson(desk)
    expect(reasons(await passkeys.remove('test', other.id, made.id))).toEqual(['no-such-passkey'])
    expect(await passkeys.remove('test', person.id, made.id)).toEqual({ removed: made.id })
    expect(reasons(await signIn(device))).toEqual(['passkey-refused'])
    expect((await auditOf(desk)).actions).toEqual(
      expect.arrayContaining(['passkey-added', 'passkey-removed', 'sign-in-failed']),
    )
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { rpId: 'evil.example' }],
    ['a challenge that was not asked', { challenge: Buffer.alloc(32).toString('base64url') }],
  ] satisfies [string, Otherwise][])('are neither made nor sign in with %s', async (_, otherwise) => {
    const device = new Authenticator()
    expect(reasons(await register(device, person, otherwise))).toEqual(['passkey-refused'])
    accepted(await register(device))
    expect(reasons(await signIn(device, otherwise))).toEqual(['passkey-refused'])
    accepted(await signIn(device))
  })

  it('do not sign in by another key, or for another person', async () => {
    const device = new Authenticator()
    accepted(await register(device))
    expect(reasons(await signIn(device, { forged: true }))).toEqual(['passkey-refused'])
    const other = await addPerson(desk)
    const userHandle = Buffer.from(other.id).toString('base64url')
    expect(reasons(await signIn(device, { userHandle }))).toEqual(['passkey-refused'])
    accepted(await signIn(device))
  })

  it('answer each challenge once, for five minutes, for what it was made and whom', async () => {
    const { passkeys } = desk.identity
    const device = new Authenticator()
    accepted(await register(device))
    const options = await passkeys.signInOptions(site)
    const answers = await Promise.all(
      [1, 2, 3].map((at) =>
        passkeys.signIn(site, { response: device.get(options, site.origin), address: `10.9.0.${at}` }),
      ),
    )
    expect(answers.filter((each) => 'id' in each)).toHaveLength(1)

    const late = await passkeys.signInOptions(site)
    desk.clock.pass(300)
    const response = device.get(late, site.origin)
    expect(reasons(await passkeys.signIn(site, { response, address: '10.9.1.1' }))).toEqual(['passkey-refused'])

    const other = await addPerson(desk)
    const theirs = await passkeys.registrationOptions(other, site)
    const made = new Authenticator().create(theirs, site.origin)
    expect(reasons(await passkeys.register(person, site, { name: 'x', response: made }))).toEqual(['passkey-refused'])
    const asked = await passkeys.registrationOptions(person, site)
    expect(reasons(await signIn(device, { challenge: asked.challenge }))).toEqual(['passkey-refused'])
  })

  it('that count backwards are refused, and those that never count are not', async () => {
    const device = new Authenticator()
    accepted(await register(device))
    accepted(await signIn(device, { counter: 7 }))
    expect(reasons(await signIn(device, { counter: 7 }))).toEqual(['passkey-counter'])
    expect(reasons(await signIn(device, { counter: 3 }))).toEqual(['passkey-counter'])
    expect(reasons(await signIn(device, { counter: 0 }))).toEqual(['passkey-counter'])
    accepted(await signIn(device, { counter: 8 }))
    const still = new Authenticator()
    accepted(await register(still))
    accepted(await signIn(still, { counter: 0 }))
    accepted(await signIn(still, { counter: 0 }))
  })

  it('sign nobody in who is disabled, and are not tried without end', async () => {
    const device = new Authenticator()
    const other = await addPerson(desk)
    accepted(await register(device, other))
    accepted(await desk.identity.people.change('test', other.id, { disabled: true }))
    expect(reasons(await signIn(device))).toEqual(['passkey-refused'])
    const { passkeys } = desk.identity
    const answers: string[] = []
    for (let at = 0; at < 51; at += 1) {
      const response = device.get(await passkeys.signInOptions(site), site.origin)
      answers.push(...reasons(await passkeys.signIn(site, { response, address: '10.8.8.8' })))
    }
    expect(answers).toEqual([...Array.from({ length: 50 }, () => 'passkey-refused'), 'too-many-attempts'])
  })

  it('answer anything that is sent with a refusal', async () => {
    const whoever = await addPerson(desk)
    const { passkeys } = desk.identity
    const bad = [{}, { id: 1 }, { id: 'x', response: null }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }]
    for (const [at, response] of bad.entries()) {
      expect(reasons(await passkeys.signIn(site, { response: response as never, address: `10.7.${at}.1` }))).toEqual([
        'passkey-refused',
      ])
      expect(reasons(await passkeys.register(whoever, site, { name: 'x', response: response as never }))).toEqual([
        'passkey-refused',
      ])
    }
    await desk.ledger.close()
  })
})
