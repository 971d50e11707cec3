import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/evidence/ledger/index.ts'
import { GOOD } from '../identity/desk.ts'
import { administrator, Browser, HOOK_MS, invited, type Serving, serving } from './serving.ts'

type Person = { id: string; name: string; email: string; roles: string[]; customers: string[]; disabled: boolean }
type Token = { id: string; text: string; revokedAt: string | null; rights: string[] }

let server: Serving
let admin: Browser
let finance: Browser

beforeAll(async () => {
  server = await serving()
  admin = await administrator(server)
  finance = await invited(server, admin, { name: 'Fe Ríos', email: 'fe@alder.example', roles: ['finance'] })
}, HOOK_MS)
afterAll(() => server.close())

const people = async () => (await admin.ask<{ items: Person[] }>('GET', '/people')).body.items
const idOf = async (email: string) => (await people()).find((each) => each.email === email)?.id ?? ''

describe('roles', () => {
  test('are told with what they see and do, in the language that is asked for, and customers with evidence', async () => {
    type Roles = { roles: { id: string; name: string; families: string[]; rights: string[] }[]; customers: string[] }
    const { body } = await admin.ask<Roles>('GET', '/roles', undefined, { 'accept-language': 'es' })
    expect(body.customers).toEqual(['C-001', 'C-002'])
    expect(body.roles.find((each) => each.id === 'auditor')).toEqual({
      id: 'auditor',
      name: 'auditor, solo lectura',
      families: ['commercial', 'service', 'programme', 'governance', 'compliance', 'terms'],
      rights: ['read', 'audit', 'imports'],
    })
    expect(body.roles.find((each) => each.id === 'customer')?.families).toEqual([])
  })
})

describe('people', () => {
  test('are for whoever has the right, and nobody else', async () => {
    for (const [method, path, body] of [
      ['GET', '/people'],
      ['GET', '/roles'],
      ['POST', '/people', { name: 'X', email: 'x@alder.example', roles: ['director'] }],
      ['PATCH', `/people/${await idOf('fe@alder.example')}`, { roles: ['administrator'] }],
      ['POST', `/people/${await idOf('fe@alder.example')}/link`],
    ] as const) {
      expect((await finance.ask(method, path, body)).status, `${method} ${path}`).toBe(403)
      expect((await new Browser(server.url).ask(method, path, body)).status, `${method} ${path}`).toBe(401)
    }
    expect((await people()).map((each) => each.name)).toEqual(['Ana Soto', 'Fe Ríos'])
  })

  test('are refused with every fault and its field', async () => {
    const said = { name: 'a\u0007', email: 'no address', roles: ['customer', 'director'] }
    const { status, body } = await admin.ask<{ errors: { place: string }[] }>('POST', '/people', said)
    expect(status).toBe(400)
    expect(body.errors.map((each) => each.place)).toEqual(['body.name', 'body.email', 'body.roles'])
    const taken = { name: 'Fe', email: 'FE@alder.example', roles: ['planner'] }
    expect((await admin.ask('POST', '/people', taken)).status).toBe(409)
  })

  test('a customer’s user belongs to customers, and is told so', async () => {
    const said = { name: 'Cleo', email: 'cleo@clinic.example', roles: ['customer'] }
    expect((await admin.ask('POST', '/people', said)).status).toBe(400)
    const cleo = await invited(server, admin, { ...said, customers: ['C-001'] })
    const { body } = await cleo.ask('GET', '/session')
    expect(body).toMatchObject({ customer: true, families: [], person: { customers: ['C-001'] } })
    expect((await cleo.ask('GET', '/tokens')).status).toBe(403)
  })

  test('change from the next request on: a role, and being there at all', async () => {
    const id = await idOf('fe@alder.example')
    const changed = await admin.ask<Person>('PATCH', `/people/${id}`, { roles: ['finance', 'auditor'] })
    expect(changed.body.roles).toEqual(['finance', 'auditor'])
    expect((await finance.ask<{ rights: string[] }>('GET', '/session')).body.rights).toContain('audit')
    const gone = await invited(server, admin, { name: 'Gil', email: 'gil@alder.example', roles: ['planner'] })
    await admin.ask('PATCH', `/people/${await idOf('gil@alder.example')}`, { disabled: true })
    expect((await gone.ask('GET', '/session')).body.person).toBeNull()
    const entered = await gone.ask('POST', '/session', { email: 'gil@alder.example', password: GOOD })
    expect(entered.status).toBe(401)
    expect((await admin.ask('PATCH', '/people/nobody', { disabled: true })).status).toBe(404)
  })

  test('the last administrator stays one', async () => {
    const id = await idOf('ana@alder.example')
    for (const change of [{ roles: ['director'] }, { disabled: true }])
      expect((await admin.ask('PATCH', `/people/${id}`, change)).status).toBe(409)
    expect((await admin.ask('GET', '/people')).status).toBe(200)
  })

  test('get a new link when they forgot their password; the old password ends when it is used', async () => {
    const id = await idOf('fe@alder.example')
    const { body, status } = await admin.ask<{ link: string; expiresAt: string }>('POST', `/people/${id}/link`)
    expect(status).toBe(201)
    const secret = body.link.split('#')[1]
    const browser = new Browser(server.url)
    expect((await browser.ask('GET', `/invitations/${secret}`)).body.purpose).toBe('reset')
    await browser.ask('POST', `/invitations/${secret}`, { password: 'tres barcos y una silla' })
    expect((await finance.ask('GET', '/session')).body.person).toBeNull()
    finance = browser
  })
})

