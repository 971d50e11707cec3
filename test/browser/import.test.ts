import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { dropped, openBrowser, openContext, settled, shown, visit } from './browsing.ts'
import { beginFirst, DAY, type Product, type Signed, serve, signIn } from './product.ts'

let browser: Browser
let product: Product
let who: Signed
let context: BrowserContext
beforeAll(async () => {
  browser = await openBrowser()
  product = await serve(join(inject('prepared'), 'data'))
  who = await beginFirst(product)
  context = (await openContext(browser)).context
  await signIn(context, product.origin, who)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const january = () => ['cur-daily', 'focus-daily'].map((kind) => join(inject('prepared'), 'january', kind))
const spent = (page: Page) => shown(page.locator('.cv-tile', { hasText: 'Year 2' }))

test('a bill dropped on the evidence page becomes evidence, and an open overview changes without being loaded again', async () => {
  const overview = await context.newPage()
  await visit(overview, `${product.origin}/?as-of=${DAY}`)
  const before = await spent(overview)
  await overview.evaluate('window.sinceLoad = true')

  const page = await context.newPage()
  await visit(page, `${product.origin}/evidence?as-of=${DAY}`)
  await dropped(page, january(), () => page.getByText('Drop files or folders to import them').waitFor())
  const form = page.getByRole('dialog', { name: 'Import files' })
  await form.getByText('4 files').waitFor()
  await form.getByText('focus-daily/data/BILLING_PERIOD=2025-01/focus-daily-00001.csv.gz').waitFor()
  // Held for a moment on its way, so that what is shown meanwhile can be looked at.
  let go = () => {}
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  await page.route('**/api/v1/imports*', async (route) => {
    await held
    await route.continue()
  })
  await form.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('progressbar').first().waitFor()
  await page.getByRole('heading', { name: 'Imports under way' }).waitFor()
  go()
  await page.getByText(/was imported$/).waitFor()
  await page.getByRole('link', { name: 'Cloud bill: focus-daily 2025-01' }).waitFor()
  expect(await shown(page.getByText(/rows read/).first())).toMatch(/^[\d,]+ rows read: [\d,]+ kept, 0 duplicate/)

  const figure = before.split('\n').find((line) => line.startsWith('USD')) ?? ''
  expect(figure).not.toBe('')
  await overview.locator('.cv-tile', { hasText: 'Year 2' }).filter({ hasNotText: figure }).waitFor()
  await settled(overview)
  expect(await spent(overview)).not.toBe(before)
  expect(await overview.evaluate('window.sinceLoad')).toBe(true)

  await page.getByRole('link', { name: 'Cloud bill: focus-daily 2025-01' }).click()
  await page.waitForURL(/\/evidence\/imports\//)
  await settled(page)
  await page.getByText('focus-daily-00001.csv.gz').first().waitFor()
  await overview.close()
  await page.close()
})

test('the same bill once more brings nothing new, and a file of no known source is named with what to do', async () => {
  const page = await context.newPage()
  await visit(page, `${product.origin}/evidence/imports`)
  await dropped(page, january())
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
  await page
    .getByText(/brought nothing new$/)
    .first()
    .waitFor()

  await dropped(page, [join(inject('prepared'), 'files', 'truth.json')])
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('truth.json', { exact: true }).first().waitFor()
  expect(await shown(page.locator('main'))).toContain('No source knows 1 file')
  await page.close()
})
