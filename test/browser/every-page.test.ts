import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openContext, overflow, visit, type Watched } from './browsing.ts'
import { asked, beginFirst, DAY, type Product, type Signed, serve, signIn } from './product.ts'

/** What this walk reads of a page's manifest in `web/src/pages`. */
interface PageManifest {
  path: string
  open?: true
}

let browser: Browser
let product: Product
let who: Signed
let addresses: Map<string, string>
let manifests: PageManifest[]
beforeAll(async () => {
  browser = await openBrowser()
  product = await serve(join(inject('prepared'), 'data'))
  who = await beginFirst(product)
  const slices = readdirSync('web/src/pages')
  manifests = (await Promise.all(slices.map((slice) => import(`../../web/src/pages/${slice}/page.ts`)))).flatMap(
    ({ pages }) => pages,
  )
  addresses = await addressesOf(manifests)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** What stands for the parts of an address that a page leaves open, with something behind each. */
async function addressesOf(pages: readonly PageManifest[]): Promise<Map<string, string>> {
  const ask = (path: string) => asked(product.origin, 'GET', path, undefined, who)
  const post = (path: string, body: unknown) => asked(product.origin, 'POST', path, body, who)
  const draft = await idOf(post('/drafts', { title: 'A draft', clause: 'commitment/year-2' }))
  const invited = await post('/people', { name: 'Ignacio', email: 'ignacio@example.com', roles: ['finance'] })
  const { link } = (await invited.json()) as { link: string }
  const { items } = (await (await ask('/imports?limit=1')).json()) as { items: { id: string }[] }
  const known: Record<string, string> = {
    '/clauses/$kind/$name': '/clauses/service-level/mean-time-to-resolve',
    '/why/$kind/$name': '/why/commitment/year-2',
    '/drafts/$id': `/drafts/${draft}`,
    '/evidence/imports/$id': `/evidence/imports/${items[0]?.id}`,
    '/evidence/facts': '/evidence/facts?dataset=incidents',
    '/invitation': `/invitation#${new URL(link, product.origin).hash.slice(1)}`,
  }
  const found = new Map<string, string>()
  for (const { path } of pages) {
    const address = known[path] ?? path
    if (address.includes('$')) throw new Error(`No address is known for the page ${path}: add one here`)
    found.set(path, address)
  }
  return found
}

async function idOf(answer: Promise<Response>): Promise<string> {
  return ((await (await answer).json()) as { id: string }).id
}

function address(path: string, open: boolean): string {
  const url = new URL(addresses.get(path) ?? path, product.origin)
  if (!open) url.searchParams.set('as-of', DAY)
  return url.href
}

interface Violation {
  id: string
  help: string
  nodes: { html: string; failureSummary?: string }[]
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)')
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`)
        .join('\n')}`,
  )
}

/** Walks all pages, signed in or out as each wants, and gives what a look at each finds. */
async function walk(look: (page: Page) => Promise<string[]>, prepare?: string): Promise<string[]> {
  const [inside, outside] = [await openContext(browser), await openContext(browser)]
  await signIn(inside.context, product.origin, who)
  const faults: string[] = []
  for (const { context } of [inside, outside]) if (prepare) await context.addInitScript(prepare)
  const walkIn = async ({ context }: Watched, pages: readonly PageManifest[]) => {
    const page = await context.newPage()
    for (const { path, open } of pages) {
      // A hash alone would not load the page anew.
      await page.goto('about:blank')
      await visit(page, address(path, open === true))
      faults.push(...(await look(page)).map((fault) => `${path}: ${fault}`))
    }
  }
  await Promise.all([
    walkIn(
      outside,
      manifests.filter(({ open }) => open),
    ),
    walkIn(
      inside,
      manifests.filter(({ open }) => !open),
    ),
  ])
  faults.push(...inside.complaints, ...outside.complaints)
  await Promise.all([inside.context.close(), outside.context.close()])
  return faults
}

test('no page in either theme has a violation that axe knows, is wider than a phone, or complains on the console', async () => {
  const faults = await walk(async (page) => {
    const found: string[] = []
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await page.locator(`html[style*="color-scheme: ${theme}"]`).waitFor({ state: 'attached' })
      found.push(...(await violations(page)).map((fault) => `${theme}: ${fault}`))
    }
    await page.setViewportSize({ width: 390, height: 844 })
    const wider = await overflow(page)
    if (wider > 0) found.push(`${wider} pixels wider than a phone`)
    await page.setViewportSize({ width: 1280, height: 900 })
    return found
  })
  expect(faults).toEqual([])
}, 400_000)

test('no page in Spanish has a violation either, and each says that it is Spanish', async () => {
  const faults = await walk(async (page) => {
    expect(await page.evaluate('document.documentElement.lang')).toMatch(/^es/)
    return violations(page)
  }, `if (location.protocol === 'http:') localStorage.setItem('convenio-language', 'es')`)
  expect(faults).toEqual([])
}, 400_000)
