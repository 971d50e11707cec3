import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COOKIE } from '../../src/api/access.ts'
import { pathOf } from '../../src/api/routes/session/openid.ts'
import { GOOD } from '../identity/desk.ts'
import { administrator, Browser, HOOK_MS, invited, type Serving, serving } from './serving.ts'

type Told = {
  person: { name: string; language: string } | null
  csrf: string | null
  empty: boolean
  rights: string[]
  families: string[]
  customer: boolean
  agreement: { title: string } | null
}

let server: Serving
let admin: Browser

beforeAll(async () => {
  server = await serving()
}, HOOK_MS)
afterAll(() => server.close())

function enter(email: string, password: string, browser = new Browser(server.url)) {
  return browser.ask<Told>('POST', '/session', { email, password })
}

describe('the first start', () => {
  test('tells whoever comes that nobody is here yet, and nothing of the agreement', async () => {
    const { body } = await new Browser(server.url).ask<Told>('GET', '/session')
    expect(body).toMatchObject({ person: null, csrf: null, empty: true, trial: true, agreement: null, rights: [] })
    expect(body).toMatchObject({ providers: [], today: '2025-06-15', version: '0.0.1' })
  })

  test('refuses a link that is not the one of the log, and a poor password with its reason', async () => {
    const said = { name: 'Ana', email: 'ana@alder.example', password: GOOD, link: 'x'.repeat(43) }
    expect((await new Browser(server.url).ask('POST', '/first-administrator', said)).status).toBe(403)
    const link = server.firstAdministrator?.split('#')[1]
    const poor = await new Browser(server.url).ask('POST', '/first-administrator', { ...said, link, password: '1234' })
    expect(poor.status).toBe(400)
    expect(JSON.stringify(poor.body.errors)).toContain('at least')
  })

  test('makes the administrator, who is signed in at once; the link works once', async () => {
    admin = await administrator(server)
    const { body } = await admin.ask<Told>('GET', '/session')
    expect(body).toMatchObject({
      person: { name: 'Ana Soto', roles: ['administrator'] },
      empty: false,
      customer: false,
    })
    expect(body.rights).toContain('people')
    expect(body.families).toHaveLength(6)
    expect(body.agreement?.title).toContain('Cloud Alliance Agreement')
    await expect(administrator(server)).rejects.toThrow()
    expect((await new Browser(server.url).ask<Told>('GET', '/session')).body.empty).toBe(false)
  })
})

describe('signing in', () => {
  test('gives a cookie that no script reads and no other site sends', async () => {
    const { status, headers } = await enter('ANA@alder.example', GOOD)
    expect(status).toBe(200)
    const [cookie = ''] = headers.getSetCookie()
    expect(cookie).toMatch(new RegExp(`^${COOKIE}=[\\w-]{43};`))
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).toMatch(/Path=\//)
    expect(cookie).not.toMatch(/Secure/)
  })

  test('is refused in the same words whether or not somebody has the email', async () => {
    const [known, unknown] = [await enter('ana@alder.example', 'wrong'), await enter('nobody@alder.example', 'wrong')]
    expect([known.status, unknown.status]).toEqual([401, 401])
    expect({ ...known.body, instance: '' }).toEqual({ ...unknown.body, instance: '' })
    expect(known.headers.getSetCookie()).toEqual([])
    await enter('ana@alder.example', GOOD)
  })

  test('ends the session that the browser had before', async () => {
    const browser = new Browser(server.url)
    await enter('ana@alder.example', GOOD, browser)
    const before = new Map(browser.cookies)
    await enter('ana@alder.example', GOOD, browser)
    const old = new Browser(server.url)
    old.cookies.set(COOKIE, before.get(COOKIE) as string)
    expect((await old.ask<Told>('GET', '/session')).body.person).toBeNull()
    expect((await browser.ask<Told>('GET', '/session')).body.person?.name).toBe('Ana Soto')
  })

  test('and out again: the cookie is gone and worth nothing', async () => {
    const browser = new Browser(server.url)
    await enter('ana@alder.example', GOOD, browser)
    const value = browser.cookies.get(COOKIE) as string
    expect((await browser.ask('DELETE', '/session')).status).toBe(204)
    expect(browser.cookies.has(COOKIE)).toBe(false)
    browser.cookies.set(COOKIE, value)
    expect((await browser.ask<Told>('GET', '/session')).body.person).toBeNull()
  })
})

