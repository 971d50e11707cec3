import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KINDS, newInstallation, stopServer } from '../evidence/places.ts'
import { accepted, addPerson, asks, auditOf, type Desk, openDesk, reasons } from './desk.ts'

afterAll(stopServer)

const request = { key: 'a-key', actor: 'person:1', route: 'POST /waivers', requestHash: 'h' }

describe.each(KINDS)('a request with an idempotency key on %s', (kind) => {
  let desk: Desk
  let done = 0
  const work = async () => {
    done += 1
    return { status: 201, body: { n: done } }
  }
  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
  }, 60_000)

  it('takes effect once and gets its first answer again, for a day', async () => {
    const first = { answer: { status: 201, body: { n: 1 } }, replayed: false }
    expect(await desk.identity.once(request, work)).toEqual(first)
    expect(await desk.identity.once(request, work)).toEqual({ ...first, replayed: true })
    desk.clock.pass(24 * 3600 - 1)
    expect(await desk.identity.once(request, work)).toMatchObject({ replayed: true })
    desk.clock.pass(1)
    expect(await desk.identity.once(request, work)).toEqual({
      answer: { status: 201, body: { n: 2 } },
      replayed: false,
    })
    expect(done).toBe(2)
  })

  it('is refused when it says something else, and free for somebody else', async () => {
    const { identity } = desk
    expect(reasons(await identity.once({ ...request, requestHash: 'other' }, work))).toEqual(['key-used-otherwise'])
    expect(reasons(await identity.once({ ...request, route: 'POST /imports' }, work))).toEqual(['key-used-otherwise'])
    expect(await identity.once({ ...request, actor: 'person:2' }, work)).toMatchObject({ replayed: false })
    for (const key of ['', 'a b', 'ñ', 'x'.repeat(201)])
      expect(reasons(await identity.once({ ...request, key }, work))).toEqual(['key-unreadable'])
  })

  it('is at work once, however many come at once', async () => {
    const before = done
    const many = await Promise.all(
      Array.from({ length: 20 }, () => desk.identity.once({ ...request, key: 'many' }, work)),
    )
    expect(done).toBe(before + 1)
    const ours = many.filter((each) => 'answer' in each)
    expect(ours.filter((each) => !each.replayed)).toHaveLength(1)
    for (const each of many) if ('refused' in each) expect(reasons(each)).toEqual(['key-in-progress'])
  })

  it('leaves its key free when its work throws', async () => {
    const failing = { ...request, key: 'failing' }
    await expect(desk.identity.once(failing, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk')
    expect(await desk.identity.once(failing, work)).toMatchObject({ replayed: false })
    await desk.ledger.close()
  })
})

describe.each(KINDS)('drafts on %s', (kind) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(await newInstallation(kind))
  }, 60_000)

  it('are their person’s, and everybody’s who may amend', async () => {
    const { drafts } = desk.identity
    const [ana, luis, eva] = [
      await addPerson(desk),
      await addPerson(desk),
      await addPerson(desk, { roles: ['finance'] }),
    ]
    const draft = accepted(await drafts.create(ana, { title: ' Más descuento ', text: 'amendment: 1' }))
    expect(draft).toMatchObject({ title: 'Más descuento', version: 1, person: ana.id })
    expect(await drafts.list(asks(ana))).toEqual([draft])
    expect(await drafts.list(asks(luis))).toEqual([])
    expect(await drafts.byId(asks(luis), draft.id)).toBeUndefined()
    expect(await drafts.byId(asks(eva), draft.id)).toEqual(draft)
    const said = { title: 'Otro', text: 'x' }
    expect(reasons(await drafts.save(luis, draft.id, 1, said))).toEqual(['no-such-draft'])
    expect(reasons(await drafts.remove(luis, draft.id))).toEqual(['no-such-draft'])
    expect(await drafts.byId(asks(ana), draft.id)).toEqual(draft)
    const saved = accepted(await drafts.save(eva, draft.id, 1, said))
    expect(saved).toMatchObject({ ...said, version: 2 })
    expect(reasons(await drafts.save(ana, draft.id, 1, said))).toEqual(['draft-changed'])
    const both = await Promise.all([drafts.save(ana, draft.id, 2, said), drafts.save(eva, draft.id, 2, said)])
    expect(both.filter((each) => 'version' in each)).toHaveLength(1)
    expect(reasons(await drafts.save(ana, draft.id, 3, { title: '\n', text: '\0' }))).toEqual([
      'bad-title',
      'draft-long',
    ])
    expect(await drafts.remove(ana, draft.id)).toEqual({ removed: draft.id })
    expect(await drafts.list(asks(eva))).toEqual([])
    const { actions, text } = await auditOf(desk)
    expect(actions.filter((each) => each.startsWith('draft-'))).toEqual([
      'draft-begun',
      'draft-saved',
      'draft-saved',
      'draft-deleted',
    ])
    expect(text).not.toContain('descuento')
    await desk.ledger.close()
  })
})
