import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearAway, EXAMPLE, MAIN, newFolder, ROOT, smallBusiness } from '../faults/business.ts'
import type { Answer } from './run.ts'

const AS_OF = ['--as-of', '2025-01-31', '--known-at', '2025-02-28']
const RECEIVED = ['--received-at', '2025-02-10']
const ENV = {
  NO_COLOR: '1',
  CONVENIO_LANGUAGE: 'en',
  COLUMNS: '80',
  CONVENIO_DATA: 'data',
  CONVENIO_WAIT: '1',
  DATABASE_URL: '',
}
const FAKE = join(ROOT, 'test/cli/fake-server.mjs')

let business = ''
let prepared = ''
const servers: Server[] = []

/** A process that has an installation's folder, with what it says. */
interface Server {
  child: ChildProcess
  said: () => string
}

/** Runs a command where somebody stands beside their installation `data` and the business's files. */
function at(place: string, args: readonly string[], env: Record<string, string> = {}): Promise<Answer> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: place, env: { ...process.env, ...ENV, ...env } })
  const said = { out: '', err: '' }
  const [out, err] = [child.stdout.setEncoding('utf8'), child.stderr.setEncoding('utf8')]
  out.on('data', (text: string) => {
    said.out += text
  })
  err.on('data', (text: string) => {
    said.err += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
}

/** A new place with a copy of the prepared installation. */
function newPlace(): string {
  const place = newFolder()
  cpSync(prepared, place, { recursive: true })
  return place
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6000; tries += 1) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`never came: ${what}`)
}

async function serving(place: string): Promise<Server> {
  const child = spawn(process.execPath, [FAKE, join(place, 'data')], { cwd: ROOT, env: { ...process.env, ...ENV } })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  const server = { child, said: () => text }
  servers.push(server)
  await until('ready', () => {
    if (child.exitCode !== null) throw new Error(text)
    return text.includes('ready')
  })
  return server
}

async function end({ child }: Server, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal)
  await until('the end of the server', () => child.exitCode !== null || child.signalCode !== null)
}

beforeAll(async () => {
  business = smallBusiness(7).files
  prepared = newFolder()
  cpSync(business, join(prepared, 'files'), { recursive: true })
  const made = await at(prepared, ['init', join(ROOT, EXAMPLE)])
  if (made.code !== 0) throw new Error(made.err)
}, 480_000)
afterAll(async () => {
  for (const { child } of servers) child.kill('SIGKILL')
  clearAway()
}, 120_000)

/** Ids of imports are chance. */
function withoutIds(answer: Answer): Answer {
  const plain = (text: string) => text.replace(/\b\d{14}-[0-9a-f]{10}\b|\b[0-9a-f]{32,}\b/g, 'ID')
  return { code: answer.code, out: plain(answer.out), err: plain(answer.err) }
}

