import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Events } from '../../src/api/events.ts'
import { administrator, type Browser, HOOK_MS, invited, type Serving, serving } from './serving.ts'
import { head, type Wire, wireTo } from './wire.ts'

let server: Serving
let admin: Browser

beforeAll(async () => {
  server = await serving({ patience: { stopMs: 2000 } })
  admin = await administrator(server)
}, HOOK_MS)
afterAll(() => server.close().catch(() => undefined))

describe('listeners', () => {
  test('are five hundred at most; who comes then is refused in words, and there is room again when others leave', async () => {
    const wires = await Promise.all(Array.from({ length: 600 }, () => wireTo(server)))
    const asked = head(server, 'GET /api/v1/events', admin)
    await Promise.all(
      wires.map(({ socket, heard }) => {
        socket.write(asked)
        return heard(/^HTTP\/1\.1 \d+/, 60_000)
      }),
    )
    const statuses = wires.map(({ said }) => /^HTTP\/1\.1 (\d+)/.exec(said())?.[1])
    expect(statuses.filter((each) => each === '200')).toHaveLength(500)
    expect(statuses.filter((each) => each === '503')).toHaveLength(100)
    const refused = wires.find(({ said }) => said().startsWith('HTTP/1.1 503')) as Wire
    expect(refused.said()).toContain('urn:convenio:problem:listeners')
    expect(server.services.events.listeners).toBe(500)
    expect((await admin.ask('GET', '/session')).status).toBe(200)
    for (const { socket } of wires) socket.destroy()
    await expect.poll(() => server.services.events.listeners, { timeout: 20_000 }).toBe(0)
    const again = await wireTo(server)
    again.socket.write(asked)
    expect(await again.heard(/retry: 3000/)).toMatch(/^HTTP\/1\.1 200/)
    again.socket.destroy()
  }, 120_000)

  test('who never read are let go, and those who do hear everything meanwhile', async () => {
    const [deaf, good] = [await wireTo(server), await wireTo(server)]
    for (const { socket } of [deaf, good]) socket.write(head(server, 'GET /api/v1/events', admin))
    await Promise.all([deaf, good].map(({ heard }) => heard(/retry: 3000/)))
    deaf.socket.pause()
    const { events } = server.services
    const listening = events.listeners
    const data = { filler: 'x'.repeat(100_000) }
    for (let told = 0; told < 400 && events.listeners === listening; told += 1) {
      events.tell({ event: 'standing', data })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(events.listeners).toBe(listening - 1)
    events.tell({ event: 'agreement', data: 'the last' })
    await good.heard(/the last/)
    for (const { socket } of [deaf, good]) socket.destroy()
  }, 60_000)

  test('hear of long work only with the right to it', async () => {
    const said = { name: 'Cliente', email: 'c@alder.example', roles: ['customer'], customers: ['C-001'] }
    const customer = await invited(server, admin, said)
    const [theirs, ours] = [await wireTo(server), await wireTo(server)]
    theirs.socket.write(head(server, 'GET /api/v1/events', customer))
    ours.socket.write(head(server, 'GET /api/v1/events', admin))
    await Promise.all([theirs, ours].map(({ heard }) => heard(/retry: 3000/)))
    const { events } = server.services
    events.tell({ event: 'job', right: 'imports', data: { label: 'secret-label' } })
    events.tell({ event: 'standing', data: { at: 'afterwards' } })
    await Promise.all([theirs, ours].map(({ heard }) => heard(/afterwards/)))
    expect(ours.said()).toContain('secret-label')
    expect(theirs.said()).not.toContain('secret-label')
    for (const { socket } of [theirs, ours]) socket.destroy()
  })
})

test('a text in an event cannot pretend to be another event', () => {
  const written: string[] = []
  const events = new Events()
  const response = { write: (text: string) => written.push(text), on: () => undefined, end: () => undefined }
  events.listen(response as unknown as Parameters<Events['listen']>[0], [])
  events.tell({ event: 'agreement', data: { label: 'x\n\nevent: standing\r\rdata: {}\n\n' } })
  events.close()
  expect(written.at(-1)?.match(/^(event|data|id):/gm)).toEqual(['id:', 'event:', 'data:'])
})

describe('the same key', () => {
  const body = { title: 'Una vez', text: 'amendment: 1\n' }
  const drafts = async () => (await admin.ask<{ items: unknown[] }>('GET', '/drafts')).body.items.length

  test('sent many times at once is done once, and later gives the first answer again', async () => {
    const before = await drafts()
    const key = { 'idempotency-key': 'hostile-key-1' }
    const all = await Promise.all(Array.from({ length: 8 }, () => admin.ask('POST', '/drafts', body, key)))
    expect(await drafts()).toBe(before + 1)
    const made = all.filter(({ status }) => status === 201)
    expect(made.length).toBeGreaterThan(0)
    expect(all.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
    expect(new Set(made.map(({ body: { id } }) => id)).size).toBe(1)
    const again = await admin.ask('POST', '/drafts', body, key)
    expect([again.status, again.body.id]).toEqual([201, made[0]?.body.id])
    expect(await drafts()).toBe(before + 1)
  })

  test('with another body, on another route, or unreadable is refused; of another person it is another key', async () => {
    const key = { 'idempotency-key': 'hostile-key-1' }
    const before = await drafts()
    expect((await admin.ask('POST', '/drafts', { ...body, title: 'Dos veces' }, key)).status).toBe(409)
    expect((await admin.ask('PUT', '/settings/bill-source', { value: 'cur' }, key)).status).toBe(409)
    for (const bad of ['short', 'x'.repeat(201), 'with blanks in it', 'ñandúes-'])
      expect((await admin.ask('POST', '/drafts', body, { 'idempotency-key': bad })).status, bad).toBe(400)
    expect(await drafts()).toBe(before)
    const other = await invited(server, admin, { name: 'Di', email: 'di@alder.example', roles: ['director'] })
    expect((await other.ask('POST', '/drafts', body, key)).status).toBe(201)
  })

  test('is free again when the work was refused', async () => {
    const key = { 'idempotency-key': 'hostile-key-2' }
    expect((await admin.ask('POST', '/drafts', { title: 'x', clause: 'no/such' }, key)).status).toBe(404)
    expect((await admin.ask('POST', '/drafts', body, key)).status).toBe(201)
  })
})

test('the server stops within a bound while somebody drips, listens and imports; what was received is done or gone', async () => {
  const type = 'content-type: multipart/form-data; boundary=x'
  const drip = await wireTo(server)
  drip.socket.write(head(server, 'POST /api/v1/imports', admin, [type, 'content-length: 100000']))
  drip.socket.write('--x\r\ncontent-disposition: form-data; name="f"; filename="a.csv"\r\n\r\na,b\n')
  const dripping = setInterval(() => drip.socket.destroyed || drip.socket.write('1'), 50)
  await expect.poll(() => readdirSync(server.services.uploads).length).toBe(1)
  const listening = await wireTo(server)
  listening.socket.write(head(server, 'GET /api/v1/events', admin))
  await listening.heard(/retry/)
  const form = '--x\r\ncontent-disposition: form-data; name="f"; filename="b.csv"\r\n\r\na,b\n1,2\n\r\n--x--\r\n'
  const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'x-csrf-token': String(admin.csrf), 'content-type': 'multipart/form-data; boundary=x' }
  const begun = await fetch(`${server.url}/api/v1/imports`, { method: 'POST', headers, body: form })
  expect(begun.status).toBe(202)
  const [job] = server.services.jobs.list()
  const began = performance.now()
  await server.close()
  expect(performance.now() - began).toBeLessThan(10_000)
  clearInterval(dripping)
  expect(job?.state).toBe('done')
  await Promise.all([drip.ended(), listening.ended()])
  await expect.poll(() => readdirSync(server.services.uploads)).toEqual([])
}, 60_000)
