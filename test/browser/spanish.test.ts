import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { dropped, openBrowser, openContext, settled, shown, visit } from './browsing.ts'
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

test('in Spanish: sign in, the overview, why, and a bill dropped, with Chilean numbers and dates', async () => {
  const { context, complaints } = await openContext(browser)
  const page = await context.newPage()
  await visit(page, `${product.origin}/sign-in?as-of=${DAY}`)
  await page.getByRole('button', { name: 'Ver en español' }).click()
  await page.getByRole('heading', { level: 1, name: 'Iniciar sesión' }).waitFor()
  await page.getByLabel('Correo electrónico').fill(FIRST.email)
  await page.getByLabel('Contraseña').fill(FIRST.password)
  await page.getByRole('button', { name: 'Entrar', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: /cláusulas cumplidas/ }).waitFor()

  await visit(page, `${product.origin}/?as-of=${DAY}`)
  expect(await page.evaluate('document.documentElement.lang')).toMatch(/^es/)
  await page.getByText('31-01-2025').first().waitFor()
  const spent = page.locator('.cv-tile', { has: page.locator('a[href*="/commitment/year-2"]') })
  const figure = /USD [\d.,]+/.exec(await shown(spent))?.[0] ?? ''
  expect(figure).toMatch(/^USD \d{1,3}(\.\d{3})+(,\d+)?$/)

  const row = page.locator('main table tbody tr').filter({ hasText: 'Incumplida' })
  await row.locator('a[href*="/why/"]').filter({ hasText: /\d/ }).first().click()
  await page.getByRole('heading', { level: 1, name: /^Por qué/ }).waitFor()
  await settled(page)
  await page
    .getByRole('treeitem', { name: /^Cálculo|^Aritmética/ })
    .first()
    .waitFor()
  await page.getByRole('heading', { name: 'Lo que dice el convenio' }).waitFor()

  await visit(page, `${product.origin}/evidence?as-of=${DAY}`)
  const bills = ['cur-daily', 'focus-daily'].map((kind) => join(inject('prepared'), 'january', kind))
  await dropped(page, bills, () => page.getByText('Suelte archivos o carpetas para importarlos').waitFor())
  await page.getByRole('dialog').getByRole('button', { name: 'Importar', exact: true }).click()
  await page.getByText(/se importó$/).waitFor()
  expect(await shown(page.getByText(/filas leídas/).first())).toMatch(/^\d\.\d{3} filas leídas/)
  await page.getByRole('link', { name: 'Resumen', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: /cláusulas cumplidas/ }).waitFor()
  await settled(page)
  await spent.filter({ hasNotText: figure }).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})
