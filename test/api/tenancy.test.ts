import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../src/api/contracts.ts'
import { BulkEngine } from '../../src/evidence/bulk/engine.ts'
import { stopServer } from '../evidence/places.ts'
import { columnsOf, walkBelow } from './tenancy/below.ts'
import { readsOf, writesOf } from './tenancy/cases.ts'
import {
  CLOSED,
  type CodeFilter,
  codeFilters,
  type Filter,
  functionFilters,
  ownFilters,
  PAST_POLICIES,
  POLICIES,
  policyFilter,
} from './tenancy/filters.ts'
import { tablesOf, walkEvents, walkReads, walkWrites } from './tenancy/walk.ts'
import { makeWorld, TODAY, type World } from './tenancy/world.ts'

const open = vi.hoisted(() => ({ filter: '', is: (name: string) => open.filter === name }))
const isOpen = (name: CodeFilter) => open.is(name)

// Each filter of the product as it is, until its name is the one that is turned off.
vi.mock('../../src/evidence/ledger/asker.ts', async (original) => {
  const real = await original<typeof import('../../src/evidence/ledger/asker.ts')>()
  return {
    ...real,
    settingsOf: (asker: Parameters<typeof real.settingsOf>[0], agreement: string) =>
      real.settingsOf(
        {
          ...asker,
          ...(open.is('owners told to the database') ? { owners: '*' } : {}),
          ...(open.is('datasets told to the database') ? { datasets: '*' } : {}),
        },
        agreement,
      ),
  }
})
vi.mock('../../src/identity/who-asks.ts', async (original) => {
  const real = await original<typeof import('../../src/identity/who-asks.ts')>()
  return {
    ...real,
    askerOf: (person: Parameters<typeof real.askerOf>[0], sources: Parameters<typeof real.askerOf>[1]) => {
      const instancesOf = () => ['C-001', 'C-002', 'C-003'].flatMap((each) => sources.instancesOf(each))
      const asker = real.askerOf(person, open.is('instances of a customer') ? { ...sources, instancesOf } : sources)
      if (open.is('owners of a person')) return { ...asker, owners: '*' }
      return open.is('datasets of a person') ? { ...asker, datasets: '*' } : asker
    },
  }
})
vi.mock('../../src/identity/roles.ts', async (original) => {
  const real = await original<typeof import('../../src/identity/roles.ts')>()
  return {
    ...real,
    rightsOf: (person: Parameters<typeof real.rightsOf>[0], within: Parameters<typeof real.rightsOf>[1]) =>
      real.rightsOf(person, open.is('rights of a token') ? undefined : within),
  }
})
vi.mock('../../src/desk/scope.ts', async (original) => {
  const real = await original<typeof import('../../src/desk/scope.ts')>()
  const all = ['commercial', 'service', 'programme', 'governance', 'compliance', 'terms'] as const
  return {
    ...real,
    kindsOfFamilies: (
      families: Parameters<typeof real.kindsOfFamilies>[0],
      rooms: Parameters<typeof real.kindsOfFamilies>[1],
    ) => real.kindsOfFamilies(open.is('kinds of families') ? all : families, rooms),
    datasetsOfKinds: (...[kinds, rooms, sources]: Parameters<typeof real.datasetsOfKinds>) =>
      real.datasetsOfKinds(open.is('datasets of kinds') ? real.kindsOfFamilies(all, rooms) : kinds, rooms, sources),
    scopeKey: (scope: Parameters<typeof real.scopeKey>[0]) =>
      open.is('key of what is kept of a scope') ? 'everybody' : real.scopeKey(scope),
  }
})
vi.mock('../../src/desk/shown-to.ts', async (original) => {
  const real = await original<typeof import('../../src/desk/shown-to.ts')>()
  return {
    ...real,
    shownTo: (...[scope, standing]: Parameters<typeof real.shownTo>) =>
      open.is('kinds of standing') ? standing : real.shownTo(scope, standing),
  }
})
vi.mock('../../src/api/shown.ts', async (original) => {
  const real = await original<typeof import('../../src/api/shown.ts')>()
  return {
    ...real,
    seenBy: (kinds: '*' | readonly string[], findings: { clause: string | null }[]) =>
      real.seenBy(open.is('kinds of findings') ? '*' : kinds, findings),
  }
})

/** Some of what must be shown, so that nobody is kept from what is theirs. */
const SHOWN = [
  ['customer-one', 'listFacts mark.C-001.incidents.value'],
  ['customer-one', 'listFacts mark.C-001.survey-responses.value'],
  ['customer-one', 'listFacts mark.C-001.incidents.moved'],
  ['customer-one', 'listRows mark.C-001.probes.value'],
  ['customer-one', 'getWhy mark.C-001.incidents.file'],
  ['customer-two', 'getWhy mark.C-002.survey-responses.file'],
  ['operations', 'getWhy mark.C-003.changes.file'],
  ['customer-two', 'listFacts mark.C-002.changes.value'],
  ['customer-two', 'listRows mark.C-002.usage-metrics.value'],
  ['planner', 'listFacts mark.C-003.inventory.value'],
  ['planner', 'listRejects mark.partner.cost-and-usage.reject'],
  ['finance', 'listFacts mark.partner.cost-and-usage.value'],
  ['finance', 'listDrafts mark.director.drafts.draft'],
  ['auditor', 'listAudit mark.partner.audit.audit'],
  ['administrator', 'listPeople mark.planner.people.email'],
  ['quality', 'listImports mark.operations.people.name'],
  ['token of director', 'listTokens mark.director.tokens.own'],
  ['customer-two', 'listSessions mark.customer-two.sessions.own'],
] as const

