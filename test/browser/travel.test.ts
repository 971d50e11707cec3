import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openContext, settled, shown, visit } from './browsing.ts'
import { beginFirst, DAY, type Product, serve, signIn } from './product.ts'

let browser: Browser
let product: Product
let context: BrowserContext
let page: Page
beforeAll(async () => {
  browser = await openBrowser()
  product = await serve(join(inject('prepared'), 'data'))
  context = (await openContext(browser)).context
  await signIn(context, product.origin, await beginFirst(product))
  page = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const day = (address: string) => new URL(address).searchParams.get('as-of')
const sentence = () => page.getByRole('heading', { level: 1, name: /clauses met/ })
const shows = (text: string) => page.locator('.cv-dates').getByText(text).waitFor()

test('the worst clause with a measured figure is three clicks from its evidence: file, row and hash', async () => {
  await visit(page, `${product.origin}/?as-of=${DAY}`)
  // The table begins with the worst; what a person measured opens its trace.
  const figure = page.locator('a[href*="/why/"]').filter({ hasText: /\d/ })
  const row = page.locator('main table tbody tr').filter({ has: figure }).first()
  expect(await shown(row)).toContain('Breached')
  await row.locator('a[href*="/why/"]').first().click()
  await settled(page)
  const tree = page.getByRole('tree')
  await tree
    .getByRole('treeitem', { name: /^Arithmetic/ })
    .first()
    .click()
  await tree
    .getByRole('treeitem', { name: /^Evidence/ })
    .first()
    .click()
  const detail = page.locator('.why-side')
  await detail.getByText('SHA-256 of the file').waitFor()
  await settled(page)
  expect(await shown(detail)).toMatch(/\b[0-9a-f]{64}\b/)
  expect(await shown(detail)).toMatch(/\w+\/\S+\.(json|csv|jsonl)/)
  await detail.locator('.why-record, .why-rows').first().waitFor()
  // What was found can be shared: the address names the clause, the node and the day.
  const shared = page.url()
  expect(new URL(shared).searchParams.get('node')).toBeTruthy()
  const other = await context.newPage()
  await visit(other, shared)
  await other.locator('.why-side').getByText('SHA-256 of the file').waitFor()
  await other.close()
})

test('the slider moves by keyboard, the pages follow, the address carries the day and the back button undoes it', async () => {
  await visit(page, `${product.origin}/?as-of=${DAY}`)
  await sentence().waitFor()
  const before = await shown(sentence())
  const slider = page.getByRole('slider')
  await slider.focus()
  for (const key of ['PageDown', 'PageDown', 'ArrowLeft']) await page.keyboard.press(key)
  await page.waitForURL((url) => day(url.href) === '2024-11-29')
  await shows('You are looking at Nov 29, 2024')
  await page.getByText('as of Nov 29, 2024').waitFor()
  await settled(page)
  expect(await shown(sentence())).not.toBe(before)

  await page.getByRole('link', { name: 'Clauses', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/clauses')
  expect(day(page.url())).toBe('2024-11-29')
  await settled(page)
  await shows('You are looking at Nov 29, 2024')
  await page.goBack()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goBack()
  await page.waitForURL((url) => day(url.href) === DAY)
  await page.getByText('as of Jan 31, 2025').waitFor()
  await settled(page)
  expect(await shown(sentence())).toBe(before)
})

test('the date field travels too, on every page, and one button comes back to today', async () => {
  await visit(page, `${product.origin}/clauses/commitment/year-2?as-of=${DAY}`)
  const figure = () => shown(page.locator('main').getByText('USD', { exact: false }).first())
  await page.getByText('At risk').first().waitFor()
  const later = await figure()
  await page.getByLabel('As of').fill('2024-09-30')
  await page.waitForURL((url) => day(url.href) === '2024-09-30')
  await shows('You are looking at Sep 30, 2024')
  await settled(page)
  expect(await figure()).not.toBe(later)
  await page.getByRole('link', { name: 'Agreement', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/agreement' && day(url.href) === '2024-09-30')
  await settled(page)
  await page.getByRole('button', { name: 'Back to today' }).click()
  await page.waitForURL((url) => day(url.href) === null)
  await settled(page)
  expect(await page.getByRole('button', { name: 'Back to today' }).count()).toBe(0)
})
