import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clearAway, EXAMPLE, MAIN, newFolder } from '../faults/business.ts'
import { convenio } from './run.ts'

let data = ''
const started: ChildProcess[] = []

beforeAll(() => {
  data = join(newFolder(), 'data')
  const made = convenio(['init', EXAMPLE], { CONVENIO_DATA: data })
  if (made.code !== 0) throw new Error(made.err)
}, 240_000)
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})
afterAll(clearAway, 120_000)

/** Starts `convenio serve` and waits for a word of it. */
async function serve(word: RegExp, ...args: string[]) {
  const own = { NO_COLOR: '1', CONVENIO_LANGUAGE: 'en', CONVENIO_DATA: data, DATABASE_URL: '', CONVENIO_ORIGIN: '' }
  const child = spawn(process.execPath, [MAIN, 'serve', ...args], { env: { ...process.env, ...own } })
  started.push(child)
  const said = { out: '', err: '' }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  await new Promise<void>((resolve, reject) => {
    const told = (to: 'out' | 'err') => (chunk: Buffer) => {
      said[to] += chunk.toString()
      if (word.test(said[to])) resolve()
    }
    child.stdout.on('data', told('out'))
    child.stderr.on('data', told('err'))
    child.on('close', () => reject(new Error(`ended without ${word}: ${said.out}${said.err}`)))
  })
  return { child, said, ended }
}

describe('serve', { timeout: 240_000 }, () => {
  test('says where it listens, how the first administrator is made, and takes commands until it is stopped', async () => {
    const { child, said, ended } = await serve(/first administrator, once: \S+\n/, '--port', '0')
    expect(said.out).toMatch(/^Convenio serves .* on http:\/\/(?:localhost|127\.0\.0\.1):\d+ until it is stopped/)
    expect(said.err).toBe('')
    const file = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8'))
    expect(file).toMatchObject({ pid: child.pid, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    const wrong = await fetch(`${file.url}/api/v1/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${'x'.repeat(file.secret.length)}`, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(wrong.ok).toBe(false)
    const there = { CONVENIO_DATA: data, CONVENIO_WAIT: '0' }
    expect(convenio(['evidence', '--imports'], there)).toEqual({
      code: 0,
      out: 'Nothing has been imported yet.\n',
      err: '',
    })
    const standing = convenio(['standing', '--as-of', '2025-01-31'], there)
    expect([standing.code, standing.err]).toEqual([0, ''])
    expect(standing.out).toContain('obligations and targets met')
    expect(convenio(['serve', '--port', '0'], there).err).toMatch(/is served already on http/)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said.err).toContain('Stopping when what has begun is answered')
    expect(existsSync(join(data, 'server.json'))).toBe(false)
    // Whoever had the answer of the server gets the same one without it.
    expect(convenio(['standing', '--as-of', '2025-01-31'], there)).toEqual(standing)
  })

  test('a port that is taken, an address that is none, a folder without an installation', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const env = { CONVENIO_DATA: data, CONVENIO_LANGUAGE: 'es' }
    const taken = convenio(['serve', '--port', String(port)], env)
    other.close()
    expect(taken).toEqual({ code: 1, out: '', err: expect.stringMatching(/ocupado.*--port \d+/) })
    const nowhere = convenio(['serve', '--port', '0', '--host', '203.0.113.7'], env)
    expect(nowhere).toEqual({ code: 1, out: '', err: expect.stringContaining('«203.0.113.7»') })
    for (const wrong of [
      ['--port', '65536'],
      ['--port', '-1'],
      ['--log', 'loud'],
      ['--origin', 'example'],
    ])
      expect(convenio(['serve', ...wrong], env).code, wrong.join(' ')).toBe(2)
    const none = convenio(['serve'], { CONVENIO_DATA: join(newFolder(), 'none') })
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('convenio init')])
    expect(existsSync(join(data, 'server.json'))).toBe(false)
    expect(convenio(['audit', 'verify'], { CONVENIO_DATA: data }).code).toBe(0)
  })

  test('an address that others reach is warned of; a second signal ends at once', async () => {
    const { child, said, ended } = await serve(/TLS/, '--port', '0', '--host', '0.0.0.0', '--language', 'es')
    expect(said.err).toContain('Advertencia: a 0.0.0.0 se llega desde otras máquinas')
    const { url } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8'))
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect(convenio(['evidence', '--imports'], { CONVENIO_DATA: data, CONVENIO_WAIT: '0' }).code).toBe(0)
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect([0, 130]).toContain(await ended)
    expect(convenio(['audit', 'verify'], { CONVENIO_DATA: data }).code).toBe(0)
  })
})