describe('writes', () => {
  test('need the token of the session and none of another', async () => {
    const { csrf } = admin
    for (const wrong of [null, '', `${csrf}x`, 'ñ']) {
      admin.csrf = wrong === 'ñ' ? 'n' : wrong
      expect((await admin.ask('PATCH', '/session/person', { name: 'Eve' })).status).toBe(403)
    }
    admin.csrf = csrf
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect((await admin.ask('PATCH', '/session/person', { name: 'Eve' }, foreign)).status).toBe(403)
    expect((await admin.ask<Told>('GET', '/session')).body.person?.name).toBe('Ana Soto')
  })

  test('change one’s own name and language, and answer in it', async () => {
    const { body } = await admin.ask<Told>('PATCH', '/session/person', { name: 'Ana Soto Díaz', language: 'es' })
    expect(body.person).toMatchObject({ name: 'Ana Soto Díaz', language: 'es' })
    const refused = await admin.ask('PATCH', '/session/person', { name: 'a\u202eb' })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body.errors)).toContain('una línea')
    await admin.ask('PATCH', '/session/person', { name: 'Ana Soto', language: 'en' })
  })
})

describe('one’s own', () => {
  test('sessions are listed with the current one, and another can be ended', async () => {
    const other = new Browser(server.url, { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' })
    await other.ask('POST', '/session', { email: 'ana@alder.example', password: GOOD })
    type Sessions = { items: { id: string; current: boolean; agent: string; address: string }[] }
    const { items } = (await admin.ask<Sessions>('GET', '/session/sessions')).body
    expect(items.filter((each) => each.current)).toHaveLength(1)
    const firefox = items.find((each) => each.agent === 'Firefox 140, Linux')
    expect(firefox).toMatchObject({ current: false, address: '127.0.0.0' })
    expect((await admin.ask('DELETE', `/session/sessions/${firefox?.id}`)).status).toBe(204)
    expect((await admin.ask('DELETE', `/session/sessions/${firefox?.id}`)).status).toBe(404)
    expect((await other.ask<Told>('GET', '/session')).body.person).toBeNull()
  })

  test('sessions of others cannot be ended', async () => {
    const quality = await invited(server, admin, { name: 'Quim', email: 'quim@alder.example', roles: ['quality'] })
    const { items } = (await admin.ask<{ items: { id: string }[] }>('GET', '/session/sessions')).body
    for (const { id } of items) expect((await quality.ask('DELETE', `/session/sessions/${id}`)).status).toBe(404)
    expect((await admin.ask<Told>('GET', '/session')).body.person).not.toBeNull()
  })

  test('password: the current one is asked for, all other sessions end, this browser stays', async () => {
    const said = { name: 'Pia', email: 'pia@alder.example', roles: ['planner'] }
    const one = await invited(server, admin, said)
    const other = new Browser(server.url)
    await other.ask('POST', '/session', { email: said.email, password: GOOD })
    const next = 'otra lluvia sobre cuatro pianos'
    const wrong = await one.ask('PUT', '/session/password', { current: 'wrong', password: next })
    expect(wrong.status).toBe(403)
    const key = { 'idempotency-key': 'change-once-1' }
    const changed = await one.ask('PUT', '/session/password', { current: GOOD, password: next }, key)
    expect(changed.status).toBe(200)
    expect((await other.ask<Told>('GET', '/session')).body.person).toBeNull()
    expect((await one.ask('PATCH', '/session/person', { name: 'Pía' })).status).toBe(200)
    const entered = await new Browser(server.url).ask('POST', '/session', { email: said.email, password: next })
    expect(entered.status).toBe(200)
  })

  test('passkeys: options are for this site and this person; what no authenticator made is refused', async () => {
    type Options = { options: { rp: { id: string }; user: { name: string }; challenge: string } }
    const { body, status } = await admin.ask<Options>('POST', '/session/passkeys/options')
    expect(status).toBe(200)
    expect(body.options).toMatchObject({ rp: { id: 'localhost' }, user: { name: 'ana@alder.example' } })
    const made = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: { clientDataJSON: 'e30' } }
    const added = await admin.ask('POST', '/session/passkeys', { name: 'key', credential: made })
    expect(added.status).toBe(403)
    expect((await admin.ask('POST', '/session/passkeys', { name: 'key', credential: {} })).status).toBe(400)
    expect((await admin.ask('GET', '/session/passkeys')).body).toEqual({ items: [] })
    expect((await admin.ask('DELETE', '/session/passkeys/AAAA')).status).toBe(404)
  })

  test('passkeys: signing in with one that nobody has', async () => {
    const browser = new Browser(server.url)
    const { body } = await browser.ask<{ options: { rpId: string } }>('POST', '/session/passkey/options')
    expect(body.options.rpId).toBe('localhost')
    const made = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: { clientDataJSON: 'e30' } }
    expect((await browser.ask('POST', '/session/passkey', { credential: made })).status).toBe(401)
    const odd = { ...made, response: { userHandle: 5 } }
    expect((await browser.ask('POST', '/session/passkey', { credential: odd })).status).toBe(400)
  })
})

