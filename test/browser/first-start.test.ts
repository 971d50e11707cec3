import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openContext, settled, visit } from './browsing.ts'
import { FIRST, type Product, serve } from './product.ts'

let browser: Browser
let product: Product
beforeAll(async () => {
  browser = await openBrowser()
  product = await serve(join(inject('prepared'), 'data'))
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('from the first start by the printed link to an administrator on the overview; the link works once', async () => {
  const { context } = await openContext(browser)
  const page = await context.newPage()
  const { link = '' } = product
  await visit(page, link)
  await page.getByLabel('Name').fill(FIRST.name)
  await page.getByLabel('E-mail').fill(FIRST.email)
  await page.getByLabel('New password').fill(FIRST.password)
  await page.getByLabel('The same again').fill(`${FIRST.password}!`)
  await page.getByText('The two are not the same.').waitFor()
  await page.getByLabel('The same again').fill(FIRST.password)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await settled(page)
  await page.getByRole('heading', { level: 1, name: /clauses met/ }).waitFor()
  await page.getByRole('button', { name: `Your account, ${FIRST.name}` }).waitFor()
  // What makes an administrator stays in no history entry that the back button shows.
  expect(page.url()).not.toContain('#')

  const other = await openContext(browser)
  const second = await other.context.newPage()
  await visit(second, link)
  await second.getByText('There is an administrator already; this link has done its work.').waitFor()
  expect(await second.getByRole('button', { name: 'Begin' }).count()).toBe(0)
  const hash = new URL(link).hash.slice(1)
  const answer = await second.request.post(`${product.origin}/api/v1/first-administrator`, {
    data: { link: hash, ...FIRST, email: 'another@example.com' },
  })
  expect(answer.status()).toBeGreaterThanOrEqual(400)
  expect(answer.status()).toBeLessThan(500)
  await context.close()
  await other.context.close()
})

test('a passkey is registered on the account page and signs in again', async () => {
  const { context } = await openContext(browser)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await visit(page, `${product.origin}/sign-in`)
  await page.getByLabel('E-mail').fill(FIRST.email)
  await page.getByLabel('Password').fill(FIRST.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: /clauses met/ }).waitFor()

  await visit(page, `${product.origin}/account`)
  await page.getByLabel('Name of the new passkey').fill('The laptop of the tests')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Remove The laptop of the tests' }).waitFor()

  await page.getByRole('button', { name: /^Your account/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  expect((await page.request.get(`${product.origin}/api/v1/overview`)).status()).toBe(401)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('button', { name: `Your account, ${FIRST.name}` }).waitFor()
  await visit(page, `${product.origin}/account`)
  await page.getByText(/last used/).waitFor()
  await context.close()
})
