// How long until the overview can be used, over 10 Mbit/s with 40 ms latency, from a warm server and an empty browser cache; and how
// long standing takes anew after an import. node bench/overview.mjs [rounds]; needs `npm start -- --no-serve` before, and a Chromium.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findBrowser } from '../scripts/parts/browser.mjs'
import { PERSON, served, stopAll } from './parts/served.mjs'

const example = '.convenio/example'
const [rounds = 5] = process.argv.slice(2).map(Number)
if (!existsSync(join(example, 'data', 'installation.json'))) throw new Error('Run `npm start -- --no-serve` first.')
const executablePath = findBrowser()
if (!executablePath) throw new Error('No Chromium was found; set CONVENIO_BROWSER.')
const root = mkdtempSync(join(tmpdir(), 'convenio-overview-'))
try {
  const data = join(root, 'data')
  cpSync(join(example, 'data'), data, { recursive: true })
  const { origin, token } = await served(data, { ...process.env, CONVENIO_PER_MINUTE: '0' })
  const headers = { authorization: `Bearer ${token}` }
  const ask = async (path) => {
    const begun = performance.now()
    const response = await fetch(`${origin}/api/v1${path}`, { headers })
    await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return performance.now() - begun
  }
  console.log(
    `overview, cold: ${(await ask('/overview')).toFixed(0)} ms; clauses, cold: ${(await ask('/clauses?limit=500')).toFixed(0)} ms`,
  )
  console.log(
    `overview, warm: ${(await ask('/overview')).toFixed(0)} ms; clauses, warm: ${(await ask('/clauses?limit=500')).toFixed(0)} ms`,
  )
  console.log(`another day: overview ${(await ask('/overview?as-of=2025-06-17')).toFixed(0)} ms`)
  await pages(origin)
  await afterImport(origin, headers, ask)
} finally {
  await stopAll()
  rmSync(root, { recursive: true, force: true })
}

async function pages(origin) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const signIn = await browser.newContext()
    await signIn.request.post(`${origin}/api/v1/session`, { data: { email: PERSON.email, password: PERSON.password } })
    const storageState = await signIn.storageState()
    const times = []
    for (let round = 0; round < rounds; round += 1) {
      const context = await browser.newContext({ storageState })
      const page = await context.newPage()
      const cdp = await context.newCDPSession(page)
      await cdp.send('Network.enable')
      const line = (10 * 1000 * 1000) / 8
      await cdp.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 40,
        downloadThroughput: line,
        uploadThroughput: line,
      })
      let bytes = 0
      cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength
      })
      const begun = performance.now()
      await page.goto(`${origin}/`, { waitUntil: 'commit' })
      await page.locator('table tbody tr a').first().waitFor()
      times.push({ ms: performance.now() - begun, bytes })
      await context.close()
    }
    const ms = times.map((each) => each.ms).sort((a, b) => a - b)
    const kb = Math.max(...times.map((each) => each.bytes)) / 1000
    console.log(
      `overview interactive: ${ms.map((each) => each.toFixed(0)).join(', ')} ms (wanted: under 1500); ${kb.toFixed(0)} kB on the line`,
    )
  } finally {
    await browser.close()
  }
}

async function afterImport(origin, headers, ask) {
  await ask('/overview')
  const survey = readFileSync(join(example, 'files', 'surveys', 'responses-2025-Q4.csv'), 'utf8')
  const form = new FormData()
  // The same answers under other numbers: new rows, so that something has to be judged anew.
  form.append('files', new Blob([survey.replaceAll('\nR_', '\nR_9')]), 'responses-again.csv')
  const response = await fetch(`${origin}/api/v1/imports`, { method: 'POST', headers, body: form })
  const job = await response.json()
  for (;;) {
    const { state, result } = await (await fetch(`${origin}/api/v1/jobs/${job.id}`, { headers })).json()
    if (state === 'done' || state === 'failed') {
      console.log(`import: ${state}, ${result?.tally.kept} rows kept`)
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  console.log(`standing after that import: ${(await ask('/overview')).toFixed(0)} ms (wanted: under 1000)`)
}
