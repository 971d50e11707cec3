// Draws the pages of the example into docs/screens/web: `npm start -- --no-serve` first, then `node scripts/draw-pages.mjs [page …]`.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { PERSON, served, stopAll } from '../bench/parts/served.mjs'
import { findBrowser } from './parts/browser.mjs'
import { inRoot } from './parts/paths.mjs'

const example = inRoot('.convenio', 'example', 'data')
const out = inRoot('docs', 'screens', 'web')
const DAY = '2025-01-31'

const everywhere = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'en' },
]
const inSpanish = { theme: 'light', language: 'es' }
const onPhone = { theme: 'light', language: 'en', phone: true }

/** Every page with its address and how it is shown besides English in both themes. */
const PAGES = [
  { name: 'overview', path: '/', more: [inSpanish, onPhone] },
  { name: 'agreement', path: '/agreement', more: [inSpanish] },
  { name: 'why', path: '/why/commitment/year-2', more: [inSpanish, onPhone], prepare: openEvidence },
  { name: 'clauses', path: '/clauses' },
  { name: 'clause', path: '/clauses/service-level/mean-time-to-resolve' },
  { name: 'evidence', path: '/evidence' },
  { name: 'imports', path: '/evidence/imports' },
  { name: 'facts', path: '/evidence/facts?dataset=incidents' },
  { name: 'findings', path: '/findings' },
  { name: 'versions', path: '/versions' },
  { name: 'drafts', path: '/drafts' },
  { name: 'draft', path: ({ draft }) => `/drafts/${draft}`, prepare: showEffect },
  { name: 'people', path: '/settings/people' },
  { name: 'tokens', path: '/settings/tokens' },
  { name: 'sign-in-settings', path: '/settings/sign-in' },
  { name: 'audit', path: '/settings/audit' },
  { name: 'account', path: '/account' },
  { name: 'sign-in', path: '/sign-in', open: true },
]

const FURNITURE = [
  { name: 'Ignacio Fuentes', email: 'ignacio.fuentes@example.com', roles: ['finance'] },
  { name: 'Catalina Soto', email: 'catalina.soto@example.com', roles: ['director'] },
  { name: 'Matías Herrera', email: 'matias.herrera@example.com', roles: ['operations', 'quality'] },
  { name: 'Antonia Vidal', email: 'antonia.vidal@example.com', roles: ['auditor'] },
  { name: 'Diego Araya', email: 'diego.araya@example.com', roles: ['customer'], customers: ['C-001'], language: 'es' },
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !PAGES.some((page) => page.name === name))
if (unknown.length > 0) fail(`No page is called ${unknown.join(', ')}: ${PAGES.map(({ name }) => name).join(', ')}`)
if (!existsSync(example)) fail('There is no example yet: npm start -- --no-serve')
const program = findBrowser()
if (!program) fail('There is no Chromium: install one, or name it with CONVENIO_BROWSER')

const root = mkdtempSync(join(tmpdir(), 'convenio-pages-'))
let browser
try {
  cpSync(example, join(root, 'data'), { recursive: true })
  const { origin } = await served(join(root, 'data'), { ...process.env, CONVENIO_PER_MINUTE: '0' })
  mkdirSync(out, { recursive: true })
  browser = await chromium.launch({
    executablePath: program,
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--force-color-profile=srgb'] : ['--force-color-profile=srgb'],
  })
  const state = await furnished(origin)
  for (const page of PAGES)
    if (asked.length === 0 || asked.includes(page.name))
      for (const look of [...everywhere, ...(page.more ?? [])]) await draw(origin, page, look, state)
} finally {
  await browser?.close()
  stopAll()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
}

/** Signs in and makes what an installation in use has: people, a draft. Gives the session and the draft's id. */
async function furnished(origin) {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('E-mail').fill(PERSON.email)
  await page.getByLabel('Password').fill(PERSON.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('h1.cv-sentence').waitFor()
  const { csrf } = await (await page.request.get(`${origin}/api/v1/session`)).json()
  const write = async (method, path, data) => {
    const answer = await page.request.fetch(`${origin}/api/v1${path}`, {
      ...{ method, data },
      headers: { 'x-csrf-token': csrf, ...(method === 'PUT' ? { 'if-match': '"1"' } : {}) },
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return method === 'PATCH' ? undefined : answer.json()
  }
  await write('PATCH', '/session/person', { name: 'Francisca Rojas' })
  for (const each of FURNITURE) await write('POST', '/people', each)
  const { id } = await write('POST', '/drafts', {
    ...{ title: 'A higher spend commitment in the second year', clause: 'commitment/year-2' },
  })
  const storage = await context.storageState()
  await context.close()
  return { storage, draft: id }
}

async function draw(origin, page, { theme, language, phone = false }, { storage, draft }) {
  const context = await browser.newContext({
    ...(phone
      ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
      : { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 }),
    ...{ locale: language === 'es' ? 'es-CL' : 'en-US', timezoneId: 'America/Santiago' },
    ...{ colorScheme: theme, reducedMotion: 'reduce' },
    ...(page.open ? {} : { storageState: storage }),
  })
  try {
    const tab = await context.newPage()
    await tab.addInitScript(`localStorage.setItem('convenio-language', '${language}')`)
    const path = typeof page.path === 'string' ? page.path : page.path({ draft })
    await tab.goto(`${origin}${path}${path.includes('?') ? '&' : '?'}${page.open ? '' : `as-of=${DAY}`}`)
    await settled(tab)
    await page.prepare?.(tab, phone)
    await settled(tab)
    await tab.evaluate(() => document.fonts.ready)
    const name = `${page.name}.${language}.${phone ? 'phone' : theme}.png`
    await tab.screenshot({ path: join(out, name), animations: 'disabled', caret: 'hide' })
    console.log(`docs/screens/web/${name}`)
  } finally {
    await context.close()
  }
}

async function settled(tab) {
  await tab.locator('h1').first().waitFor()
  await tab.locator('.cv-spinner, [aria-busy="true"]').first().waitFor({ state: 'detached' })
}

/** The first of the evidence in the tree, so that its file, rows and hash are seen. */
async function openEvidence(tab, phone) {
  if (phone) return
  await tab
    .locator('[role=treeitem]', { has: tab.locator('.why-kind') })
    .nth(3)
    .click()
}

async function showEffect(tab) {
  await tab.locator('.cm-content').waitFor()
  await tab.locator('.draft-columns table, .draft-columns h2').first().waitFor()
}

function fail(text) {
  console.error(text)
  process.exit(1)
}
