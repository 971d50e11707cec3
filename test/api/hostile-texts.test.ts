import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../src/api/contracts.ts'
import { FORMULAS, type Planted, plant, ROWS, SCRIPTS } from './hostile-texts.ts'
import { administrator, type Browser, HOOK_MS, type Serving, serving } from './serving.ts'

const BIDI = ['\u202egnp.exe', 'a\u2066b', '\u200f1']

let server: Serving
let admin: Browser
let planted: Planted

beforeAll(async () => {
  server = await serving()
  admin = await administrator(server)
  planted = await plant(server, admin, [...SCRIPTS, ...FORMULAS, ...BIDI])
}, HOOK_MS)
afterAll(() => server.close())

/** The addresses of every read, with all ids that there are for it. */
function reads(): string[] {
  const [kind, ...name] = planted.clause.split('/')
  const clause = `${kind}/${encodeURIComponent(name.join('/'))}`
  return contracts()
    .filter(({ method, id }) => method === 'GET' && !/events|openid/i.test(id))
    .flatMap(({ path }) => {
      const ids = path.startsWith('/drafts') ? planted.drafts : path.startsWith('/imports') ? planted.imports : ['x']
      if (path.includes(':kind')) return [path.replace(':kind/:name', clause)]
      return path.includes(':') ? ids.map((id) => path.replace(/:\w+/, id)) : [path]
    })
    .map((path) => (path === '/rows' ? `/rows?dataset=${ROWS}` : path))
}

describe('texts that would run in a page', () => {
  test('are kept as they were said, or refused with the field that held them', () => {
    for (const { place, text, answer } of planted.answers) {
      expect([200, 201, 204, 400], `${place} ${text}: ${answer.text}`).toContain(answer.status)
      if (answer.status === 400) expect(answer.text, `${place} ${text}`).toMatch(/"place":"body\./)
    }
    const kept = (place: string) => planted.answers.filter((each) => each.place === place && each.answer.status < 300)
    for (const place of ['person', 'token', 'draft', 'waiver', 'provider', 'retraction', 'name'])
      expect(kept(place).length, place).toBeGreaterThan(0)
    for (const place of ['person', 'token'])
      expect(
        kept(place).filter(({ text }) => /\p{Cc}|[\u200f\u202e\u2066]/u.test(text)),
        place,
      ).toEqual([])
  })

  test('come back as JSON that no browser takes for a page, from every read', async () => {
    const seen = new Set<string>()
    for (const path of reads()) {
      const { status, headers, text } = await admin.ask('GET', path)
      expect(status, path).toBeLessThan(500)
      expect(headers.get('content-type'), path).toMatch(/^application\/(problem\+)?json/)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('content-security-policy'), path).toBe("default-src 'none'; frame-ancestors 'none'")
      for (const script of SCRIPTS)
        if (text.includes(JSON.stringify(script).slice(1, -1))) seen.add(path.split('?')[0] as string)
    }
    for (const path of ['/people', '/tokens', '/drafts', '/facts', '/settings', '/audit', '/imports']) {
      const found = [...seen].some((each) => each === path || each.startsWith(`${path}/`))
      expect(found, path).toBe(true)
    }
  }, 60_000)

  test('come back in no problem as anything but its JSON', async () => {
    for (const script of SCRIPTS) {
      const { headers, status } = await admin.ask('GET', `/imports/${encodeURIComponent(script)}`)
      expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
    }
  })
})

describe('texts that would run in a spreadsheet', () => {
  const NUMBER = /^-?\d+(\.\d+)?$/
  // Whatever a spreadsheet strips before it looks whether a cell is a formula.
  const RUNS = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠−]/u

  test('come with an apostrophe before them in every table', async () => {
    expect((await admin.ask('PATCH', '/session/person', { name: FORMULAS[0] })).status).toBe(200)
    const tables = contracts()
      .filter(({ csv }) => csv === true)
      .flatMap(({ path }) => (path.includes(':id') ? planted.imports.map((id) => path.replace(':id', id)) : [path]))
      .map((path) => (path === '/rows' ? `/rows?dataset=${ROWS}&format=csv` : `${path}?format=csv`))
    expect(tables.length).toBeGreaterThan(5)
    const defused = new Set<string>()
    for (const path of tables) {
      const { status, headers, text } = await admin.ask('GET', path)
      expect(status, path).toBe(200)
      expect(headers.get('content-type'), path).toBe('text/csv; charset=utf-8')
      expect(headers.get('content-disposition'), path).toMatch(/^attachment; filename="[\w.-]+\.csv"$/)
      const rows: string[][] = parse(text, { relax_column_count: false })
      for (const cell of rows.flat()) {
        expect(RUNS.test(cell) && !NUMBER.test(cell), `${path}: ${JSON.stringify(cell)}`).toBe(false)
        if (/^'[\s\p{Cf}]*[=+\-@＝＋－＠−]/u.test(cell)) defused.add(path.split(/[?/]/)[1] as string)
      }
    }
    expect([...defused].sort()).toEqual(['audit', 'facts', 'imports', 'rows'])
  }, 60_000)
})
