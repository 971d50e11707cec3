import { spawnSync as run } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sourceRooms } from '../../src/sources/registry.ts'
import { type Answer, administrator, type Browser, HOOK_MS, type Serving, serving } from './serving.ts'
import { head, sent, wireTo } from './wire.ts'

const BOUNDARY = '----hostile'

let server: Serving
let admin: Browser

beforeAll(async () => {
  server = await serving({ patience: { restMs: 300, silenceMs: 10_000 } })
  admin = await administrator(server)
}, HOOK_MS)
afterAll(() => server.close())

const nothingLeft = () => readdirSync(server.services.uploads)
const imports = async () => (await admin.ask<{ total: number }>('GET', '/imports')).body.total

function part(name: string, contents: string | Buffer): Buffer {
  const opening = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\n`
  return Buffer.concat([Buffer.from(opening), Buffer.from(contents), Buffer.from('\r\n')])
}

async function upload(body: Buffer, query = '', type = `multipart/form-data; boundary=${BOUNDARY}`): Promise<Answer> {
  const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { 'content-type': type, cookie, 'x-csrf-token': String(admin.csrf) }
  const send = () =>
    fetch(`${server.url}/api/v1/imports${query}`, { method: 'POST', headers, body: new Uint8Array(body) })
  // The server closes the connection of a body that it refuses; fetch may have taken that very one for the next.
  const response = await send().catch(send)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: JSON.parse(text), text }
}

const END = Buffer.from(`--${BOUNDARY}--\r\n`)
const form = (...parts: Buffer[]) => Buffer.concat([...parts, END])

type JobBody = {
  id: string
  state: string
  fault: string | null
  progress: { bytesTotal: number }
  result: { tally: { kept: number } } | null
}

async function finished(answer: Answer): Promise<JobBody> {
  expect(answer.status, answer.text).toBe(202)
  await server.services.jobs.idle()
  return (await admin.ask<JobBody>('GET', `/jobs/${answer.body.id}`)).body
}

describe('names of files', () => {
  test('that lead elsewhere, or that some machine reads otherwise, are refused and leave nothing', async () => {
    for (const name of [
      ...[
        '../../x',
        '..\\\\..\\\\x',
        'a/../../x',
        './x',
        'C:/x.csv',
        'C:x.csv',
        '//host/share/x',
        'a//b',
        'x.',
        'x ',
        '..',
      ],
      ...[
        'con',
        'NUL.csv',
        'aux.txt',
        'com1',
        'a/lpt9.csv',
        'x*y',
        'x?y',
        'x|y',
        'x<y',
        'x:stream',
        'a\u0000b.csv',
        'a\u0007b',
      ],
      ...['n'.repeat(5000), ''],
    ]) {
      const answer = await upload(form(part('good.csv', 'a,b\n'), part(name, 'a,b\n1,2\n')))
      // Without a name a part is a field and no file; a NUL ends the header that it stands in.
      if (answer.status === 202) expect([name === '' || name.startsWith('//')]).toEqual([true])
      else expect(answer.status, JSON.stringify(name.slice(0, 40))).toBe(400)
      await server.services.jobs.idle()
      expect(nothingLeft(), name).toEqual([])
    }
  }, 60_000)

  test('that come twice, in any writing that a disk takes for the same, are refused', async () => {
    for (const [one, other] of [
      ['x.csv', 'x.csv'],
      ['é.csv', 'e\u0301.csv'],
      ['x', 'x/y'],
      ['A.csv', 'a.csv'],
    ] as const) {
      expect((await upload(form(part(one, '1'), part(other, '2')))).status, `${one} ${other}`).toBe(400)
      expect(nothingLeft()).toEqual([])
    }
  })
})

test('a full disk is told in words, and leaves nothing', async () => {
  const whole = mkdtempSync(join(tmpdir(), 'convenio-full-'))
  const isSmall =
    process.getuid?.() === 0 && run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', whole]).status === 0
  if (!isSmall) return console.log('Left out: a full disk needs a small one, which only root can mount.')
  const usual = server.services.uploads
  server.services.uploads = whole
  try {
    const { status, body } = await upload(form(part('large.txt', 'nothing that is known\n'.repeat(300_000))))
    expect([status, body.type]).toEqual([507, 'urn:convenio:problem:disk-full'])
    expect(readdirSync(whole)).toEqual([])
  } finally {
    server.services.uploads = usual
    run('umount', [whole])
  }
})

describe('forms', () => {
  test('without a file, broken, or of another kind are refused', async () => {
    const before = await imports()
    const field = Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n`)
    const fields = Array.from({ length: 300 }, () => field)
    for (const [body, statuses] of [
      [form(), [400]],
      [Buffer.alloc(0), [400]],
      [form(field), [400]],
      [part('x.csv', 'a'), [400]],
      [part('x.csv', 'a').subarray(0, 60), [400]],
      [Buffer.from('rubbish'.repeat(1000)), [400]],
      [form(...fields, part('x.csv', 'a')), [400, 413]],
      [Buffer.from(`--${BOUNDARY}\r\n${'x-a: b\r\n'.repeat(5000)}\r\n`), [400, 413]],
    ] as const)
      expect(statuses, body.subarray(0, 80).toString()).toContain((await upload(body)).status)
    for (const type of ['application/json', 'multipart/form-data', 'multipart/form-data; boundary=', 'text/csv'])
      expect([400, 415], type).toContain((await upload(form(part('x.csv', 'a')), '', type)).status)
    expect((await upload(form(part('x.csv', 'a')), '?source=../x')).status).toBe(400)
    expect((await upload(form(part('x.csv', 'a')), '?received-at=9999-12-31')).status).toBe(400)
    expect(nothingLeft()).toEqual([])
    expect(await imports()).toBe(before)
  }, 60_000)

  test('that break off in the middle leave nothing, and import nothing', async () => {
    const before = await imports()
    for (const isSilent of [false, true]) {
      const type = `content-type: multipart/form-data; boundary=${BOUNDARY}`
      const wire = await wireTo(server)
      wire.socket.write(head(server, 'POST /api/v1/imports', admin, [type, 'content-length: 1000000']))
      wire.socket.write(part('x.csv', 'a,b\n'.repeat(10_000)))
      await expect.poll(() => nothingLeft().length, { timeout: 10_000 }).toBe(1)
      // Whoever falls silent is let go as well as whoever leaves.
      if (!isSilent) wire.socket.destroy()
      await wire.ended(30_000)
      await expect.poll(nothingLeft, { timeout: 10_000 }).toEqual([])
    }
    expect(await imports()).toBe(before)
  }, 60_000)

  test('of nobody, and of whoever may not import, are not even received', async () => {
    const type = `content-type: multipart/form-data; boundary=${BOUNDARY}`
    const body = form(part('x.csv', 'a'.repeat(100_000)))
    const length = `content-length: ${body.length}`
    const said = await sent(
      server,
      Buffer.concat([
        Buffer.from(head(server, 'POST /api/v1/imports', undefined, [type, length, 'connection: close'])),
        body,
      ]),
    )
    expect(said).toMatch(/^HTTP\/1\.1 401 /)
    expect(nothingLeft()).toEqual([])
  })
})

