import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type RunningServer, type ServerOptions, startServer } from '../../src/api/index.ts'
import type { Ledger } from '../../src/evidence/ledger/index.ts'
import { newInstallation, openLedger } from '../evidence/places.ts'
import { bring, fact } from '../evidence/tenants.ts'
import { CHEAP, GOOD } from '../identity/desk.ts'

const AGREEMENT = 'alder-azure-canada'

/** The day on which these tests ask. */
export const TODAY = '2025-06-15'

/** By which commands prove themselves in these tests. */
export const SECRET = 'a secret that only the folder of the installation tells'

/** How long it may take until a server answers on a busy machine. */
export const HOOK_MS = 120_000

/** A server with an installation of its own. */
export interface Serving extends RunningServer {
  ledger: Ledger
  close(): Promise<void>
}

/** Starts a server on a new installation with a text, two customers and nobody who may sign in. */
export async function serving(options: Partial<ServerOptions> = {}): Promise<Serving> {
  const home = await newInstallation('pglite', AGREEMENT)
  const place = join(home.root, 'agreements', AGREEMENT)
  mkdirSync(place, { recursive: true })
  cpSync(`test/agreements/${AGREEMENT}/agreement.md`, join(place, 'agreement.md'))
  const ledger = await openLedger(home)
  await bring(ledger, [instanceOf('C-001', 'i-1'), instanceOf('C-002', 'i-2'), instanceOf('instance:i-3', 'i-3')])
  const server = await startServer({
    ...{ ledger, host: '127.0.0.1', port: 0, language: 'es', logLevel: 'silent', version: '0.0.1' },
    ...{ today: () => TODAY, secret: SECRET, perMinute: 0, identity: { passwordCost: CHEAP } },
    answerCommand: async (_request, _ledger, write) => write('{"exit":0}\n'),
    ...options,
  })
  const close = async () => {
    await server.close()
    await ledger.close()
  }
  return { ...server, ledger, close }
}

function instanceOf(owner: string, instance: string) {
  return fact('instances', instance, owner, { values: { instance, deployment: `d-${instance}` }, personal: {} })
}

/** What a server answered. */
export interface Answer<T = Record<string, unknown>> {
  status: number
  headers: Headers
  body: T
  text: string
}

/** A browser with its cookies, which sends back what its session is to prove writes with. */
export class Browser {
  readonly #url: string
  readonly #headers: Record<string, string>
  readonly cookies = new Map<string, string>()
  csrf: string | null = null

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url
    this.#headers = headers
  }

  /** Sends a request below `/api/v1`; redirects are not followed. */
  async ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: { ...this.#sent(method, body), ...this.#headers, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const text = await response.text()
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== ''
    const answer = isJson ? JSON.parse(text) : {}
    if (typeof answer.csrf === 'string') this.csrf = answer.csrf
    return { status: response.status, headers: response.headers, body: answer as T, text }
  }

  #sent(method: string, body: unknown): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return {
      ...(cookie === '' ? {} : { cookie }),
      ...(method !== 'GET' && this.csrf !== null ? { 'x-csrf-token': this.csrf } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (/max-age=0\b|expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(pair.slice(0, at))
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

/** The first administrator, signed in by the link that the server printed. */
export async function administrator(server: Serving): Promise<Browser> {
  const browser = new Browser(server.url)
  const link = server.firstAdministrator?.split('#')[1]
  const said = { link, name: 'Ana Soto', email: 'ana@alder.example', password: GOOD }
  const { status, text } = await browser.ask('POST', '/first-administrator', said)
  if (status !== 200) throw new Error(text)
  return browser
}

/** Somebody whom an administrator invited and who took the invitation up. */
export async function invited(
  server: Serving,
  by: Browser,
  said: { name: string; email: string; roles: string[]; customers?: string[] },
): Promise<Browser> {
  const made = await by.ask<{ link: string }>('POST', '/people', said)
  if (made.status !== 201) throw new Error(made.text)
  const browser = new Browser(server.url)
  const secret = made.body.link.split('#')[1]
  const taken = await browser.ask('POST', `/invitations/${secret}`, { password: GOOD })
  if (taken.status !== 200) throw new Error(taken.text)
  return browser
}
