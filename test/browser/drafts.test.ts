import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openContext, settled, shown, visit } from './browsing.ts'
import { beginFirst, DAY, type Product, serve, signIn } from './product.ts'

let browser: Browser
let product: Product
let context: BrowserContext
beforeAll(async () => {
  browser = await openBrowser()
  product = await serve(join(inject('prepared'), 'data'))
  context = (await openContext(browser)).context
  await signIn(context, product.origin, await beginFirst(product))
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const amendment = (change: string) =>
  [
    'amendment: 1',
    'id: lower',
    'title: "Lower"',
    'effective: 2024-07-01',
    'recorded: 2024-07-01',
    'changes:',
    change,
    '',
  ].join('\n')
const MINIMUM = (amount: string) => `  - clause: "commitment/year-2"
    term: "minimum"
    was: {"amount":"4000000","currency":"USD","sign":"$"}
    becomes: {"amount":"${amount}","currency":"USD","sign":"$"}`

async function written(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

async function saved(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(/^Saved /).waitFor()
}

test('an amendment is drafted from a clause with live findings and standing, saved, and kept', async () => {
  const page = await context.newPage()
  await visit(page, `${product.origin}/clauses/commitment/year-2?as-of=${DAY}`)
  await page.getByRole('link', { name: 'Draft an amendment' }).click()
  await page.getByRole('button', { name: 'Begin the draft' }).click()
  await page.waitForURL((url) => /^\/drafts\/(?!new)/.test(url.pathname))
  const effect = page.getByRole('region', { name: 'What it would do' })
  await effect.getByText('It reads well and makes 1 change.').waitFor()

  await written(page, amendment('  - clause: "commitment/year-2"\n    becomes: [unfinished'))
  await effect.getByText(/to mend before it can take effect/).waitFor()
  await page.locator('.cm-lint-marker-error').first().waitFor()
  await written(page, amendment('  - clause: "commitment/nowhere"\n    ends: true'))
  await effect.getByText('1 of 1 changes cannot be carried out.').waitFor()
  await effect
    .getByText(/which the text does not have/)
    .first()
    .waitFor()
  await written(page, amendment(MINIMUM('300000')))
  await effect
    .getByText(/the years sum to USD 8,300,000/)
    .first()
    .waitFor()
  const standing = effect.getByRole('region', { name: /^Standing once signed/ })
  await standing.getByRole('row', { name: /Year 2/ }).waitFor()
  expect(await shown(standing.getByRole('row', { name: /Year 2/ }))).toMatch(/At risk[\s\S]*Met/)

  await page.getByText('Not saved yet').waitFor()
  await saved(page)
  await page.reload()
  await settled(page)
  await page.locator('.cm-content').getByText('"300000"').waitFor()
  await visit(page, `${product.origin}/drafts`)
  await page.getByRole('link', { name: 'Amendment of Year 2' }).waitFor()
  await page.close()
})

test('two people at one draft: the second to save sees both texts and chooses', async () => {
  const [first, second] = [await context.newPage(), await context.newPage()]
  await visit(first, `${product.origin}/drafts`)
  await first.getByRole('link', { name: 'Amendment of Year 2' }).click()
  await first.locator('.cm-content').waitFor()
  await visit(second, first.url())
  await second.locator('.cm-content').waitFor()
  await written(first, amendment(MINIMUM('200000')))
  await written(second, amendment(MINIMUM('250000')))
  await saved(first)
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  const conflict = second.getByRole('region', { name: 'Somebody saved this draft meanwhile' })
  await conflict.getByText(/saved version \d+ while you were writing/).waitFor()
  await conflict.getByText(/"200000"/).waitFor()
  await conflict.getByText(/"250000"/).waitFor()
  await conflict.getByRole('button', { name: 'Save mine over it' }).click()
  await second.getByText(/^Saved /).waitFor()
  await first.reload()
  await settled(first)
  await first.locator('.cm-content').getByText('"250000"').waitFor()
  await Promise.all([first.close(), second.close()])
})
