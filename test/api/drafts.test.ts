import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clause, readAmendment } from '../../src/agreement/index.ts'
import { administrator, type Browser, HOOK_MS, invited, type Serving, serving, TODAY } from './serving.ts'

type Draft = { id: string; title: string; text: string; person: string; version: number }
type Effect = {
  problems: { code: string; message: string; where: { file: string; line: number } }[]
  added: { code: string; title: string; message: string; fix: string; explain: string; family: string }[]
  settled: { code: string }[]
  redlines: { clause: string; title: string; before: string | null; after: string | null; outcome: string }[]
  standing: { clause: string; before: string | null; after: string | null; reason: string }[]
}

const YEAR = 'commitment/year-1'

let server: Serving
let admin: Browser
let finance: Browser

beforeAll(async () => {
  server = await serving()
  admin = await administrator(server)
  finance = await invited(server, admin, { name: 'Fe Ríos', email: 'fe@alder.example', roles: ['finance'] })
}, HOOK_MS)
afterAll(() => server.close())

const make = (browser: Browser, body: object) => browser.ask<Draft>('POST', '/drafts', body)
const attempt = (text: string, headers = {}) => finance.ask<Effect>('POST', '/drafts/effect', { text }, headers)

describe('a draft', () => {
  test('of a clause begins with what the text says, and is an amendment that changes nothing', async () => {
    const { status, body } = await make(finance, { title: 'Menos en el "año 1"', clause: YEAR })
    expect(status).toBe(201)
    expect(body).toMatchObject({ version: 1, person: 'Fe Ríos', title: 'Menos en el "año 1"' })
    const { amendment, problems } = readAmendment(body.text, 'draft.yaml')
    expect(problems).toEqual([])
    expect(amendment).toMatchObject({ title: body.title, effective: TODAY, recorded: TODAY })
    expect(amendment?.changes[0]).toMatchObject({ clause: YEAR })
    expect(amendment?.changes[0]?.was).toEqual(amendment?.changes[0]?.becomes)
    const { body: effect } = await attempt(body.text)
    expect(effect).toMatchObject({ problems: [], standing: [], redlines: [{ clause: YEAR, outcome: 'applied' }] })
  })

  test('of every clause can be read, with each of its comments made a change', async () => {
    const { clauses } = server.services.desk.opened().agreement
    expect(clauses.length).toBeGreaterThan(20)
    for (const { id } of clauses) {
      const { text } = (await make(admin, { title: 'T', clause: id })).body
      const all = text.replaceAll(/^# ( {2}.*)$/gm, '$1')
      expect(readAmendment(all, 'draft.yaml').problems, all).toEqual([])
    }
  })

  test('without a clause shows how, in the language of whoever asks', async () => {
    const { text } = (await make(finance, { title: '¡!' })).body
    expect(text).toContain('changes: []')
    expect(text).toContain('Draft of an amendment')
    const spanish = await finance.ask<Draft>('POST', '/drafts', { title: 'x' }, { 'accept-language': 'es' })
    expect(spanish.body.text).toContain('Borrador de una modificación')
    expect((await make(finance, { title: 'x', clause: 'commitment/none' })).status).toBe(404)
    const unseen = server.services.desk.opened().agreement.clauses.find((each) => each.kind === 'service-level')
    expect((await make(finance, { title: 'x', clause: unseen?.id })).status).toBe(404)
    expect((await make(admin, { title: 'x', clause: unseen?.id })).status).toBe(201)
  })

  test('is saved by one at a time', async () => {
    const { id, version } = (await make(finance, { title: 'Shared', text: 'amendment: 1' })).body
    const saved = await admin.ask<Draft>('PUT', `/drafts/${id}`, { title: 'Shared', text: 'a: 1', version })
    expect(saved.body).toMatchObject({ version: 2, text: 'a: 1', person: 'Fe Ríos' })
    const late = await finance.ask('PUT', `/drafts/${id}`, { title: 'Shared', text: 'b: 2', version })
    expect(late.status).toBe(409)
    expect((await finance.ask<Draft>('GET', `/drafts/${id}`)).body.text).toBe('a: 1')
  })

  test('is thrown away, and is not there for whoever may not amend', async () => {
    const { id } = (await make(finance, { title: 'Gone', text: '' })).body
    const planner = await invited(server, admin, { name: 'Pía', email: 'pia@alder.example', roles: ['planner'] })
    for (const [method, path] of [
      ['GET', '/drafts'],
      ['GET', `/drafts/${id}`],
      ['DELETE', `/drafts/${id}`],
    ] as const)
      expect((await planner.ask(method, path)).status).toBe(403)
    expect((await finance.ask('DELETE', `/drafts/${id}`)).status).toBe(204)
    expect((await finance.ask('GET', `/drafts/${id}`)).status).toBe(404)
    const listed = (await finance.ask<{ items: Draft[] }>('GET', '/drafts')).body.items
    expect(listed.map((each) => each.id)).not.toContain(id)
    expect(listed.length).toBeGreaterThan(3)
  })

  test('is made once for a request that is repeated', async () => {
    const key = { 'idempotency-key': 'draft-0001' }
    const twice = [1, 2].map(() => finance.ask<Draft>('POST', '/drafts', { title: 'Once', text: '' }, key))
    const [one, two] = await Promise.all(twice)
    const made = (await finance.ask<{ items: Draft[] }>('GET', '/drafts')).body.items
    expect(made.filter((each) => each.title === 'Once')).toHaveLength(1)
    expect([one?.status, two?.status].sort()).toEqual(one?.status === two?.status ? [201, 201] : [201, 409])
  })
})

describe('the effect of a draft', () => {
  const amendment = (changes: string) => `amendment: 1
id: less
effective: 2025-01-01
recorded: 2025-01-01
changes:
${changes}`

  test('names each change with its words and whom it favours, and findings that come and go', async () => {
    const { status, body } = await attempt(
      amendment(`  - clause: ${YEAR}
    term: minimum
    becomes: { amount: "1000000", currency: CAD }`),
    )
    expect(status).toBe(200)
    expect(body.problems).toEqual([])
    expect(body.redlines).toMatchObject([
      { clause: YEAR, term: 'minimum', outcome: 'applied', favours: 'partner', span: { file: 'draft.yaml', line: 6 } },
    ])
    expect(body.redlines[0]?.before).toContain('2,000,000')
    expect(body.redlines[0]?.after).toContain('1,000,000')
  })

  test('tells the findings that it settles', async () => {
    // The years of the text do not add up to its total; with this they do.
    const { body } = await attempt(
      amendment(`  - clause: commitment/year-3
    term: minimum
    becomes: { amount: "3100000", currency: CAD }`),
    )
    expect(body.settled.map((each) => each.code)).toContain('arithmetic/commitment-total')
    expect(body.added.map((each) => each.code)).not.toContain('arithmetic/commitment-total')
  })

  test('tells nothing of clauses that one may not see', async () => {
    const { id, terms } = server.services.desk
      .opened()
      .agreement.clauses.find((each) => each.kind === 'service-level') as Clause<object>
    const [term] = Object.keys(terms)
    const text = amendment(`  - { clause: "${id}", term: ${term}, was: 1, becomes: 2 }`)
    const [own] = (await attempt(text)).body.redlines
    expect(own).toMatchObject({ title: id, before: '1', favours: null })
    const whole = (await admin.ask<Effect>('POST', '/drafts/effect', { text })).body
    expect(whole.redlines[0]?.title).not.toBe(id)
    expect(whole.redlines[0]?.before).not.toBe('1')
    expect(whole.added.map((each) => each.code)).toContain('amendment/stale-original')
    expect((await attempt(text)).body.added).toEqual([])
  })

  test('says what it was before, and why a change cannot be made', async () => {
    const { body } = await attempt(
      amendment(`  - clause: ${YEAR}
    term: minimum
    was: { amount: "1", currency: CAD }
    becomes: { amount: "2", currency: CAD }
  - { clause: commitment/none, term: minimum, becomes: 1 }
  - { clause: ${YEAR}, term: minimum, becomes: nonsense }`),
      { 'accept-language': 'es' },
    )
    expect(body.redlines.map((each) => each.outcome)).toEqual(['stale-original', 'unknown-clause', 'invalid'])
    expect(body.added.length).toBeGreaterThan(1)
    for (const finding of body.added) {
      expect(finding.title).not.toContain(finding.code)
      expect(finding.message).not.toBe(finding.code)
      expect(finding.fix).not.toContain('.fix')
      expect(finding.explain.length).toBeGreaterThan(20)
      expect(finding.code.startsWith(`${finding.family}/`)).toBe(true)
    }
    expect(body.redlines[0]?.before).toContain('2.000.000')
    expect(body.redlines).toMatchObject([
      { outcomeText: 'el texto dice otra cosa' },
      { outcomeText: 'no existe esa cláusula', title: 'commitment/none', favours: null },
      { outcomeText: 'no corresponde a este tipo de cláusula' },
    ])
  })

  test('an ending favours whom the clause bound, and tells what standing would be without it', async () => {
    const { body } = await attempt(amendment(`  - { clause: ${YEAR}, ends: true }`))
    expect(body.redlines).toMatchObject([{ outcome: 'applied', after: null, term: null }])
    expect(body.redlines[0]?.before).toBe(body.redlines[0]?.title)
    expect(body.standing).toMatchObject([{ clause: YEAR, after: null }])
    expect(body.standing[0]?.before).not.toBeNull()
    expect(body.standing[0]?.reason).not.toMatch(/^[a-z-]+\/|\{/)
  })

  test.each([
    ['', 'draft.yaml'],
    ['a: [', 'draft.yaml'],
    ['amendment: 2', 'draft.yaml'],
    ['\u0001', 'draft.yaml'],
    ['&a [*a, *a]', 'draft.yaml'],
    ['<script>alert(1)</script>', 'draft.yaml'],
  ])('%j is answered with problems in words and places', async (text, file) => {
    const { status, body } = await attempt(text)
    expect(status).toBe(200)
    expect(body.problems.length).toBeGreaterThan(0)
    expect(body.redlines).toEqual([])
    for (const each of body.problems) {
      expect(each.where.file).toBe(file)
      expect(each.message).not.toBe(each.code)
    }
  })
})
