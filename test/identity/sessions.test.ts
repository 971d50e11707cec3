import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shortAddress, shortAgent } from '../../src/identity/address.ts'
import { Identity, type Person } from '../../src/identity/index.ts'
import { ShortMemory } from '../../src/identity/memory.ts'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { accepted, addPerson, asks, auditOf, type Desk, openDesk, reasons } from './desk.ts'

afterAll(stopServer)

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const from = { way: 'password', address: '200.83.12.7', agent: FIREFOX } as const

describe.each(KINDS)('sessions on %s', (kind) => {
  let desk: Desk
  let person: Person
  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
    person = await addPerson(desk, { roles: ['finance'] })
  }, 60_000)

  it('are known by their cookie, whose secret is nowhere else', async () => {
    const { sessions } = desk.identity
    const begun = await sessions.begin(person, from)
    expect(begun.cookie).toMatch(/^[\w-]{43}$/)
    expect(await sessions.of(begun.cookie)).toEqual({ person, session: begun.session })
    expect(begun.session).toMatchObject({ way: 'password', address: '200.83.12.0', agent: 'Firefox 140, Linux' })
    expect(sessions.isCsrf(begun.cookie, begun.csrf)).toBe(true)
    const other = await sessions.begin(person, from)
    expect(sessions.isCsrf(begun.cookie, other.csrf)).toBe(false)
    expect(sessions.isCsrf(begun.cookie, '')).toBe(false)
    for (const wrong of [
      '',
      'x',
      begun.session.id,
      `${begun.cookie.slice(0, 42)}${begun.cookie.endsWith('A') ? 'B' : 'A'}`,
    ])
      expect(await sessions.of(wrong)).toBeUndefined()
    const { rows } = await desk.ledger.records.db
      .selectFrom('audit')
      .selectAll()
      .execute()
      .then((all) => ({ rows: all }))
    expect(JSON.stringify(rows)).not.toContain(begun.cookie)
    expect((await auditOf(desk)).actions.filter((each) => each === 'sign-in')).toHaveLength(2)
  })

  it('last while they are used, eight hours unused, and a week at most', async () => {
    const { sessions } = desk.identity
    const unused = await sessions.begin(person, from)
    desk.clock.pass(8 * 3600 - 1)
    expect(await sessions.of(unused.cookie)).toBeDefined()
    desk.clock.pass(8 * 3600)
    expect(await sessions.of(unused.cookie)).toBeUndefined()
    const used = await sessions.begin(person, from)
    let hours = 0
    while (hours < 200 && (await sessions.of(used.cookie))) {
      hours += 7
      desk.clock.pass(7 * 3600)
    }
    expect(hours).toBe(168)
  })

  it('are listed for their person, and end one by one or all at once', async () => {
    const { sessions } = desk.identity
    const other = await addPerson(desk)
    const foreign = await sessions.begin(other, from)
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => sessions.begin(person, from)))
    const ids = (await sessions.list(asks(person), person.id)).map((each) => each.id)
    expect(ids.sort()).toEqual([one, two, three].map((each) => each?.session.id).sort())
    expect(await sessions.list(asks(person), other.id)).toEqual([])
    expect(reasons(await sessions.end('test', person.id, foreign.session.id))).toEqual(['no-such-session'])
    expect(await sessions.of(one?.cookie as string)).toBeDefined()
    expect(await sessions.end('test', person.id, one?.session.id as string)).toEqual({ ended: 1 })
    expect(await sessions.of(one?.cookie as string)).toBeUndefined()
    expect(await sessions.endAll('test', person.id, two?.session.id)).toMatchObject({ ended: expect.any(Number) })
    expect(await sessions.of(two?.cookie as string)).toBeDefined()
    expect(await sessions.of(three?.cookie as string)).toBeUndefined()
    expect(await sessions.of(foreign.cookie)).toBeDefined()
  })

  it('that another process ends are over within five seconds', async () => {
    const { sessions } = desk.identity
    const begun = await sessions.begin(person, from)
    expect(await sessions.of(begun.cookie)).toBeDefined()
    await new Identity(desk.ledger).sessions.endAll('test', person.id)
    desk.clock.pass(5)
    expect(await sessions.of(begun.cookie)).toBeUndefined()
  })

  it('show a changed role at once', async () => {
    const { sessions, people } = desk.identity
    const begun = await sessions.begin(person, from)
    expect((await sessions.of(begun.cookie))?.person.roles).toEqual(['finance'])
    accepted(await people.change('test', person.id, { roles: ['auditor'] }))
    expect((await sessions.of(begun.cookie))?.person.roles).toEqual(['auditor'])
  })

  it('are swept once they are over', async () => {
    desk.clock.pass(8 * 24 * 3600)
    await desk.identity.sweep()
    const { rows } = await desk.ledger.records.db.executeQuery<{ n: string }>({
      sql: 'select count(*) as n from sessions',
      parameters: [],
      query: { kind: 'RawNode' } as never,
      queryId: { queryId: 'count' },
    })
    expect(Number(rows[0]?.n)).toBe(0)
    await desk.ledger.close()
  })
})

describe('what is remembered', () => {
  const of = (id: string) => ({ person: { id } as Person })

  it('is read once for many who ask at once, and again after five seconds', async () => {
    const memory = new ShortMemory<{ person: Person }>()
    let reads = 0
    const read = async () => {
      reads += 1
      return of('p')
    }
    await Promise.all(Array.from({ length: 200 }, () => memory.of('k', 1000, read)))
    await memory.of('k', 5999, read)
    expect(reads).toBe(1)
    await memory.of('k', 6000, read)
    expect(reads).toBe(2)
  })

  it('is not what was read before a change', async () => {
    const memory = new ShortMemory<{ person: Person }>()
    let finish = (): void => {}
    const slow = memory.of(
      'k',
      0,
      () =>
        new Promise((done) => {
          finish = () => done(of('old'))
        }),
    )
    memory.forget('old')
    finish()
    await slow
    expect((await memory.of('k', 1, async () => of('new')))?.person.id).toBe('new')
  })

  it('has an end', async () => {
    const memory = new ShortMemory<{ person: Person }>()
    for (let at = 0; at < 10_001; at += 1) await memory.of(`k${at}`, 0, async () => of('p'))
    let reads = 0
    const read = async () => {
      reads += 1
      return of('p')
    }
    await memory.of('k10000', 1, read)
    expect(reads).toBe(0)
    await memory.of('k0', 1, read)
    expect(reads).toBe(1)
  })
})

describe('where somebody signs in from', () => {
  it.each([
    ['200.83.12.7', '200.83.12.0'],
    ['::ffff:200.83.12.7', '200.83.12.0'],
    ['2800:150:11a:9f::1', '2800:150:11a::'],
    ['::1', '0:0:0::'],
    ['fe80::1%eth0', 'fe80:0:0::'],
    ['unix:/tmp/x', 'unknown'],
  ])('%s is kept as %s', (address, kept) => expect(shortAddress(address)).toBe(kept))

  it.each([
    [FIREFOX, 'Firefox 140, Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.1.2 Safari/537.36',
      'Chrome 143, Windows',
    ],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1', 'Safari 19, iPhone'],
    ['<script>', 'unknown'],
  ])('%s is kept as %s', (agent, kept) => expect(shortAgent(agent)).toBe(kept))
})