let world: World

beforeAll(async () => {
  world = await makeWorld()
  const opening = BulkEngine.open.bind(BulkEngine)
  vi.spyOn(BulkEngine, 'open').mockImplementation(async (settings = {}) => {
    if (!settings.files || !isOpen('files of the manifest')) return opening(settings)
    const { segments, dead } = await world.ledger.bulk(TODAY)
    return opening({ ...settings, files: [...segments, ...dead].map((each) => world.ledger.at(each.path)) })
  })
}, 180_000)
afterAll(async () => {
  await world.close()
  await stopServer()
}, 60_000)

describe('every route as every role of every customer', { timeout: 300_000 }, () => {
  test('is in the walk', () => {
    const [seer] = world.seers
    const cases = seer ? { ...readsOf(world, seer), ...writesOf(world, seer) } : {}
    expect(Object.keys(cases).sort()).toEqual(
      contracts()
        .map(({ id }) => id)
        .sort(),
    )
  })

  test('shows what is theirs when it is read, and answers as its contract says', async () => {
    const found = await walkReads(world)
    expect(found).toMatchObject({ foreign: [], wrong: [] })
    expect(found.asked).toBeGreaterThan(800)
    for (const [seer, mark] of SHOWN) expect(world.sight.shown.get(seer), `${seer} ${mark}`).toContain(mark)
  })

  test('tells what happens to whom it concerns', async () => {
    const happen = async () => {
      const { jobs } = world.server.services
      const about = { label: 'mark.partner.cost-and-usage.label', actor: 'x', bytesTotal: 1 }
      jobs.begin(
        about,
        () => Promise.reject(new Error('nothing')),
        () => '',
      )
      world.ledger.written()
      await jobs.idle()
    }
    expect(await walkEvents(world, happen)).toMatchObject({ foreign: [], wrong: [], asked: world.seers.length })
  })

  test.each(['tables', 'reads', 'files'] as const)('shows what is theirs below the routes: %s', async (what) => {
    const found = await walkBelow(world, { what })
    expect(found.foreign).toEqual([])
    expect(found.asked).toBeGreaterThan(100)
  })
})

describe('what keeps them apart', { timeout: 300_000 }, () => {
  test('is known to this test: each policy, each function that asks past them, and no other table is read', async () => {
    const policies = await policiesOf()
    expect(policies.map(({ table }) => table)).toEqual([...POLICIES].sort())
    const { rows } = await sql<{ name: string }>`select proname as name from pg_proc
      where pronamespace = current_schema()::regnamespace and prosecdef order by 1`.execute(world.ledger.db)
    expect(rows.map(({ name }) => name)).toEqual(PAST_POLICIES)
    for (const role of ['convenio_asker', 'convenio_customer'])
      for (const table of (await columnsOf(world, role)).keys()) expect(POLICIES).toContain(table)
    expect(await tablesOf(world.ledger.db)).toEqual([...POLICIES, ...CLOSED].sort())
  })

  test('each policy: without it somebody is shown a foreign row', async () => {
    for (const { table, policy, condition } of await policiesOf())
      await foundOut(policyFilter(table, policy, condition))
    expect((await walkBelow(world, { what: 'tables' })).foreign).toEqual([])
  })

  test.each(functionFilters)('$name: somebody is shown what is not theirs', async (filter) => foundOut(filter))
  test.each(codeFilters(open))('$name: without it somebody is shown what is not theirs', async (filter) =>
    foundOut(filter),
  )
  test.each(ownFilters)('$name: without it somebody is shown what is not theirs', async (filter) => foundOut(filter))

  test('is all there again', async () => {
    for (const what of ['tables', 'reads'] as const) expect((await walkBelow(world, { what })).foreign).toEqual([])
    expect(await walkReads(world, ['listFacts', 'listTokens', 'listPeople'])).toMatchObject({ foreign: [], wrong: [] })
  })
})

describe('every write as every role of every customer', { timeout: 300_000 }, () => {
  test('is refused to whom it is not for, and then changes nothing', async () => {
    const found = await walkWrites(world)
    expect(found).toMatchObject({ foreign: [], wrong: [] })
    expect(found.asked).toBeGreaterThan(500)
  })
})

async function foundOut(filter: Filter): Promise<void> {
  const on = await filter.off(world)
  // What was kept of an earlier answer is not to be told again.
  world.ledger.written()
  try {
    const { foreign } = await filter.walk(world)
    expect(foreign, filter.name).not.toEqual([])
  } finally {
    await on()
    world.ledger.written()
  }
}

async function policiesOf(): Promise<{ table: string; policy: string; condition: string }[]> {
  const { rows } = await sql<{
    table: string
    policy: string
    condition: string
  }>`select tablename as table, policyname as policy,
    qual as condition from pg_policies where schemaname = current_schema() order by 1, 2`.execute(world.ledger.db)
  return rows
}
