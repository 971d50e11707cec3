import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { findBrowser } from '../../scripts/parts/browser.mjs'

/** A real Chromium, the one of this machine. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('There is no Chromium; scripts/parts/test-steps.mjs leaves these tests out then')
  // As root, as in containers, Chromium's own sandbox cannot start.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args })
}

/** How long one step may take on a busy machine. */
export const PATIENCE_MS = 40_000

/** A context with the look of one device; what its pages complain of is kept. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 900 }, locale: 'en-US', timezoneId: 'America/Santiago' },
    ...{ reducedMotion: 'reduce', ...options },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const complaints: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.page()?.url()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (fault) => complaints.push(`${fault.page()?.url()}: ${fault.error()}`))
  await context.exposeBinding('tellViolation', ({ page }, told: string) => {
    complaints.push(`${page.url()}: content security policy: ${told}`)
  })
  await context.addInitScript(
    `addEventListener('securitypolicyviolation', (event) =>
      tellViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile))`,
  )
  return { context, complaints }
}

/** A context and everything its pages' consoles and policies complained of. */
export interface Watched {
  context: BrowserContext
  complaints: string[]
}

/** Waits until a page shows what it has to show: its heading, and nothing that still loads. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.locator('.cv-spinner, [aria-busy="true"]').first().waitFor({ state: 'detached' })
}

/** Opens a page of the product and waits for its content. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settled(page)
}

/** The words that something on the page shows, line by line as they are seen. */
export async function shown(place: Locator): Promise<string> {
  await place.waitFor()
  return (await place.allInnerTexts()).join('\n')
}

// A page that was just made narrower draws its tables anew as cards, which takes it some frames.
const FRAMES = 120

/** How far the page stays wider than what shows it. */
export async function overflow(page: Page): Promise<number> {
  let wider = 0
  for (let frame = 0; frame < FRAMES; frame += 1) {
    wider = await page.evaluate<number>(
      `new Promise((tell) => requestAnimationFrame(() =>
        tell(document.documentElement.scrollWidth - document.documentElement.clientWidth)))`,
    )
    if (wider === 0) break
  }
  return wider
}

/** Drags files and folders of this machine over the page, as a person does from a folder's window, and lets them go. */
export async function dropped(page: Page, files: readonly string[], meanwhile?: () => Promise<void>): Promise<void> {
  const hand = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  const act = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    hand.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data })
  await act('dragEnter')
  await act('dragOver')
  await meanwhile?.()
  await act('drop')
  await page.getByRole('dialog').waitFor()
  await hand.detach()
}