describe('what is in files', () => {
  test('may be five thousand small ones', async () => {
    const parts = Array.from({ length: 5000 }, (_each, at) => part(`d${at % 70}/f${at}.txt`, `nothing ${at}`))
    const job = await finished(await upload(form(...parts)))
    expect(job.state).toBe('done')
    expect(job.result?.tally.kept).toBe(0)
    await expect.poll(nothingLeft, { timeout: 20_000 }).toEqual([])
  }, 120_000)

  test('may be more than any other body, since they are written as they come', async () => {
    const job = await finished(await upload(form(part('large.txt', 'nothing that is known\n'.repeat(300_000)))))
    expect([job.state, job.progress.bytesTotal]).toEqual(['done', 6_600_000])
  }, 60_000)

  test('may be a bomb: whatever source reads it refuses it or reads it, and the server lives in bounded memory', async () => {
    const spaces = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32))
    const nested = gzipSync(Buffer.from(`[${'[{"a":'.repeat(200_000)}`))
    const lines = gzipSync(Buffer.from('{"contactId":"x"}\n'.repeat(200_000)))
    const before = process.memoryUsage().rss
    for (const source of [undefined, ...sourceRooms.map(({ id }) => id)]) {
      const parts = [
        ...[part('a.csv.gz', spaces), part('b.json.gz', nested), part('c.ndjson.gz', lines), part('d.csv', spaces)],
        ...[
          part('e.json', '['.repeat(300_000)),
          part('f.json', 'null'),
          part('g.csv', '\ufeff"'),
          part('h.csv.gz', spaces.subarray(0, 500)),
        ],
      ]
      const job = await finished(await upload(form(...parts), source === undefined ? '' : `?source=${source}`))
      expect(['done', 'failed'], source).toContain(job.state)
      expect(job.fault, source).not.toBe('Convenio itself failed')
      expect(job.fault ?? '', source).not.toContain(server.services.uploads)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(700 * 1024 * 1024)
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
    await expect.poll(nothingLeft, { timeout: 20_000 }).toEqual([])
  }, 300_000)
})
