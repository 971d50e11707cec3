import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openContext, overflow, settled, visit } from './browsing.ts'
import { beginFirst, DAY, FIRST, type Product, serve } from './product.ts'

let browser: Browser
let product: Product
beforeAll(async () => {
  browser = await openBrowser()
  product = await serve(join(inject('prepared'), 'data'))
  await beginFirst(product)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

test('on a phone: sign in, navigation, the overview, why, and a bill brought by the button for files', async () => {
  const { context, complaints } = await openContext(browser, PHONE)
  const page = await context.newPage()
  await visit(page, `${product.origin}/sign-in`)
  await page.getByLabel('E-mail').fill(FIRST.email)
  await page.getByLabel('Password').fill(FIRST.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).tap()
  await page.getByRole('heading', { level: 1, name: /clauses met/ }).waitFor()

  await visit(page, `${product.origin}/?as-of=${DAY}`)
  expect(await overflow(page)).toBe(0)
  // A card for each clause instead of a table that would have to be pushed about.
  expect(await page.locator('main table').count()).toBe(0)
  await page.locator('main a[href*="/why/"]').filter({ hasText: /\d/ }).first().tap()
  await page.getByRole('heading', { level: 1, name: /^Why/ }).waitFor()
  await settled(page)
  expect(await overflow(page)).toBe(0)
  const tree = page.getByRole('tree')
  await tree
    .getByRole('treeitem', { name: /^Arithmetic/ })
    .first()
    .tap()
  await page
    .getByRole('treeitem', { name: /^Evidence/ })
    .first()
    .tap()
  await page.getByText('SHA-256 of the file').waitFor()
  expect(await overflow(page)).toBe(0)

  await page.getByRole('button', { name: 'Pages' }).tap()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Evidence', exact: true }).tap()
  await page.getByRole('heading', { level: 1, name: 'Evidence' }).waitFor()
  await settled(page)
  expect(await overflow(page)).toBe(0)
  expect(await page.getByRole('link', { name: 'Overview', exact: true }).isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Import files' }).tap()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files…' }).tap()
  await (await chooser).setFiles(filesIn(join(inject('prepared'), 'january', 'focus-daily')))
  await page.getByRole('dialog').getByText('2 files').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).tap()
  await page.getByText(/was imported$/).waitFor()
  await page.getByRole('link', { name: /^Cloud bill: focus-daily/ }).waitFor()
  expect(await overflow(page)).toBe(0)
  expect(complaints).toEqual([])
  await context.close()
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
