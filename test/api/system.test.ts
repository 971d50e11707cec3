import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../src/api/contracts.ts'
import { Events } from '../../src/api/events.ts'
import { routes } from '../../src/api/registry.ts'
import { administrator, Browser, HOOK_MS, invited, SECRET, type Serving, serving } from './serving.ts'

let server: Serving
let admin: Browser
const asked: { request: unknown; gone: AbortSignal | undefined }[] = []
let answer: (write: (line: string) => void, gone?: AbortSignal) => Promise<void>

beforeAll(async () => {
  server = await serving({
    answerCommand: async (request, _ledger, write, gone) => {
      asked.push({ request, gone })
      await answer(write, gone)
    },
  })
  admin = await administrator(server)
}, HOOK_MS)
afterAll(() => server.close())

describe('the list of routes', () => {
  test('has each contract exactly once, and nothing else', () => {
    const bound = routes.map((route) => route.contract.id).sort()
    expect(bound).toEqual(
      contracts()
        .map((contract) => contract.id)
        .sort(),
    )
    expect(new Set(bound).size).toBe(bound.length)
    expect(new Set(contracts().map(({ method, path }) => `${method} ${path}`)).size).toBe(bound.length)
    for (const { contract } of routes) expect(contracts()).toContain(contract)
  })

  test('is answered: no address of it is unknown to the server', () => {
    for (const { method, path } of contracts())
      expect(server.server.hasRoute({ method, url: `/api/v1${path}` }), `${method} ${path}`).toBe(true)
  })
})

/** Listens, and gives what came until `wanted` did. */
async function listened(browser: Browser, wanted: RegExp, act: () => unknown): Promise<string> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const leaving = new AbortController()
  const response = await fetch(`${server.url}/api/v1/events`, { headers: { cookie }, signal: leaving.signal })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-cache')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  await act()
  let came = ''
  for await (const text of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    came += text
    if (wanted.test(came)) break
  }
  leaving.abort()
  return came
}

describe('events', () => {
  test('are for people who are signed in', async () => {
    expect((await new Browser(server.url).ask('GET', '/events')).status).toBe(401)
  })

  test('tell that standing may have changed, once something was written', async () => {
    const came = await listened(admin, /event: standing/, () =>
      admin.ask('PUT', '/settings/bill-source', { value: 'cur' }),
    )
    expect(came).toMatch(/^retry: 3000\n/)
    expect(came).toMatch(/id: \d+\nevent: standing\ndata: \{"at":"2025-/)
  })

  test('tell of long work to whoever may see imports, and to nobody else', async () => {
    const job = (label: string) => server.services.events.tell({ event: 'job', right: 'imports', data: { label } })
    const last = () => server.services.events.tell({ event: 'standing', data: {} })
    const told = () => {
      job('the bill')
      last()
    }
    expect(await listened(admin, /event: standing/, told)).toContain('the bill')
    const customer = { name: 'Cleo', email: 'cleo@clinic.example', roles: ['customer'], customers: ['C-001'] }
    const cleo = await invited(server, admin, customer)
    expect(await listened(cleo, /event: standing/, told)).not.toContain('the bill')
  })

  test('are let go of when a listener leaves', async () => {
    await listened(admin, /here/, () => undefined)
    await expect.poll(() => server.services.events.listeners).toBe(0)
  })

  test('are refused when too many listen already', async () => {
    const { listen } = Events.prototype
    Events.prototype.listen = () => false
    try {
      const { status, headers, text } = await admin.ask('GET', '/events')
      expect(status).toBe(503)
      expect(headers.get('content-type')).toContain('application/problem+json')
      expect(text).toContain('urn:convenio:problem:listeners')
    } finally {
      Events.prototype.listen = listen
    }
  })
})

describe('commands', () => {
  const look = { isTTY: false, columns: null }
  const command = {
    argv: ['standing'],
    cwd: '/tmp',
    env: {},
    out: { ...look, hasColors: true },
    err: look,
    actor: 'ana',
  }
  const run = (secret: string | undefined, headers: Record<string, string> = {}) =>
    new Browser(server.url).ask('POST', '/commands', command, {
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...headers,
    })

  test('stream what they say, line by line, to whoever has the secret', async () => {
    answer = async (write) => {
      write('{"out":"a"}\n')
      await new Promise((done) => setTimeout(done, 10))
      write('{"exit":3}\n')
    }
    const { status, headers, text } = await run(SECRET)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('application/x-ndjson')
    expect(text).toBe('{"out":"a"}\n{"exit":3}\n')
    expect(asked.at(-1)?.request).toEqual(command)
  })

  test('are refused without it, whoever is signed in', async () => {
    const before = asked.length
    const prefix = SECRET.slice(0, -1)
    for (const secret of [undefined, '', prefix, `${SECRET} `.repeat(2), SECRET.toUpperCase()])
      expect((await run(secret)).status, secret).toBe(401)
    expect((await admin.ask('POST', '/commands', command)).status).toBe(401)
    expect(asked.length).toBe(before)
  })

  test('are refused from another machine, secret or not', async () => {
    const sent = {
      method: 'POST',
      url: '/api/v1/commands',
      headers: { authorization: `Bearer ${SECRET}`, host: 'localhost' },
      payload: command,
    } as const
    expect((await server.server.inject({ ...sent, remoteAddress: '10.0.0.7' })).statusCode).toBe(401)
  })

  test('hear that nobody waits any more', async () => {
    const leaving = new AbortController()
    let begun = () => {}
    const running = new Promise<void>((resolve) => {
      begun = resolve
    })
    let heard = () => {}
    const isGone = new Promise<void>((resolve) => {
      heard = resolve
    })
    answer = async (write, gone) => {
      write('{}\n')
      begun()
      await new Promise<void>((resolve) => gone?.addEventListener('abort', () => resolve()))
      write('{"out":"to nobody"}\n')
      heard()
    }
    const request = fetch(`${server.url}/api/v1/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
      body: JSON.stringify(command),
      signal: leaving.signal,
    }).then((response) => response.text())
    await running
    leaving.abort()
    await expect(request).rejects.toThrow()
    await isGone
    expect((await admin.ask('GET', '/session')).status).toBe(200)
  })

  test('that fail end without an exit code, and the server goes on', async () => {
    answer = async (write) => {
      write('{}\n')
      throw new Error('planted')
    }
    await expect(run(SECRET)).rejects.toThrow()
    expect((await admin.ask('GET', '/session')).status).toBe(200)
  })

  test('need to be whole', async () => {
    const { status } = await new Browser(server.url).ask('POST', '/commands', { argv: 'standing' })
    expect(status).toBe(400)
  })
})
