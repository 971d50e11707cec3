import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvText } from '../../src/reports/index.ts'
import { administrator, type Browser, HOOK_MS, invited, type Serving, serving, TODAY } from './serving.ts'

type Entry = { seq: number; actor: string; actorText: string; action: string; subject: string; detail: object }
type Page = { items: Entry[]; next: string | null; total: number }

let server: Serving
let admin: Browser
let auditor: Browser

beforeAll(async () => {
  server = await serving()
  admin = await administrator(server)
  auditor = await invited(server, admin, { name: 'Aude Paz', email: 'aude@alder.example', roles: ['auditor'] })
}, HOOK_MS)
afterAll(() => server.close())

const provider = { name: 'Alder', issuer: 'https://id.alder.example', clientId: 'convenio', newPeople: ['planner'] }

describe('settings', () => {
  test('of the bill are changed by whoever may, from today on', async () => {
    const before = await admin.ask('GET', '/settings')
    expect(before.body).toEqual({
      billSource: null,
      provider: null,
      redirectUri: `${server.url}/api/v1/openid/company/callback`,
    })
    expect((await auditor.ask('PUT', '/settings/bill-source', { value: 'cur' })).status).toBe(403)
    expect((await admin.ask('PUT', '/settings/bill-source', { value: 'other' })).status).toBe(400)
    expect((await admin.ask('PUT', '/settings/bill-source', { value: 'cur' })).status).toBe(204)
    expect((await admin.ask('GET', '/settings')).body.billSource).toBe('cur')
    expect((await server.ledger.settings(TODAY)).get('bill-source')).toBe('cur')
    expect((await server.ledger.settings('2025-06-14')).has('bill-source')).toBe(false)
  })

  test('of the company’s sign-in: its secret is kept sealed and never given back', async () => {
    const secret = 'a very secret client'
    expect((await admin.ask('PUT', '/settings/provider', { ...provider, clientSecret: secret })).status).toBe(204)
    const { body, text } = await admin.ask('GET', '/settings')
    expect(body.provider).toEqual({ ...provider, groups: null, hasSecret: true })
    expect(text).not.toContain(secret)
    expect((await admin.ask('GET', '/session')).body.providers).toEqual([{ id: 'company', name: 'Alder' }])
    const records = JSON.stringify([
      await server.ledger.db.selectFrom('settings').selectAll().execute(),
      await server.ledger.db.selectFrom('audit').selectAll().execute(),
    ])
    expect(records).toContain('id.alder.example')
    expect(records).not.toContain(secret)
  })

  test('keep the secret for the same client, and drop it for another', async () => {
    await admin.ask('PUT', '/settings/provider', { ...provider, name: 'Alder Health' })
    expect((await admin.ask('GET', '/settings')).body.provider).toMatchObject({ name: 'Alder Health', hasSecret: true })
    await admin.ask('PUT', '/settings/provider', { ...provider, clientId: 'another' })
    expect((await admin.ask('GET', '/settings')).body.provider).toMatchObject({ clientId: 'another', hasSecret: false })
  })

  test('of a sign-in with faults are refused with each of them, and nothing changes', async () => {
    const wrong = { ...provider, issuer: 'http://id.alder.example', newPeople: ['customer'] }
    const { status, body } = await admin.ask<{ errors: { message: string }[] }>('PUT', '/settings/provider', wrong)
    expect(status).toBe(400)
    expect(body.errors).toHaveLength(2)
    expect((await admin.ask('GET', '/settings')).body.provider).toMatchObject({ issuer: provider.issuer })
  })

  test('of a sign-in can be ended', async () => {
    expect((await admin.ask('DELETE', '/settings/provider')).status).toBe(204)
    expect((await admin.ask('GET', '/settings')).body.provider).toBeNull()
    expect((await admin.ask('GET', '/session')).body.providers).toEqual([])
  })
})

describe('the audit', () => {
  test('comes newest first, in pages that join without gap or repeat', async () => {
    const whole = (await admin.ask<Page>('GET', '/audit?limit=500')).body
    expect(whole.next).toBeNull()
    expect(whole.total).toBe(whole.items.length)
    expect(whole.items.map((each) => each.seq)).toEqual(whole.items.map((_, at) => whole.total - at))
    const paged: Entry[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = (await admin.ask<Page>('GET', `/audit?limit=3${cursor && `&cursor=${cursor}`}`)).body
      expect(page.total).toBe(whole.total)
      paged.push(...page.items)
      cursor = page.next
    }
    expect(paged).toEqual(whole.items)
    expect((await admin.ask('GET', '/audit?cursor=x')).status).toBe(400)
  })

  test('is narrowed by what was done and by whom', async () => {
    const { items } = (await admin.ask<Page>('GET', '/audit?action=setting')).body
    expect(items.length).toBeGreaterThan(3)
    expect(new Set(items.map((each) => each.action))).toEqual(new Set(['setting']))
    const [{ actor } = { actor: '' }] = items
    const own = (await admin.ask<Page>('GET', `/audit?actor=${encodeURIComponent(actor)}`)).body
    expect(new Set(own.items.map((each) => each.actor))).toEqual(new Set([actor]))
    expect(own.total).toBeGreaterThan(items.length)
  })

  test('shows names to whoever may know them', async () => {
    const named = (await admin.ask<Page>('GET', '/audit?action=setting')).body.items[0]
    expect(named?.actorText).toBe('Ana Soto')
    const unnamed = (await auditor.ask<Page>('GET', '/audit?action=setting')).body.items[0]
    expect(unnamed?.actorText).toBe(named?.actor)
  })

  test('comes as a table for spreadsheets with every entry', async () => {
    const { headers, text } = await auditor.ask('GET', '/audit?format=csv')
    expect(headers.get('content-type')).toContain('text/csv')
    expect(headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    const { total } = (await auditor.ask<Page>('GET', '/audit')).body
    expect(text.trimEnd().split('\r\n')).toHaveLength(total + 1)
  })

  test('is for whoever has the right', async () => {
    const planner = await invited(server, admin, { name: 'Pía', email: 'pia@alder.example', roles: ['planner'] })
    expect((await planner.ask('GET', '/audit')).status).toBe(403)
    expect((await planner.ask('POST', '/audit/verification')).status).toBe(403)
  })

  test('is verified from its first entry on, and an entry that was changed is named', async () => {
    const sound = await auditor.ask<{ entries: number }>('POST', '/audit/verification')
    expect(sound.body).toMatchObject({ sound: true, fault: null })
    const { db } = server.ledger.records
    await sql`alter table audit disable trigger append_only`.execute(db)
    await sql`update audit set actor = 'somebody else' where seq = 3`.execute(db)
    const broken = await auditor.ask('POST', '/audit/verification')
    expect(broken.body).toMatchObject({ sound: false, entries: 2 })
    expect(broken.body.fault).toContain('3')
  })
})

describe('cells for spreadsheets', () => {
  test.each([
    ['=1+1', `'=1+1`],
    ['+1', `'+1`],
    ['-2+3', `'-2+3`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['\r=1', `"'\r=1"`],
    ['  =1', `'  =1`],
    ['\ufeff=1', `'\ufeff=1`],
    ['＝1+1', `'＝1+1`],
    ['＋1', `'＋1`],
    ['－1', `'－1`],
    ['＠A', `'＠A`],
    ['-12.50', '-12.50'],
    ['a "b", c', '"a ""b"", c"'],
    ['plain', 'plain'],
    [null, ''],
    [7, '7'],
  ])('%j is %j', (given, wanted) => expect(csvText(['c'], [[given]])).toBe(`c\r\n${wanted}\r\n`))
})
