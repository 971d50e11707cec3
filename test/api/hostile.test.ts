import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../src/api/contracts.ts'
import { administrator, Browser, HOOK_MS, type Serving, serving } from './serving.ts'
import { head, sent, wireTo } from './wire.ts'

// Five lines are held at once on a busy machine; the limits are short so that nobody waits for them.
const PATIENCE = { headersMs: 1500, bodyMs: 1500, restMs: 500, silenceMs: 6000 }
const SOON_MS = 10_000

let server: Serving
let admin: Browser

beforeAll(async () => {
  server = await serving({ patience: PATIENCE })
  admin = await administrator(server)
}, HOOK_MS)
afterAll(() => server.close())

const others = async () => (await fetch(`${server.url}/health`)).status
const json = 'content-type: application/json'

describe('whoever is slow', () => {
  test('with headers is let go, and others are served meanwhile', async () => {
    const wires = await Promise.all(Array.from({ length: 20 }, () => wireTo(server)))
    for (const { socket } of wires) socket.write('GET /api/v1/session HTTP/1.1\r\nhost: localhost\r\nx-a: ')
    const drip = setInterval(() => {
      for (const { socket } of wires) if (!socket.destroyed) socket.write('b')
    }, 200)
    expect(await others()).toBe(200)
    await Promise.all(wires.map(({ ended }) => ended(SOON_MS)))
    clearInterval(drip)
    expect(wires.every(({ said }) => /^(HTTP\/1\.1 408 |$)/.test(said()))).toBe(true)
  })

  test('with a body is let go, on a write as on a read and on an upload that nobody may send', async () => {
    for (const [line, browser] of [
      ['POST /api/v1/session', undefined],
      ['PUT /api/v1/settings/bill-source', admin],
      ['GET /api/v1/session', undefined],
      ['POST /api/v1/imports', undefined],
      ['POST /nowhere', undefined],
    ] as const) {
      const type = line.includes('imports') ? 'content-type: multipart/form-data; boundary=x' : json
      const wire = await wireTo(server)
      wire.socket.write(head(server, line, browser, [type, 'content-length: 100000']))
      const drip = setInterval(() => wire.socket.destroyed || wire.socket.write(' '), 100)
      expect(await others()).toBe(200)
      await wire.ended(SOON_MS).catch((error: Error) => expect.fail(`${line}: ${error.message}`))
      clearInterval(drip)
    }
  }, 60_000)
})

