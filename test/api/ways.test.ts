import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COOKIE } from '../../src/api/access.ts'
import { Authenticator } from '../identity/authenticator.ts'
import { type RunningProvider, startProvider } from '../identity/provider.ts'
import { administrator, Browser, HOOK_MS, type Serving, serving } from './serving.ts'

let server: Serving
let admin: Browser
let provider: RunningProvider

beforeAll(async () => {
  server = await serving()
  admin = await administrator(server)
  provider = await startProvider(`${server.url}/api/v1/openid/company/callback`)
}, HOOK_MS)
afterAll(async () => {
  await provider.stop()
  await server.close()
})

describe('a passkey', () => {
  const device = new Authenticator()
  type Registration = { options: Parameters<Authenticator['create']>[0] }
  type Challenge = { options: Parameters<Authenticator['get']>[0] }

  test('is made by whoever is signed in, and signs them in without a password', async () => {
    const asked = await admin.ask<Registration>('POST', '/session/passkeys/options')
    const credential = device.create(asked.body.options, server.url)
    const made = await admin.ask('POST', '/session/passkeys', { name: 'Teléfono', credential })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'Teléfono', lastUsedAt: null })
    const browser = new Browser(server.url)
    const { body } = await browser.ask<Challenge>('POST', '/session/passkey/options')
    const answer = { credential: device.get(body.options, server.url) }
    const entered = await browser.ask('POST', '/session/passkey', answer)
    expect(entered.body).toMatchObject({ person: { name: 'Ana Soto' } })
    expect((await browser.ask('POST', '/session/passkey', answer)).status).toBe(401)
    const { items } = (await admin.ask<{ items: object[] }>('GET', '/session/passkeys')).body
    expect(items).toMatchObject([{ name: 'Teléfono', lastUsedAt: expect.stringContaining('2025-') }])
  })

  test('of another site signs nobody in', async () => {
    const browser = new Browser(server.url)
    const { body } = await browser.ask<Challenge>('POST', '/session/passkey/options')
    const credential = device.get(body.options, 'http://evil.example')
    expect((await browser.ask('POST', '/session/passkey', { credential })).status).toBe(401)
    expect(browser.cookies.has(COOKIE)).toBe(false)
  })

  test('is removed by its person', async () => {
    const id = device.id.toString('base64url')
    expect((await admin.ask('DELETE', `/session/passkeys/${id}`)).status).toBe(204)
    expect((await admin.ask('GET', '/session/passkeys')).body).toEqual({ items: [] })
  })
})

describe('a company’s sign-in', () => {
  const secret = { clientSecret: 'the secret of the client' }
  const settle = (more: object = {}) =>
    admin.ask('PUT', '/settings/provider', {
      ...{ name: 'Alder', issuer: provider.issuer, clientId: 'convenio', newPeople: ['planner'], ...secret },
      ...more,
    })
  const goes = async (browser: Browser, to: string) => {
    const begun = await browser.ask('GET', `/openid/company?to=${encodeURIComponent(to)}`)
    expect(begun.status).toBe(302)
    const query = await provider.visit(begun.headers.get('location') ?? '')
    return { query, back: () => browser.ask('GET', `/openid/company/callback${query}`) }
  }
  const told = { sub: 'u-1', email: 'nora@alder.example', email_verified: true, name: 'Nora Vidal' }

  test('adds somebody new with the role that was settled, and brings them to the page they wanted', async () => {
    expect((await settle()).status).toBe(204)
    provider.next = told
    const browser = new Browser(server.url)
    const way = await goes(browser, '/clauses?verdict=breached')
    expect([...browser.cookies.keys()]).toEqual(['convenio-openid'])
    const ended = await way.back()
    expect(ended.status).toBe(302)
    expect(ended.headers.get('location')).toBe('/clauses?verdict=breached')
    expect([...browser.cookies.keys()]).toEqual([COOKIE])
    const { body } = await browser.ask('GET', '/session')
    expect(body).toMatchObject({ person: { name: 'Nora Vidal', roles: ['planner'] } })
    expect((await browser.ask('PATCH', '/session/person', { language: 'es' })).status).toBe(200)
  })

  test('is bound to the browser that began it, and good for once', async () => {
    const mine = new Browser(server.url)
    const way = await goes(mine, '/')
    const stranger = new Browser(server.url)
    const taken = await stranger.ask('GET', `/openid/company/callback${way.query}`)
    expect(taken.headers.get('location')).toBe('/sign-in?fault=openid-state')
    expect(stranger.cookies.has(COOKIE)).toBe(false)
    expect((await way.back()).headers.get('location')).toBe('/sign-in?fault=openid-state')
  })

  test('leads to no other site', async () => {
    const browser = new Browser(server.url)
    const way = await goes(browser, 'https://evil.example/')
    expect((await way.back()).headers.get('location')).toBe('/')
  })

  test('tells the page why somebody may not come in', async () => {
    await settle({ newPeople: [] })
    provider.next = { ...told, sub: 'u-2', email: 'omar@alder.example' }
    const way = await goes(new Browser(server.url), '/')
    expect((await way.back()).headers.get('location')).toBe('/sign-in?fault=openid-unknown-person')
  })

  test('of a company that does not answer is told to the page', async () => {
    await settle({ issuer: 'http://127.0.0.1:9' })
    const begun = await new Browser(server.url).ask('GET', '/openid/company')
    expect(begun.status).toBe(302)
    expect(begun.headers.get('location')).toBe('/sign-in?fault=openid-unreachable')
  })
})
