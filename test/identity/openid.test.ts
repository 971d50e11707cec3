import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPENID_SETTING, type OpenIdConfig, openIdConfig } from '../../src/identity/index.ts'
import { newInstallation, stopServer } from '../evidence/places.ts'
import { accepted, addPerson, auditOf, clockFrom, type Desk, openDesk, reasons } from './desk.ts'
import { type Account, type RunningProvider, startProvider } from './provider.ts'

let desk: Desk
let provider: RunningProvider
let addresses = 0

beforeAll(async () => {
  provider = await startProvider()
  // The library compares the provider's times with the machine's clock.
  desk = await openDesk(await newInstallation('pglite'), clockFrom(new Date().toISOString()))
}, 60_000)
afterAll(async () => {
  await provider.stop()
  await desk.ledger.close()
  await stopServer()
})

function config(more: object = {}, secret = 'the secret of the client'): OpenIdConfig {
  const value = JSON.stringify({ issuer: provider.issuer, clientId: 'convenio', ...more })
  return accepted(openIdConfig(new Map([[OPENID_SETTING, value]]), secret) as object) as OpenIdConfig
}

const begin = (how: OpenIdConfig) =>
  desk.identity.openId.begin(how, { redirectUri: provider.redirectUri, returnTo: '/clauses?verdict=breached' })
const finish = (how: OpenIdConfig, query: string, binding: string) => {
  addresses += 1
  return desk.identity.openId.finish(how, { query, binding, address: `10.0.${addresses}.1` })
}

async function signIn(account: Account, how = config()) {
  provider.next = account
  const begun = accepted(await begin(how))
  return finish(how, await provider.visit(begun.url), begun.binding)
}