describe('bodies', () => {
  test('of 10 MB are refused before they are read', async () => {
    const wire = await wireTo(server)
    wire.socket.write(head(server, 'PUT /api/v1/settings/bill-source', admin, [json, 'content-length: 10485760']))
    expect(await wire.heard(/\r\n\r\n\{/, SOON_MS)).toMatch(/^HTTP\/1\.1 413 [\s\S]*application\/problem\+json/)
    await wire.ended(SOON_MS)
  })

  test('that come in pieces without a length are counted', async () => {
    const wire = await wireTo(server)
    wire.socket.write(head(server, 'PUT /api/v1/settings/bill-source', admin, [json, 'transfer-encoding: chunked']))
    const piece = `10000\r\n${' '.repeat(65_536)}\r\n`
    for (let pieces = 0; pieces < 20; pieces += 1) wire.socket.write(piece)
    expect(await wire.heard(/^HTTP\/1\.1 \d/, SOON_MS)).toMatch(/^HTTP\/1\.1 413 /)
    await wire.ended(SOON_MS)
  })

  test('that are compressed are no JSON, however small they unpack', async () => {
    const body = gzipSync('{"value":"cur"}')
    const headers = [json, 'content-encoding: gzip', `content-length: ${body.length}`, 'connection: close']
    const request = Buffer.concat([Buffer.from(head(server, 'PUT /api/v1/settings/bill-source', admin, headers)), body])
    expect(await sent(server, request)).toMatch(/^HTTP\/1\.1 4(00|15) /)
  })

  test('whose length is told twice or in two ways are refused', async () => {
    for (const more of [
      ['content-length: 5', 'transfer-encoding: chunked'],
      ['content-length: 5', 'content-length: 6'],
      ['transfer-encoding: gzip, x'],
      ['transfer-encoding: chunked, identity'],
      ['content-length: -1'],
      ['content-length: 0x10'],
    ]) {
      const request = `${head(server, 'PUT /api/v1/settings/bill-source', admin, [json, ...more])}0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n`
      const said = await sent(server, request)
      expect(said, more.join()).toMatch(/^HTTP\/1\.1 400 /)
      expect(said.match(/HTTP\/1\.1 /g), more.join()).toHaveLength(1)
    }
  })

  test('of nesting without end, half a sign or NUL are refused in words', async () => {
    const asked = async (body: string) => {
      const headers = { 'content-type': 'application/json', cookie: cookies(), 'x-csrf-token': String(admin.csrf) }
      const response = await fetch(`${server.url}/api/v1/session/passkeys`, { method: 'POST', headers, body })
      return { status: response.status, errors: ((await response.json()) as { errors?: object }).errors }
    }
    const nested = `{"name":"x","credential":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`
    expect(await asked(nested)).toEqual({ status: 400, errors: [{ place: 'body', message: 'nested deeper than 64' }] })
    for (const text of ['\\u0000', '\\ud800', 'x\\udc00']) {
      const message = 'holds NUL or half of a surrogate pair'
      expect(await asked(`{"name":"${text}","credential":{}}`)).toEqual({
        status: 400,
        errors: [{ place: 'body', message }],
      })
      expect(await asked(`{"name":"x","credential":{"${text}":1}}`)).toMatchObject({ errors: [{ message }] })
    }
  })
})

const cookies = () => [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

describe('addresses and headers', () => {
  test('that cannot be read are refused in words, with the headers of every answer', async () => {
    for (const path of ['%', '%zz', '%c0%af', '%ed%a0%80', '%ff/x', `${'a'.repeat(1100)}/rejects`]) {
      const response = await fetch(`${server.url}/api/v1/imports/${path}`)
      expect([400, 404, 414], path).toContain(response.status)
      expect(response.headers.get('content-type'), path).toMatch(/^application\/problem\+json/)
      expect(response.headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(await response.text(), path).not.toContain(path)
    }
  })

  test('of 100 kB are refused, and the line is closed', async () => {
    expect(await sent(server, head(server, `GET /api/v1/${'a'.repeat(100_000)}`))).toMatch(/^HTTP\/1\.1 431 /)
    expect(await sent(server, head(server, 'GET /health', undefined, [`x-a: ${'b'.repeat(100_000)}`]))).toMatch(
      /^HTTP\/1\.1 431 /,
    )
  })

  test('that are no HTTP are refused without a word of what was sent', async () => {
    for (const bytes of [
      '\u0016\u0003\u0001\u0002',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.1\r\nx y: z\r\n\r\n',
    ])
      expect(await sent(server, bytes)).toMatch(
        /^HTTP\/1\.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n$/,
      )
  })

  test('that name a day beyond all calendars are refused, not reckoned with', async () => {
    for (const day of ['0000-01-01', '0001-01-01', '1899-12-31', '2200-01-01', '9999-12-31']) {
      for (const name of ['as-of', 'known-at'])
        expect((await admin.ask('GET', `/overview?${name}=${day}`)).status, `${name} ${day}`).toBe(400)
    }
    for (const day of ['1900-01-01', '2199-12-31'])
      expect((await admin.ask('GET', `/clauses?as-of=${day}`)).status, day).toBe(200)
  })
})

describe('several requests at once on one line', () => {
  test('are answered in their order, each to its own asker', async () => {
    const lines = ['GET /api/v1/session', 'GET /api/v1/people', 'GET /nowhere']
    const all = [
      head(server, lines[0] as string, admin),
      head(server, lines[1] as string),
      head(server, lines[2] as string, undefined, ['connection: close']),
    ]
    const said = await sent(server, all.join(''))
    expect([...said.matchAll(/HTTP\/1\.1 (\d+)/g)].map((each) => each[1])).toEqual(['200', '401', '404'])
    expect(said.indexOf('Ana Soto')).toBeLessThan(said.indexOf('HTTP/1.1 401'))
  })
})

describe('pages of others', () => {
  test('reach nothing under another name', async () => {
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example:4600',
      '',
      '[::2]:80',
      'localhost@evil.example',
    ]) {
      for (const path of ['/health', '/api/v1/session', '/openapi.json', '/metrics', '/', '/nowhere']) {
        const said = await sent(server, `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
        expect(said, `${host} ${path}`).toMatch(/^HTTP\/1\.1 421 /)
      }
    }
    expect(await sent(server, 'GET /health HTTP/1.1\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 4(00|21) /)
  }, 60_000)

  test('write nothing, whatever the route, and neither does who cannot show the word of the session', async () => {
    const csrf = admin.csrf
    for (const { method, path, id } of contracts()) {
      if (method === 'GET' || id === 'runCommand') continue
      const place = path.replace(/:\w+/g, 'x')
      for (const site of ['cross-site', 'same-site'])
        expect((await admin.ask(method, place, {}, { 'sec-fetch-site': site })).status, `${site} ${id}`).toBe(403)
      for (const word of ['', 'x', `${csrf}x`, String(csrf).slice(1)]) {
        const answer = await admin.ask(method, place, {}, { 'x-csrf-token': word })
        expect(answer.status, `${word} ${id}`).toBe(403)
        expect(answer.text, `${word} ${id}`).toContain('urn:convenio:problem:csrf')
      }
    }
    expect((await admin.ask('GET', '/session')).body.csrf).toBe(csrf)
  }, 60_000)

  test('cannot send a form: only JSON is read', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
    ])
      expect(
        (await admin.ask('PUT', '/settings/bill-source', { value: 'cur' }, { 'content-type': type })).status,
        type,
      ).toBe(415)
  })

  test('are given nothing that a browser would let them read', async () => {
    const response = await fetch(`${server.url}/api/v1/session`, { headers: { origin: 'https://evil.example' } })
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    const asked = await fetch(`${server.url}/api/v1/session`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    })
    expect(asked.status).toBe(404)
  })
})

test('methods that a route does not have are unknown', async () => {
  const nobody = new Browser(server.url)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    expect((await nobody.ask(method, '/clauses')).status, method).toBe(404)
  for (const line of [
    'TRACE /api/v1/session',
    'CONNECT localhost:80',
    'PROPFIND /api/v1/clauses',
    'get /api/v1/session',
  ])
    expect(await sent(server, head(server, line, undefined, ['connection: close'])), line).toMatch(
      /^(HTTP\/1\.1 4\d\d |$)/,
    )
})