describe('with a server a command answers as without one', { timeout: 480_000 }, () => {
  test('the same bytes and the same exit codes, with relative paths, in both languages', async () => {
    const [alone, served] = [newPlace(), newPlace()]
    const server = await serving(served)
    const by = ['--reason', 'agreed', '--approved-by', 'Ana Soto']
    const said: string[][] = [
      ['import', 'files/incidents', './files/changes', 'files/certificates', '--dry-run', ...RECEIVED],
      ['import', 'files/incidents', './files/changes', 'files/certificates', ...RECEIVED],
      ['import', 'files/incidents', ...RECEIVED, '--format', 'json', '--language', 'es'],
      ['import', 'surveys', 'files/surveys', ...RECEIVED],
      ['import', 'incidents', 'files/surveys'],
      ['import', 'files/nowhere.csv'],
      ['import', 'files/truth.json', '--date', '2025-01-31', '--clause', 'exit/notice', '--title', 'Ñandú'],
      ['standing', ...AS_OF],
      ['standing', ...AS_OF, '--format', 'json', '--language', 'es'],
      ['standing', ...AS_OF, '--format', 'csv', '--data', './data'],
      ['why', 'service-level/change-success-rate', ...AS_OF],
      ['why', 'commitment/yaer-2', ...AS_OF],
      ['evidence', ...AS_OF, '--language', 'es'],
      ['evidence', '--imports'],
      ['waive', 'commitment/year-2', ...by, '--until', '2099-12-31', '--language', 'es'],
      ['retract', 'nobody', '--reason', 'x'],
      ['standing', '--evidence', 'no.yaml'],
      ['audit', 'checkpoint', 'checkpoint.json'],
      ['audit', 'verify', '--checkpoint', 'checkpoint.json'],
    ]
    for (const args of said) {
      const [expected, got] = await Promise.all([at(alone, args), at(served, args)])
      expect(withoutIds(got), args.join(' ')).toEqual(withoutIds(expected))
    }
    const retract = async (place: string) => {
      const imports = JSON.parse((await at(place, ['evidence', '--imports', '--format', 'json'])).out)
      const done = await at(place, ['retract', imports[1].id, '--reason', 'wrong'])
      return [done, await at(place, ['evidence', ...AS_OF])].map(withoutIds)
    }
    expect(await retract(served)).toEqual(await retract(alone))
    // They were the server's answers, and what was written lies where the command was typed.
    expect(server.said().match(/asked (?:import|standing|why|evidence|waive|retract|audit)/g)?.length).toBeGreaterThan(
      17,
    )
    expect(existsSync(join(served, 'checkpoint.json'))).toBe(true)
    expect(statSync(join(served, 'data/server.json')).mode & 0o777).toBe(0o600)
    await end(server, 'SIGTERM')
    expect(existsSync(join(served, 'data/server.json'))).toBe(false)
    expect(await at(served, ['audit', 'verify'])).toMatchObject({ code: 0, err: '' })
  })

  test('what a server cannot do is said, and it answers for its own folder alone', async () => {
    const [place, other] = [newPlace(), newPlace()]
    const server = await serving(place)
    const es = ['--language', 'es']
    expect(await at(place, ['serve', ...es])).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^data ya se atiende en/),
    })
    expect(await at(place, ['restore', 'x.tar.gz'])).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/already contains an installation, and process \d+ serves it/),
    })
    const elsewhere = await at(place, ['init', join(ROOT, 'test/agreements/andes-aws-peru')])
    expect([elsewhere.code, elsewhere.err]).toEqual([1, expect.stringContaining('Use another --data')])
    // Its own agreement again, such as a newer text, is taken over by the server.
    expect((await at(place, ['init', join(ROOT, EXAMPLE)])).code).toBe(0)
    const { url, secret } = fileOf(place)
    for (const argv of [
      ['standing', '--data', join(other, 'data')],
      ['serve', '--data', 'data'],
      ['restore', 'x', '--data', 'data'],
      ['check', EXAMPLE],
    ]) {
      const lines = await linesOf(await post(url, secret, { argv, cwd: place }))
      expect([lines.at(-1), lines.some(({ err }) => /\bdata\b/.test(err ?? ''))], argv.join(' ')).toEqual([
        { exit: 1 },
        true,
      ])
    }
    const malformed = await linesOf(await post(url, secret, { argv: 'standing', cwd: place }))
    expect(malformed.at(-1)).toEqual({ exit: 2 })
    await end(server, 'SIGTERM')
  })
})

interface Line {
  out?: string
  err?: string
  exit?: number
}

function fileOf(place: string): { url: string; secret: string; pid: number } {
  return JSON.parse(readFileSync(join(place, 'data/server.json'), 'utf8'))
}

