import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openContext, visit } from './browsing.ts'
import { AGREEMENT, beginFirst, convenio, type Product, SUPPLEMENT, serve, signIn } from './product.ts'

let browser: Browser
let product: Product
let context: BrowserContext
let root: string
beforeAll(async () => {
  browser = await openBrowser()
  root = mkdtempSync(join(tmpdir(), 'convenio-empty-'))
  await convenio('init', AGREEMENT, '--supplement', SUPPLEMENT, '--data', join(root, 'data'))
  product = await serve(join(root, 'data'))
  context = (await openContext(browser)).context
  await signIn(context, product.origin, await beginFirst(product))
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  rmSync(root, { recursive: true, force: true })
})

test('an installation without evidence says on each page what there is not yet, and what to bring first', async () => {
  const page = await context.newPage()
  await visit(page, product.origin)
  const welcome = page.getByRole('region', { name: 'What to bring first' })
  await welcome.getByRole('listitem').nth(2).waitFor()
  await welcome.getByRole('link', { name: 'Bring files' }).click()
  await page.getByRole('heading', { level: 1, name: 'Imports' }).waitFor()
  await page.getByText('There is none yet.').or(page.locator('.cv-empty')).first().waitFor()
  for (const path of ['/drafts', '/evidence/facts?dataset=incidents', '/evidence/rows']) {
    await visit(page, `${product.origin}${path}`)
    await page.locator('.cv-empty').first().waitFor()
  }
  await visit(page, `${product.origin}/why/commitment/year-2`)
  await page
    .getByRole('treeitem', { name: /^Missing/ })
    .first()
    .waitFor()
  await visit(page, `${product.origin}/why/commitment/nowhere`)
  await page.locator('.cv-empty').waitFor()
  await visit(page, `${product.origin}/nowhere/at/all`)
  expect(await page.getByRole('link').count()).toBeGreaterThan(0)
  await page.close()
})

test('a request that fails is told in its page with a way to try again, and the rest of the page stays', async () => {
  const page = await context.newPage()
  const failing = '**/api/v1/findings*'
  await page.route(failing, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 'about:blank',
        title: 'The ledger is being moved',
        status: 503,
        detail: 'Wait a little.',
      }),
    }),
  )
  await page.goto(`${product.origin}/findings`)
  await page.getByText('The ledger is being moved').waitFor()
  await page.getByText('Wait a little.').waitFor()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).waitFor()
  await page.unroute(failing)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('table').first().waitFor()
  expect(await page.getByText('The ledger is being moved').count()).toBe(0)
  await page.close()
})

test('a page says when the server is gone, keeps what it shows, and recovers by itself', async () => {
  const page = await context.newPage()
  await visit(page, product.origin)
  const sentence = page.getByRole('heading', { level: 1, name: /clauses met/ })
  await sentence.waitFor()
  await product.halt()
  await page.getByText(/^The server does not answer/).waitFor()
  expect(await sentence.isVisible()).toBe(true)
  await product.resume()
  await page.getByText(/^The server does not answer/).waitFor({ state: 'detached', timeout: 60_000 })
  await page.getByRole('link', { name: 'Clauses', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Clauses' }).waitFor()
  await page.getByRole('table').first().waitFor()
  await page.close()
})