describe('links', () => {
  test('say whom they invite, work once, and are refused after it', async () => {
    const made = await admin.ask<{ link: string }>('POST', '/people', {
      name: 'Olga',
      email: 'olga@alder.example',
      roles: ['operations'],
    })
    const secret = made.body.link.split('/invitation#')[1]
    const guest = new Browser(server.url)
    const seen = await guest.ask('GET', `/invitations/${secret}`)
    expect(seen.body).toEqual({ name: 'Olga', email: 'olga@alder.example', purpose: 'invitation' })
    expect((await guest.ask('POST', `/invitations/${secret}`, { password: 'olga olga' })).status).toBe(400)
    expect((await guest.ask<Told>('POST', `/invitations/${secret}`, { password: GOOD })).body.person?.name).toBe('Olga')
    expect((await guest.ask('GET', `/invitations/${secret}`)).status).toBe(403)
    const again = await new Browser(server.url).ask('POST', `/invitations/${secret}`, { password: GOOD })
    expect(again.status).toBe(403)
  })
})

describe('the page to come back to', () => {
  const origin = 'https://convenio.example'
  test.each([
    ['/why/commitment/year-1?as-of=2025-01-31#x', '/why/commitment/year-1?as-of=2025-01-31#x'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/\t/evil.example/', '/'],
    ['/.//evil.example/', '/'],
    ['/a/..//evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
  ])('%s is %s', (given, wanted) => {
    expect(pathOf(given, origin)).toBe(wanted)
    expect(new URL(pathOf(given, origin), origin).origin).toBe(origin)
  })

  test('a company that was not settled is not there', async () => {
    for (const path of ['/openid/company', '/openid/other', '/openid/company/callback?code=1&state=2'])
      expect((await new Browser(server.url).ask('GET', path)).status).toBe(404)
  })
})

// Last, because it locks somebody out.
describe('guessing', () => {
  test('is locked after several failures, with the time to wait, for the right password too', async () => {
    const other = new Browser(server.url)
    const answers = []
    for (let times = 0; times < 6; times += 1) answers.push(await enter('ana@alder.example', 'wrong', other))
    const last = answers.at(-1)
    expect(last?.status).toBe(429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(JSON.stringify(last?.body)).toContain('seconds')
    expect((await enter('ana@alder.example', GOOD)).status).toBe(429)
  })
})
