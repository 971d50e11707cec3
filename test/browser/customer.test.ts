import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ownedDatabase, type Server, startServer } from '../../scripts/parts/postgres.mjs'
import { openBrowser, openContext, shown, visit } from './browsing.ts'
import {
  AGREEMENT,
  asked,
  beginFirst,
  convenioWith,
  DAY,
  type Product,
  type Signed,
  SUPPLEMENT,
  serve,
} from './product.ts'

const OWN = 'C-001'
/** The evidence that promises to customers rest on, and what says whose deployment is whose. */
const BROUGHT = ['deployments', 'incidents', 'changes', 'surveys', 'probes', 'metrics']
const DATASETS = ['incidents', 'changes', 'survey-responses', 'probes', 'usage-metrics']

let browser: Browser
let postgres: Server
let product: Product
let root: string
let admin: Signed
beforeAll(async () => {
  browser = await openBrowser()
  root = mkdtempSync(join(tmpdir(), 'convenio-customer-'))
  postgres = await startServer()
  const env = { DATABASE_URL: await ownedDatabase(await postgres.database()) }
  const data = join(root, 'data')
  await convenioWith(env, 'init', AGREEMENT, '--supplement', SUPPLEMENT, '--data', data)
  const files = BROUGHT.map((name) => join(inject('prepared'), 'files', name))
  await convenioWith(env, 'import', ...files, '--data', data)
  product = await serve(data, env)
  admin = await beginFirst(product)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await postgres?.stop()
  rmSync(root, { recursive: true, force: true })
})

interface Roles {
  customers: string[]
}

interface Fact {
  key: string
  owner: string
  file: string
  values: Record<string, unknown>
}

/** Words that stand in one customer's evidence alone: theirs, and those of everybody else. */
async function marks(): Promise<{ own: Set<string>; foreign: Set<string>; facts: Fact[] }> {
  const { customers } = (await (await asked(product.origin, 'GET', '/roles', undefined, admin)).json()) as Roles
  const facts: Fact[] = []
  for (const dataset of DATASETS) {
    const answer = await asked(product.origin, 'GET', `/facts?dataset=${dataset}&limit=500`, undefined, admin)
    facts.push(...((await answer.json()) as { items: Fact[] }).items)
  }
  const of = (some: readonly Fact[]) =>
    new Set(
      some.flatMap(({ key, owner, values }) => [
        owner,
        ...[key, values.number, values.service, values.deployment, values.instance].filter(isTelling),
      ]),
    )
  const own = of(facts.filter(({ owner }) => owner === OWN))
  const others = of(facts.filter(({ owner }) => owner !== OWN && customers.includes(owner)))
  return { own, foreign: new Set([...others].filter((mark) => !own.has(mark))), facts }
}

const isTelling = (value: unknown): value is string => typeof value === 'string' && value.length >= 8

/** Everything that the server tells this context, the stream of events apart, which never ends. */
function recorded(context: BrowserContext): { bodies(): Promise<{ url: string; text: string }[]> } {
  const all: Promise<{ url: string; text: string }>[] = []
  context.on('response', (response) => {
    const url = response.url()
    if (url.endsWith('/api/v1/events') || url.includes('/assets/')) return
    // A page that was left takes the text of its answers with it; nobody has seen that text then.
    all.push(
      response.text().then(
        (text) => ({ url, text }),
        () => ({ url, text: '' }),
      ),
    )
  })
  return { bodies: () => Promise.all(all) }
}

const PAGES = [
  ...['/', '/clauses', '/clauses/service-level/mean-time-to-resolve', '/clauses/commitment/year-2'],
  ...['/why/service-level/mean-time-to-resolve', '/why/commitment/year-2', '/evidence/rows', '/account'],
  ...['/agreement', '/versions', '/findings', '/drafts', '/evidence', '/evidence/imports', '/settings/people'],
  ...['/settings/tokens', '/settings/audit'],
]

test('a customer’s user sees the promises of their own deployments, and of nobody else whatever they try', async () => {
  const { own, foreign, facts } = await marks()
  expect(own.size).toBeGreaterThan(3)
  expect(foreign.size).toBeGreaterThan(20)
  const stranger = facts.find(({ owner }) => owner !== OWN && foreign.has(owner)) as Fact

  const invitation = { name: 'Diego Araya', email: 'diego@example.com', roles: ['customer'], customers: [OWN] }
  const { link } = (await (await asked(product.origin, 'POST', '/people', invitation, admin)).json()) as {
    link: string
  }
  const { context, complaints } = await openContext(browser)
  const record = recorded(context)
  const page = await context.newPage()
  await visit(page, new URL(link, product.origin).href)
  await page.getByLabel('New password').fill('words that nobody puts together')
  await page.getByLabel('The same again').fill('words that nobody puts together')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: /^What you are promised/ }).waitFor()

  const seen: { url: string; text: string }[] = []
  const look = async (path: string) => {
    await visit(page, `${product.origin}${path}${path.includes('?') ? '&' : '?'}as-of=${DAY}`)
    seen.push({ url: path, text: await shown(page.locator('body')) })
  }
  for (const path of PAGES) await look(path)
  const { owner, key } = stranger
  for (const tried of [`owner=${owner}`, `text=${key}`, `dataset=incidents&owner=${owner}`])
    await look(`/evidence/facts?${tried}`)
  await look('/evidence/facts?dataset=incidents')

  const answers = await tries(page, stranger)
  const bodies = [...(await record.bodies()), ...answers]
  const foreignIn = ({ url, text }: { url: string; text: string }) =>
    [...foreign].filter((mark) => text.includes(mark)).map((mark) => `${mark} in ${url}`)
  // A page shows the filter that its own address names.
  const echoes = new Set(
    seen.flatMap(({ url }) => [...foreign].filter((mark) => url.includes(mark)).map((mark) => `${mark} in ${url}`)),
  )
  const leaks = [...seen.flatMap(foreignIn).filter((leak) => !echoes.has(leak)), ...bodies.flatMap(foreignIn)]
  expect(leaks).toEqual([])
  expect(bodies.filter(({ text }) => [...own].some((mark) => text.includes(mark)))).not.toEqual([])
  expect(complaints.filter((each) => !/40[34]/.test(each))).toEqual([])
  await context.close()
})

/** Asks the interface itself for a stranger's evidence, with the customer's own session. */
async function tries(page: Page, { owner, key, file }: Fact): Promise<{ url: string; text: string }[]> {
  const asks = [
    ...DATASETS.flatMap((dataset) => [
      `/facts?dataset=${dataset}&limit=500`,
      `/facts?dataset=${dataset}&owner=${owner}`,
    ]),
    ...[`/facts?owner=${owner}&limit=500`, `/facts?text=${key}`, `/facts?file=${encodeURIComponent(file)}&limit=500`],
    ...['/overview', '/clauses?limit=500', '/evidence', '/imports', '/people', '/audit', '/findings', '/agreement'],
    ...['/jobs', '/drafts', '/settings', '/rows?dataset=cost-and-usage', '/rows?dataset=contact-records'],
    ...['/why/service-level/mean-time-to-resolve', '/trend/service-level/mean-time-to-resolve'],
  ]
  const answers: { url: string; text: string }[] = []
  for (const ask of asks) {
    const answer = await page.request.get(`${product.origin}/api/v1${ask}`)
    expect(answer.status(), ask).toBeLessThan(500)
    answers.push({ url: ask, text: await answer.text() })
  }
  return answers
}