describe('signing in at a company', () => {
  it('finds a person by verified email once, and by the company’s own name from then on', async () => {
    const person = await addPerson(desk, { email: 'inés@wom.example', roles: ['finance'] })
    const account = { sub: 's-1', email: 'Inés@WOM.example', email_verified: true }
    const first = accepted(await signIn(account))
    expect(first).toEqual({
      person: { ...person, signIn: { password: false, passkeys: 0, oidc: true } },
      returnTo: '/clauses?verdict=breached',
    })
    expect(accepted(await signIn({ sub: 's-1', email: 'renamed@wom.example', email_verified: false })).person.id).toBe(
      person.id,
    )
    // Whoever gets that email at the company later is somebody else.
    expect(reasons(await signIn({ ...account, sub: 's-2' }))).toEqual(['openid-other-account'])
    expect((await auditOf(desk)).actions).toEqual(expect.arrayContaining(['company-account-tied', 'sign-in-failed']))
  })

  it('refuses an email that is not verified, a person nobody knows, and one disabled', async () => {
    const person = await addPerson(desk)
    expect(reasons(await signIn({ sub: 's-3', email: person.email, email_verified: false }))).toEqual([
      'openid-unverified',
    ])
    expect(reasons(await signIn({ sub: 's-3', email: person.email }))).toEqual(['openid-unverified'])
    expect(reasons(await signIn({ sub: 's-4', email: 'who@wom.example', email_verified: true }))).toEqual([
      'openid-unknown-person',
    ])
    accepted(await signIn({ sub: 's-3', email: person.email, email_verified: true }))
    accepted(await desk.identity.people.change('test', person.id, { disabled: true }))
    expect(reasons(await signIn({ sub: 's-3', email: person.email, email_verified: true }))).toEqual([
      'openid-unknown-person',
    ])
  })

  it('adds who is not known, where the setting says so', async () => {
    const how = config({ create: { roles: ['auditor'] } })
    const account = {
      sub: 's-5',
      email: 'nueva@wom.example',
      email_verified: true,
      name: 'Nueva Pérez',
      locale: 'en-GB',
    }
    const { person } = accepted(await signIn(account, how))
    expect(person).toMatchObject({ name: 'Nueva Pérez', roles: ['auditor'], language: 'en', customers: [] })
  })

  it('lets roles follow groups, but for the last administrator', async () => {
    const groups = { claim: 'groups', roles: { 'wom-finance': ['finance'], 'wom-ops': ['operations', 'planner'] } }
    const how = config({ groups, create: { roles: ['auditor'] } })
    const account = { sub: 's-6', email: 'grupo@wom.example', email_verified: true }
    const roles = async (names: unknown) => accepted(await signIn({ ...account, groups: names }, how)).person.roles
    expect(await roles(['wom-ops', 'other'])).toEqual(['operations', 'planner'])
    expect(await roles('wom-finance')).toEqual(['finance'])
    expect(reasons(await signIn({ ...account, groups: ['constructor', 'other'] }, how))).toEqual(['openid-no-role'])
    const boss = await addPerson(desk, { roles: ['administrator'] })
    const chief = { sub: 's-7', email: boss.email, email_verified: true, groups: ['wom-finance'] }
    expect(accepted(await signIn(chief, how)).person.roles).toEqual(['administrator', 'finance'])
  })

  it('is refused with a wrong state, another browser, a replayed answer or code, a changed code', async () => {
    const how = config()
    await addPerson(desk, { email: 'leo@wom.example' })
    provider.next = { sub: 's-8', email: 'leo@wom.example', email_verified: true }
    const begun = accepted(await begin(how))
    const query = await provider.visit(begun.url)
    const other = accepted(await begin(how))
    expect(reasons(await finish(how, query.replace(/state=[^&]*/, 'state=x'), begun.binding))).toEqual(['openid-state'])
    const code = new URLSearchParams(query).get('code') as string
    const stateOf = (url: string) => new URL(url).searchParams.get('state') as string
    accepted(await finish(how, query, begun.binding))
    expect(reasons(await finish(how, query, begun.binding))).toEqual(['openid-state'])
    const replayed = new URLSearchParams({ code, state: stateOf(other.url), iss: provider.issuer })
    expect(reasons(await finish(how, `?${replayed}`, other.binding))).toEqual(['openid-refused'])
    const third = accepted(await begin(how))
    expect(reasons(await finish(how, await provider.visit(third.url), begun.binding))).toEqual(['openid-state'])
    const fourth = accepted(await begin(how))
    desk.clock.pass(601)
    expect(reasons(await finish(how, await provider.visit(fourth.url), fourth.binding))).toEqual(['openid-state'])
    const said = `?${new URLSearchParams({ error: 'access_denied', state: stateOf(accepted(await begin(how)).url) })}`
    expect(reasons(await finish(how, said, begun.binding))).toEqual(['openid-state'])
  })

  it('is refused where the provider does not answer or knows another secret', async () => {
    const nowhere = config({ issuer: 'http://127.0.0.1:9' })
    expect(reasons(await begin(nowhere))).toEqual(['openid-unreachable'])
    const wrong = config({}, 'not the secret')
    provider.next = { sub: 's-8' }
    const begun = accepted(await begin(wrong))
    expect(reasons(await finish(wrong, await provider.visit(begun.url), begun.binding))).toEqual(['openid-refused'])
  })
})

describe('the setting', () => {
  it.each([
    ['{', ['sign-in.openid']],
    ['{"issuer":"http://login.example","clientId":"x"}', ['issuer']],
    ['{"issuer":"no","clientId":""}', ['issuer', 'clientId']],
    ['{"issuer":"https://a.example","clientId":"x","clientSecret":"y"}', ['sign-in.openid']],
    ['{"issuer":"https://a.example","clientId":"x","create":{"roles":["customer"]}}', ['create.roles']],
    ['{"issuer":"https://a.example","clientId":"x","create":{"roles":["king"]}}', ['create.roles.0']],
  ])('%s is refused at %j', (value, fields) => {
    const read = openIdConfig(new Map([[OPENID_SETTING, value]]))
    const named = read && 'refused' in read ? read.faults.map((each) => each.message.params.field) : 'accepted'
    expect([...new Set(named)]).toEqual(fields)
  })

  it('is absent where nobody set it', () => {
    expect(openIdConfig(new Map())).toBeUndefined()
    expect(openIdConfig(new Map([[OPENID_SETTING, ' ']]))).toBeUndefined()
  })
})
