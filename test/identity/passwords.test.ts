import { parseOptions } from '@node-rs/argon2'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countAttempt, lockSeconds } from '../../src/identity/attempts.ts'
import { Identity, PASSWORD_COST } from '../../src/identity/index.ts'
import { recordsOf } from '../../src/identity/parts.ts'
import { passwordFaults } from '../../src/identity/password-rules.ts'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { accepted, addPerson, auditOf, CHEAP, type Desk, GOOD, openDesk, reasons, withPassword } from './desk.ts'

afterAll(stopServer)

const whoever = { name: 'Marta Fuentealba', email: 'marta.fuentealba@wom.example' }

describe('a password', () => {
  it.each([
    ['corta', ['password-short']],
    ['Contraseña2025', ['password-common']],
    ['p4ssw0rd!!2024', ['password-common']],
    ['Qwertyuiop123', ['password-common']],
    ['123456789012', ['password-common']],
    ['abcabcabcabcabc', ['password-common']],
    ['aaaaaaaaaaaaaaaa', ['password-common']],
    ['bienvenido2025!', ['password-common']],
    ['MartaFuentealba1', ['password-own']],
    ['fuentealba2025', ['password-own']],
    ['clave', ['password-short', 'password-common']],
    ['x'.repeat(257), ['password-long']],
    [GOOD, []],
    ['marta tiene once gatos', []],
    ['correct horse battery staple', []],
    ['7kQ!v2-mW9zR', []],
  ])('%s: %j', (password, expected) => {
    const found = passwordFaults(password, whoever).map((each) => each.message.id.replace('identity/', ''))
    expect(found).toEqual(expected)
  })

  it('of random characters is never taken for a common one', () => {
    const alphabet = fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_.,')
    const random = fc.array(alphabet, { minLength: 24, maxLength: 60 }).filter((each) => new Set(each).size > 8)
    fc.assert(fc.property(random, (letters) => passwordFaults(letters.join(''), whoever).length === 0))
  })
})

