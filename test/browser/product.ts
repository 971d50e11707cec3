import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'

export const AGREEMENT = 'agreements/wom-aws-chile'
export const SUPPLEMENT = `${AGREEMENT}/twin-supplement.yaml`

/** The day of which these tests ask: the last of the evidence. */
export const DAY = '2025-01-31'

const BUILT = 'dist/cli/main.js'

type Environment = Readonly<Record<string, string>>

/** Runs a command of the built product to its end and gives what it printed. */
export function convenio(...args: string[]): Promise<string> {
  return convenioWith({}, ...args)
}

/** The same with more environment. */
export async function convenioWith(env: Environment, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [BUILT, ...args], { env: { ...process.env, ...env } })
  const heard = hearing(child)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`convenio ${args.join(' ')} ended with ${code}:\n${heard()}`)
  return heard()
}

/** The built product as it serves a folder of its own. */
export interface Product {
  origin: string
  /** The one-time link of the first start. */
  link: string | undefined
  data: string
  /** Ends the server; the folder stays. */
  halt(): Promise<void>
  /** Serves again under the same address. */
  resume(): Promise<void>
  /** Ends the server and removes the folder. */
  stop(): Promise<void>
}

/** Serves a copy of an installation on a free port. */
export async function serve(installation: string, env: Environment = {}): Promise<Product> {
  const root = mkdtempSync(join(tmpdir(), 'convenio-served-'))
  const data = join(root, 'data')
  cpSync(installation, data, { recursive: true })
  let running = await started(data, '0', env, LINK)
  const port = new URL(running.origin).port
  const halt = () => ended(running.child)
  return {
    ...{ origin: running.origin, link: running.link, data, halt },
    resume: async () => {
      running = await started(data, port, env)
    },
    stop: async () => {
      await halt()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface Running {
  child: ChildProcess
  origin: string
  link: string | undefined
}

// Many people's worth of pages come from one address here.
const UNLIMITED = { CONVENIO_PER_MINUTE: '0', CONVENIO_LANGUAGE: 'en' }

// A first start is over once it has printed its link; a later one has none.
async function started(data: string, port: string, env: Environment, said = SERVES): Promise<Running> {
  const args = [BUILT, 'serve', '--data', data, '--port', port]
  const child = spawn(process.execPath, args, { env: { ...process.env, ...UNLIMITED, ...env } })
  const heard = hearing(child)
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!said.test(heard())) return
      child.stdout?.off('data', look)
      resolve({ child, origin: SERVES.exec(heard())?.[1] ?? '', link: LINK.exec(heard())?.[1] })
    }
    child.stdout?.on('data', look)
    child.once('exit', (code) => reject(new Error(`convenio serve ended with ${code}:\n${heard()}`)))
  })
}

const SERVES = / on (http:\/\/localhost:\d+) /
const LINK = /(http\S+\/first-administrator#[\w-]+)\s/

function hearing(child: ChildProcess): () => string {
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      said += text
    })
  return () => said
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** The first administrator of these tests. */
export const FIRST = {
  name: 'Francisca Rojas',
  email: 'francisca@example.com',
  password: 'four unlikely words together',
}

/** Somebody who is signed in, and asks the interface without a browser. */
export interface Signed {
  cookie: string
  csrf: string
}

/** Makes the first administrator by the printed link, without a browser. */
export async function beginFirst({ origin, link }: Product): Promise<Signed> {
  const hash = new URL(link ?? origin).hash.slice(1)
  return entered(await asked(origin, 'POST', '/first-administrator', { link: hash, ...FIRST }))
}

async function entered(answer: Response): Promise<Signed> {
  const { csrf } = (await answer.json()) as { csrf: string }
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0])
  return { cookie: cookie.join('; '), csrf }
}

/** Asks the interface; an answer that refuses is an exception. */
export async function asked(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  who?: Signed,
): Promise<Response> {
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(who === undefined ? {} : { cookie: who.cookie, 'x-csrf-token': who.csrf }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer
}

/** Gives a browser somebody's session. */
export async function signIn(context: BrowserContext, origin: string, { cookie }: Signed): Promise<void> {
  const cookies = cookie.split('; ').map((each) => {
    const at = each.indexOf('=')
    return { name: each.slice(0, at), value: each.slice(at + 1), url: origin }
  })
  await context.addCookies(cookies)
}
