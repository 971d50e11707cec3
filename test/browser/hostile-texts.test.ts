import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Planted, plant, ROWS, SCRIPTS } from '../api/hostile-texts.ts'
import { administrator, type Serving, serving } from '../api/serving.ts'
import { openBrowser, openContext, visit } from './browsing.ts'

let browser: Browser
let server: Serving
let planted: Planted
let context: BrowserContext
let complaints: string[]

beforeAll(async () => {
  server = await serving()
  const admin = await administrator(server)
  planted = await plant(server, admin, [...SCRIPTS, '\u202egnp.exe'])
  browser = await openBrowser()
  const watched = await openContext(browser)
  context = watched.context
  complaints = watched.complaints
  const url = server.url
  await context.addCookies([...admin.cookies].map(([name, value]) => ({ name, value, url })))
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const addresses = () => [
  ...[
    '/',
    '/clauses',
    `/clauses/${planted.clause}`,
    `/why/${planted.clause}`,
    '/agreement',
    '/agreement/versions',
    '/findings',
  ],
  ...['/drafts', ...planted.drafts.slice(0, 3).map((id) => `/drafts/${id}`), '/evidence', '/evidence/imports'],
  ...planted.imports.slice(0, 3).map((id) => `/evidence/imports/${id}`),
  ...['/evidence/facts', `/evidence/rows?dataset=${ROWS}`, '/settings/people', '/settings/tokens', '/settings/sign-in'],
  ...['/settings/audit', '/account', `/findings?text=${encodeURIComponent(SCRIPTS[1] as string)}`],
]

test('nothing that was written into a text runs in any page, and no page asks for what its policy forbids', async () => {
  const page = await context.newPage()
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  let shown = 0
  for (const address of addresses()) {
    await visit(page, `${server.url}${address}`)
    expect(await page.evaluate('window.ran'), address).toBeUndefined()
    const text = await page.evaluate<string>('document.body.innerText')
    if (SCRIPTS.some((script) => text.includes(script))) shown += 1
  }
  expect(dialogs).toEqual([])
  expect(complaints.filter((each) => /content security policy/i.test(each))).toEqual([])
  // They were there to be run: most pages show what people wrote.
  expect(shown).toBeGreaterThan(8)
}, 400_000)