/** What the command line sends, as somebody before a terminal. */
function post(url: string, secret: string, asked: object, signal?: AbortSignal): Promise<Response> {
  const look = { isTTY: true, columns: 100, hasColors: false }
  const body = { env: { CONVENIO_LANGUAGE: 'en' }, out: look, err: look, actor: 'ana', ...asked }
  return fetch(`${url}/api/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
}

async function linesOf(response: Response): Promise<Line[]> {
  const text = await response.text()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Where nobody listens. */
async function nobodysUrl(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return `http://127.0.0.1:${port}`
}

const importAll = (place: string) => ({ argv: ['import', 'files', '--data', 'data', ...RECEIVED], cwd: place })

describe('while an answer comes', { timeout: 480_000 }, () => {
  test('progress is seen; whoever goes away ends the import, and nothing half of it stays', async () => {
    const place = newPlace()
    const server = await serving(place)
    const { url, secret } = fileOf(place)
    const leaving = new AbortController()
    const answer = await post(url, secret, importAll(place), leaving.signal)
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    let seen = ''
    while (!/"err":"\\r[^"]*%/.test(seen)) {
      const { done, value } = await reader.read()
      expect(done, seen).toBe(false)
      seen += new TextDecoder().decode(value)
    }
    leaving.abort()
    await until('the end of the import', () => server.said().includes('answered import to nobody'))
    const imports = async (): Promise<number> =>
      JSON.parse((await at(place, ['evidence', '--imports', '--format', 'json'])).out).length
    const before = await imports()
    const whole = await linesOf(await post(url, secret, importAll(place)))
    expect(whole.at(-1)).toEqual({ exit: 0 })
    expect(whole.some(({ err }) => err?.includes('%'))).toBe(true)
    expect(await imports()).toBeGreaterThan(before)
    await end(server, 'SIGTERM')
    // What came in two times is what comes in at once.
    const once = newPlace()
    expect((await at(once, ['import', 'files', ...RECEIVED])).code).toBe(0)
    for (const command of ['evidence', 'standing'])
      expect(await at(place, [command, ...AS_OF])).toEqual(await at(once, [command, ...AS_OF]))
    expect((await at(place, ['audit', 'verify'])).code).toBe(0)
  })

  test('a command that is killed or interrupted leaves the server as it was', async () => {
    const place = newPlace()
    const server = await serving(place)
    const go = () => {
      const options = { cwd: place, env: { ...process.env, ...ENV }, stdio: 'ignore' } as const
      return spawn(process.execPath, [MAIN, 'import', 'files', ...RECEIVED], options)
    }
    for (const [signal, code] of [
      ['SIGKILL', null],
      ['SIGINT', 130],
    ] as const) {
      const times = server.said().split('asked import').length
      const child = go()
      await until('the command', () => server.said().split('asked import').length > times)
      child.kill(signal)
      await until('its end', () => child.exitCode !== null || child.signalCode !== null)
      expect(child.exitCode).toBe(code)
      await until('the end of the import', () => server.said().split('answered import').length > times)
    }
    expect((await at(place, ['import', 'files', ...RECEIVED])).code).toBe(0)
    expect((await at(place, ['audit', 'verify'])).code).toBe(0)
    expect(server.child.exitCode).toBe(null)
    await end(server, 'SIGTERM')
  })

  test('commands that write wait for each other, and both are done', async () => {
    const place = newPlace()
    const server = await serving(place)
    const { url, secret } = fileOf(place)
    const waive = (clause: string, actor: string) => {
      const why = ['--reason', 'x', '--approved-by', 'y', '--until', '2099-12-31', '--data', 'data']
      return post(url, secret, { argv: ['waive', clause, ...why], cwd: place, actor }).then(linesOf)
    }
    const rehearsal = post(url, secret, { argv: [...importAll(place).argv, '--dry-run'], cwd: place }).then(linesOf)
    const done = await Promise.all([waive('commitment/year-1', 'ana'), waive('commitment/year-2', 'luis'), rehearsal])
    expect(done.map((lines) => lines.at(-1))).toEqual([{ exit: 0 }, { exit: 0 }, { exit: 0 }])
    const entries = join(place, 'entries.jsonl')
    expect(
      (await at(place, ['audit', 'checkpoint', 'c.json', '--entries', entries], { CONVENIO_ACTOR: 'eva' })).code,
    ).toBe(0)
    const acts = readFileSync(entries, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const waived = acts.filter(({ action }) => action === 'waive').map(({ actor, subject }) => `${actor} ${subject}`)
    expect(waived.sort()).toEqual(['ana commitment/year-1', 'luis commitment/year-2'])
    expect((await at(place, ['audit', 'verify'])).code).toBe(0)
    expect(server.said()).toContain('asked audit by eva')
    await end(server, 'SIGTERM')
  })
})

describe('a server that is not there', { timeout: 480_000 }, () => {
  test('what a killed one has left is ignored', async () => {
    const place = newPlace()
    const server = await serving(place)
    await end(server, 'SIGKILL')
    expect(existsSync(join(place, 'data/server.json'))).toBe(true)
    expect(await at(place, ['evidence', '--imports'])).toMatchObject({ code: 0, err: '' })
    for (const broken of ['', '{', '{"pid":1}', 'null']) {
      writeFileSync(join(place, 'data/server.json'), broken)
      expect(await at(place, ['evidence', '--imports']), broken).toMatchObject({ code: 0, err: '' })
    }
  })

  test('one that does not answer still has its folder; one that ends while it answers is told', async () => {
    const place = newPlace()
    const server = await serving(place)
    const path = join(place, 'data/server.json')
    const file = fileOf(place)
    writeFileSync(path, JSON.stringify({ ...file, url: await nobodysUrl() }))
    const silent = await at(place, ['evidence', '--imports'], { CONVENIO_WAIT: '0' })
    expect([silent.code, silent.err]).toEqual([1, expect.stringContaining(`in use by process ${server.child.pid}`)])
    writeFileSync(path, JSON.stringify({ ...file, secret: 'another secret that is as long as the right one' }))
    const wrong = await at(place, ['evidence', '--imports', '--language', 'es'])
    expect([wrong.code, wrong.out, wrong.err]).toEqual([1, '', expect.stringContaining('conoce otro secreto')])
    writeFileSync(path, JSON.stringify(file))
    const left = at(place, ['import', 'files', ...RECEIVED])
    await until('the command', () => server.said().includes('asked import'))
    await end(server, 'SIGKILL')
    expect(await left).toMatchObject({ code: 1, err: expect.stringContaining('ended before it had answered') })
    expect((await at(place, ['import', 'files', ...RECEIVED])).code).toBe(0)
    expect((await at(place, ['audit', 'verify'])).code).toBe(0)
  })
})