describe.each(KINDS)('signing in by password on %s', (kind) => {
  let desk: Desk
  const signIn = (email: string, password: string, address = '200.1.2.3') =>
    desk.identity.passwords.signIn({ email, password, address })

  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
  }, 60_000)

  it('answers the person, however the email and the signs of the password are written', async () => {
    const person = await withPassword(desk, await addPerson(desk), 'ñandú camina por la pampa')
    expect(person.signIn.password).toBe(true)
    const spelled = 'ñandú camina por la pampa'.normalize('NFD')
    expect(accepted(await signIn(person.email.toUpperCase(), spelled))).toEqual(person)
  })

  it('answers the wrong password, the unknown, the disabled and the invited alike', async () => {
    const known = await withPassword(desk, await addPerson(desk))
    const disabled = await withPassword(desk, await addPerson(desk))
    await desk.identity.people.change('test', disabled.id, { disabled: true })
    const invited = await addPerson(desk)
    const answers = await Promise.all([
      signIn(known.email, 'lluvia sobre cinco pianos', '1.1.1.1'),
      signIn('nobody@wom.example', GOOD, '1.1.1.2'),
      signIn(disabled.email, GOOD, '1.1.1.3'),
      signIn(invited.email, GOOD, '1.1.1.4'),
      signIn(invited.email, 'x'.repeat(100_000), '1.1.1.5'),
    ])
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(reasons(answers[0] as object)).toEqual(['sign-in-failed'])
    const { text, actions } = await auditOf(desk)
    expect(actions.filter((each) => each === 'sign-in-failed')).toHaveLength(5)
    expect(text).not.toContain('nobody@wom.example')
    expect(text).not.toContain('pianos')
    expect(text).toContain('"1.1.1.0"')
  })

  it('spends a hash on everybody, also on who does not exist', async () => {
    const dear = new Identity(desk.ledger, { passwordCost: { memoryKib: 32_768, passes: 4, lanes: 1 } })
    const person = await addPerson(desk)
    const link = accepted(await dear.links.make('test', person.id, 'invitation'))
    accepted(await dear.links.setPassword(link.secret, GOOD))
    // The best of three, since the machine may be busy with something else.
    const took = async (email: string, net: string): Promise<number> => {
      const times: number[] = []
      for (const at of [1, 2, 3]) {
        const begun = performance.now()
        await dear.passwords.signIn({ email, password: 'wrong wrong wrong', address: `${net}.${at}` })
        times.push(performance.now() - begun)
      }
      return Math.min(...times)
    }
    await took('warm@up.example', '9.9.7')
    const [known, unknown] = [await took(person.email, '9.9.8'), await took('never@seen.example', '9.9.9')]
    expect(unknown).toBeGreaterThan(known / 3)
    expect(known).toBeGreaterThan(unknown / 3)
  })

  it('is locked after five failures, twice as long each time, whoever is meant', async () => {
    const person = await withPassword(desk, await addPerson(desk))
    for (const [at, email] of [person.email, 'not.there@wom.example'].entries()) {
      const address = `10.0.0.${at}`
      for (let failed = 1; failed <= 4; failed += 1)
        expect(reasons(await signIn(email, 'no', address))).toEqual(['sign-in-failed'])
      expect(reasons(await signIn(email, 'no', address))).toEqual(['sign-in-failed'])
      // The email is locked from anywhere; the address, from which a whole office may come, is not.
      expect(await signIn(email, GOOD, `10.9.9.${at}`)).toMatchObject({ refused: 'locked', retryAfterSeconds: 30 })
      expect(reasons(await signIn(`other${at}@wom.example`, GOOD, address))).toEqual(['sign-in-failed'])
    }
    desk.clock.pass(31)
    expect(reasons(await signIn(person.email, 'no', '10.0.1.1'))).toEqual(['sign-in-failed'])
    expect(await signIn(person.email, GOOD, '10.0.1.2')).toMatchObject({ retryAfterSeconds: 60 })
    desk.clock.pass(61)
    accepted(await signIn(person.email, GOOD, '10.0.1.2'))
    for (let failed = 1; failed <= 4; failed += 1) await signIn(person.email, 'no', '10.0.1.3')
    accepted(await signIn(person.email, GOOD, '10.0.1.3'))
    expect((await auditOf(desk)).actions).toContain('sign-in-locked')
  })

  it('lets no more than five of many at once try', async () => {
    const person = await withPassword(desk, await addPerson(desk))
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => signIn(person.email, `guess ${at}`, `10.2.${at}.1`)),
    )
    expect(answers.filter((each) => reasons(each)[0] === 'sign-in-failed')).toHaveLength(5)
    expect(answers.filter((each) => reasons(each)[0] === 'too-many-attempts')).toHaveLength(35)
  })

  it('does not let somebody with a password of their own try those of others without end', async () => {
    const own = await withPassword(desk, await addPerson(desk))
    const tried: string[] = []
    for (let round = 0; round < 80; round += 1) {
      tried.push(...('refused' in (await signIn(`victim${round}@wom.example`, 'no', '10.3.3.3')) ? ['no'] : []))
      const answer = await signIn(own.email, GOOD, '10.3.3.3')
      if ('refused' in answer && answer.refused === 'locked') break
    }
    expect(tried.length).toBeGreaterThan(5)
    expect(tried.length).toBeLessThanOrEqual(50)
  })

  it('forgets failures after a day', async () => {
    const from = { email: 'once@wom.example', address: '10.4.4.4' }
    for (let failed = 0; failed < 4; failed += 1) await signIn(from.email, 'no', from.address)
    desk.clock.pass(25 * 3600)
    for (let failed = 0; failed < 4; failed += 1)
      expect(reasons(await signIn(from.email, 'no', from.address))).toEqual(['sign-in-failed'])
  })

  it('takes all addresses of one IPv6 network for one', async () => {
    const parts = { ledger: desk.ledger, now: desk.clock.now, random: Buffer.alloc, memory: { forget() {} } }
    for (let at = 0; at < 50; at += 1) accepted(await countAttempt(parts, { address: `2001:db8:1:${at}::${at}` }))
    expect(reasons(await countAttempt(parts, { address: '2001:db8:1::ffff' }))).toEqual(['too-many-attempts'])
    accepted(await countAttempt(parts, { address: '2001:db8:2::1' }))
    accepted(await countAttempt(parts, { address: '192.0.2.1' }))
  })

  it('hashes anew what was hashed with other parameters', async () => {
    const person = await withPassword(desk, await addPerson(desk))
    const stored = async () => {
      const db = recordsOf({ ledger: desk.ledger, now: desk.clock.now, random: Buffer.alloc, memory: { forget() {} } })
      return (await db.selectFrom('passwords').select('hash').where('person', '=', person.id).executeTakeFirstOrThrow())
        .hash
    }
    expect(parseOptions(await stored()).memoryCost).toBe(CHEAP.memoryKib)
    const dear = new Identity(desk.ledger)
    accepted(await dear.passwords.signIn({ email: person.email, password: GOOD, address: '10.5.5.5' }))
    const { memoryKib, passes, lanes } = PASSWORD_COST
    expect(await stored()).toMatch(new RegExp(`^\\$argon2id\\$v=19\\$m=${memoryKib},t=${passes},p=${lanes}\\$`))
    accepted(await dear.passwords.signIn({ email: person.email, password: GOOD, address: '10.5.5.5' }))
  })

  it('changes by the current one alone, and ends all sessions', async () => {
    const person = await withPassword(desk, await addPerson(desk))
    const { passwords, sessions } = desk.identity
    const { cookie } = await sessions.begin(person, { way: 'password', address: '10.6.6.6', agent: '' })
    const next = 'siete volcanes duermen'
    const change = (current: string, wanted: string) =>
      passwords.change(person, { current, next: wanted, address: '10.6.6.6' })
    expect(reasons(await change('not it', next))).toEqual(['current-password-wrong'])
    expect(reasons(await change(GOOD, 'short'))).toEqual(['password-short'])
    expect(await sessions.of(cookie)).toBeDefined()
    const waiting = accepted(await desk.identity.links.make('test', person.id, 'password-reset'))
    expect(await change(GOOD, next)).toEqual({ changed: true })
    expect(reasons(await desk.identity.links.setPassword(waiting.secret, GOOD))).toEqual(['link-over'])
    expect(await sessions.of(cookie)).toBeUndefined()
    expect(reasons(await signIn(person.email, GOOD, '10.6.6.7'))).toEqual(['sign-in-failed'])
    accepted(await signIn(person.email, next, '10.6.6.7'))
    await desk.ledger.close()
  })
})

describe('the lock', () => {
  it('doubles from 30 seconds to an hour', () => {
    expect([1, 4, 5, 6, 7, 11, 12, 1000].map((failures) => lockSeconds(failures))).toEqual([
      0, 0, 30, 60, 120, 1920, 3600, 3600,
    ])
  })
})
