// Draws the pages of the example into docs/screens/web: `npm start -- --no-serve` first, then `node scripts/draw-pages.mjs [page …]`.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { started, stopAll } from '../bench/parts/served.mjs'
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

const LOCALES = { en: 'en-US', es: 'es-CL' }
const DRAFT_TITLE = 'A lower minimum in the second year'
const ADMINISTRATOR = {
  name: 'Francisca Rojas',
  email: 'francisca.rojas@example.com',
  password: 'four words that never meet',
}
const PEOPLE = [
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
const browsers = {}
try {
  cpSync(example, join(root, 'data'), { recursive: true })
  const args = ['dist/cli/main.js', 'serve', '--data', join(root, 'data'), '--port', '0']
  const env = { ...process.env, CONVENIO_PER_MINUTE: '0', CONVENIO_LANGUAGE: 'en' }
  const link = await started(args, env, /(http\S+\/first-administrator#\S+)\s/)
  mkdirSync(out, { recursive: true })
  for (const [language, locale] of Object.entries(LOCALES)) browsers[language] = await browserIn(locale)
  const state = await furnished(link)
  for (const page of PAGES)
    if (asked.length === 0 || asked.includes(page.name))
      for (const look of [...everywhere, ...(page.more ?? [])]) await draw(new URL(link).origin, page, look, state)
} finally {
  for (const browser of Object.values(browsers)) await browser.close()
  stopAll()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
}

/** A browser whose own parts, such as fields for dates, speak that language too. */
function browserIn(locale) {
  return chromium.launch({
    executablePath: program,
    env: { ...process.env, LANGUAGE: locale.replace('-', '_'), LANG: `${locale.replace('-', '_')}.UTF-8` },
    args: [
      `--lang=${locale}`,
      '--force-color-profile=srgb',
      // As root, as in containers, Chromium's own sandbox cannot start.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
}

/** Becomes the first administrator and makes what an installation in use has. Gives the session and the draft's id. */
async function furnished(link) {
  const { origin, hash } = new URL(link)
  const context = await browsers.en.newContext()
  const { request } = context
  let csrf = ''
  const write = async (method, path, data) => {
    const answer = await request.fetch(`${origin}/api/v1${path}`, {
      ...{ method, data },
      headers: { 'x-csrf-token': csrf },
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer
  }
  csrf = (await (await write('POST', '/first-administrator', { link: hash.slice(1), ...ADMINISTRATOR })).json()).csrf
  for (const each of PEOPLE) await write('POST', '/people', each)
  await write('POST', '/tokens', { name: 'Nightly import', rights: ['read', 'import'], days: 90 })
  const made = await write('POST', '/drafts', { title: DRAFT_TITLE, clause: 'commitment/year-2' })
  const { id, text, version } = await made.json()
  await write('PUT', `/drafts/${id}`, { title: DRAFT_TITLE, text: drafting(text), version })
  const storage = await context.storageState()
  await context.close()
  return { storage, draft: id }
}

/** The form as a person fills it in: another minimum, from the first day of that year. */
function drafting(form) {
  const [head] = form.split('changes:')
  return `${head.replaceAll(/(effective|recorded): \S+/g, '$1: 2024-07-01')}changes:
  - clause: "commitment/year-2"
    term: "minimum"
    was: {"amount":"4000000","currency":"USD","sign":"$"}
    becomes: {"amount":"2500000","currency":"USD","sign":"$"}
`
}

async function draw(origin, page, { theme, language, phone = false }, { storage, draft }) {
  const context = await browsers[language].newContext({
    ...(phone
      ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
      : { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 }),
    ...{ locale: LOCALES[language], timezoneId: 'America/Santiago' },
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

/** The first of the evidence that counts, so that its file, rows and hash are seen. */
async function openEvidence(tab, phone) {
  if (phone) return
  const counted = tab.getByRole('treeitem', { name: /^(Evidence|Evidencia) (?!Not counted|No se cuenta)/ })
  await counted.first().click()
  await tab.evaluate(() => scrollTo(0, 0))
  await tab.mouse.move(0, 0)
}

async function showEffect(tab) {
  await tab.locator('.cm-content').waitFor()
  await tab.locator('.draft-columns table, .draft-columns h2').first().waitFor()
}

function fail(text) {
  console.error(text)
  process.exit(1)
}