describe('tokens', () => {
  const make = (browser: Browser, said: object, headers = {}) =>
    browser.ask<Token>('POST', '/tokens', { name: 'nightly', rights: ['read'], days: 30, ...said }, headers)
  const using = (text: string) => new Browser(server.url, { authorization: `Bearer ${text}` })

  test('are shown once, work within their rights, and end when they are revoked', async () => {
    const { body, status } = await make(finance, { rights: ['read', 'imports'] })
    expect(status).toBe(201)
    const program = using(body.text)
    const session = (await program.ask('GET', '/session')).body
    expect(session).toMatchObject({ person: { name: 'Fe Ríos' }, csrf: null, rights: ['read', 'imports'] })
    expect((await program.ask('GET', '/drafts')).status).toBe(403)
    const listed = await finance.ask<{ items: Token[] }>('GET', '/tokens')
    expect(listed.body.items).toMatchObject([{ id: body.id, revokedAt: null }])
    expect(listed.text).not.toContain(body.text.slice(-43))
    expect((await admin.ask('DELETE', `/tokens/${body.id}`)).status).toBe(404)
    expect((await finance.ask('DELETE', `/tokens/${body.id}`)).status).toBe(204)
    expect((await program.ask('GET', '/session')).status).toBe(401)
  })

  test('hold no right that their person does not', async () => {
    expect((await make(finance, { rights: ['people'] })).status).toBe(400)
    expect((await make(finance, { rights: [] })).status).toBe(400)
    expect((await make(finance, { days: 366 })).status).toBe(400)
  })

  test('are no way to what would outlast them', async () => {
    const { body } = await make(admin, { rights: ['read'] })
    const program = using(body.text)
    for (const [method, path, sent] of [
      ['POST', '/tokens', { name: 'more', rights: ['people'], days: 300 }],
      ['DELETE', `/tokens/${body.id}`],
      ['POST', '/session/passkeys/options'],
      ['PUT', '/session/password', { current: GOOD, password: 'siete gatos en el tejado' }],
      ['PATCH', '/session/person', { name: 'Eve' }],
      ['DELETE', '/session'],
    ] as const)
      expect((await program.ask(method, path, sent)).status, `${method} ${path}`).toBe(403)
  })

  test('and links are never kept for whoever repeats a request', async () => {
    const key = { 'idempotency-key': 'the-same-key-1' }
    const [one, two] = [await make(admin, {}, key), await make(admin, {}, key)]
    expect(one.body.id).not.toBe(two.body.id)
    const { rows } = await server.ledger.asking(
      { owners: '*', datasets: '*', person: '', rights: ['audit'], customer: false },
      async ({ db }) => ({ rows: await db.selectFrom('audit').selectAll().execute() }),
    )
    expect(JSON.stringify(rows)).not.toContain(one.body.text.slice(-43))
  })
})

test('the audit names the person who acted, and no password, link or token', async () => {
  const entries = []
  for await (const entry of auditEntries(server.ledger.records.db)) entries.push(entry)
  const by = `person:${await idOf('ana@alder.example')}`
  const actions = entries.filter((each) => each.actor === by).map((each) => each.action)
  expect(new Set(actions)).toEqual(new Set(['sign-in', 'person-added', 'link-made', 'person-changed', 'token-made']))
  expect(JSON.stringify(entries)).not.toContain(GOOD)
  expect(JSON.stringify(entries)).not.toContain('alder.example')
})
