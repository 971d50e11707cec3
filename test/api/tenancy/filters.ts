import { sql } from 'kysely'
import { vi } from 'vitest'
import { walkBelow } from './below.ts'
import { type Found, walkReads } from './walk.ts'
import type { World } from './world.ts'

/** Code by which somebody is kept from what is not theirs; the test replaces each by code that lets everything through. */
export const CODE_FILTERS = [
  'owners told to the database',
  'datasets told to the database',
  'owners of a person',
  'instances of a customer',
  'datasets of a person',
  'datasets of kinds',
  'kinds of families',
  'rights of a token',
  'kinds of standing',
  'kinds of findings',
  'key of what is kept of a scope',
  'files of the manifest',
] as const
/** One of CODE_FILTERS. */
export type CodeFilter = (typeof CODE_FILTERS)[number]

/** A filter: how it is turned off, and the part of the walk that must find it out. */
export interface Filter {
  name: string
  /** Turns it off; what it gives turns it on again. */
  off(world: World): Promise<() => Promise<void>>
  walk(world: World): Promise<Found>
}

const CUSTOMERS = ['customer-one', 'customer-two']
const FEW = [...CUSTOMERS, 'planner', 'finance', 'token of administrator']

const routes =
  (...ids: string[]) =>
  (world: World) =>
    walkReads(world, ids, ['administrator', ...FEW])
const tables =
  (...names: string[]) =>
  (world: World) =>
    walkBelow(world, { what: 'tables', tables: names })
const reads = (world: World) => walkBelow(world, { what: 'reads', seers: CUSTOMERS })

const CODE_WALKS: Record<CodeFilter, Filter['walk']> = {
  'owners told to the database': routes('listFacts'),
  'datasets told to the database': routes('listFacts'),
  'owners of a person': routes('listFacts'),
  'instances of a customer': routes('listFacts'),
  'datasets of a person': routes('listFacts'),
  'datasets of kinds': routes('listFacts'),
  'kinds of families': routes('listClauses'),
  'rights of a token': routes('listPeople'),
  'kinds of standing': routes('listClauses'),
  'kinds of findings': routes('listFindings'),
  'key of what is kept of a scope': routes('listClauses'),
  'files of the manifest': (world) => walkBelow(world, { what: 'files', seers: CUSTOMERS }),
}

/** The filters in code, each turned off by the name that the test's replacements look at. */
export function codeFilters(open: { filter: string }): Filter[] {
  return CODE_FILTERS.map((name) => ({
    name,
    off: async () => {
      open.filter = name
      return async () => {
        open.filter = ''
      }
    },
    walk: CODE_WALKS[name],
  }))
}

/** Functions of the database, each as it would be without what it filters by. */
const FUNCTIONS: [name: string, without: string, walk: Filter['walk'], (body: string) => string][] = [
  ['asked(text)', 'the owners', tables('facts', 'segments', 'dead_rows'), sayingAll('owners')],
  ['asked(text)', 'the datasets', tables('facts', 'segments', 'dead_rows'), sayingAll('datasets')],
  [
    'asked_list(text)',
    'the rights',
    tables('people', 'audit', 'drafts', 'reject_files'),
    (body) =>
      replaced(
        body,
        /RETURN ([\s\S]*)$/i,
        `RETURN CASE WHEN name = 'rights' THEN '{people,audit,imports,amend}' ELSE $1 END`,
      ),
  ],
  [
    'moved_away(bigint,date)',
    'all it says',
    reads,
    (body) => replaced(body, /return exists/, 'return false and exists'),
  ],
  [
    'moved_away(bigint,date)',
    'the owners',
    reads,
    (body) => replaced(body, /and f\.owner = any \(asked_list\('owners'\)\)/, ''),
  ],
  ['taken_back(date)', 'the agreement', reads, (body) => replaced(body, /i\.agreement = asked\('agreement'\)/, 'true')],
  [
    'unseen_imports(date)',
    'the agreement',
    reads,
    (body) => replaced(body, /i\.agreement = asked\('agreement'\)/, 'true'),
  ],
]

/** The functions that ask past the policies; all of them are among the filters. */
export const PAST_POLICIES = ['moved_away', 'taken_back', 'unseen_imports']

function sayingAll(list: string): (body: string) => string {
  return (body) => replaced(body, /RETURN ([\s\S]*)$/i, `RETURN CASE WHEN name = '${list}' THEN '*' ELSE $1 END`)
}

function replaced(body: string, part: RegExp, by: string): string {
  if (!part.test(body)) throw new Error(`${part} is not in ${body}`)
  return body.replace(part, by)
}

/** The filters in the database's functions. */
export const functionFilters: Filter[] = FUNCTIONS.map(([signature, without, walk, change]) => ({
  name: `${signature} without ${without}`,
  walk,
  off: async ({ ledger }) => {
    const { rows } = await sql<{ body: string }>`select pg_get_functiondef(${signature}::regprocedure) as body`.execute(
      ledger.db,
    )
    const body = rows[0]?.body ?? ''
    await sql.raw(change(body)).execute(ledger.db)
    return async () => {
      await sql.raw(body).execute(ledger.db)
    }
  },
}))

/** Lists of what is one's own, each given to whoever asks of everybody whom the policies let through. */
export const ownFilters: Filter[] = (
  [
    ['tokens', 'listTokens'],
    ['sessions', 'listSessions'],
    ['passkeys', 'listPasskeys'],
  ] as const
).map(([part, route]) => ({
  name: `the person of one's own ${part}`,
  walk: routes(route),
  off: async ({ server, people }) => {
    const lists = server.services.identity[part] as { list(asker: unknown, person: string): Promise<unknown[]> }
    const list = lists.list.bind(lists)
    const all = vi.spyOn(lists, 'list').mockImplementation(async (asker) => {
      const found: unknown[] = []
      for (const { id } of people.values()) found.push(...(await list(asker, id)))
      return found
    })
    return async () => all.mockRestore()
  },
}))

/** The tables that have a policy; whoever adds one must add a row here, and marks that show it missing. */
export const POLICIES = [
  ...['api_tokens', 'audit', 'dead_rows', 'drafts', 'facts', 'import_files', 'imports', 'passkeys', 'people'],
  ...['reject_files', 'retractions', 'segment_replacements', 'segments', 'sessions', 'settings'],
]

// Routes that show a foreign row by themselves, because nothing but the policy stands before it.
const ROUTES_OF: Record<string, string> = { facts: 'listFacts', segments: 'listRows' }

/** One policy replaced by one that lets every row through. */
export function policyFilter(table: string, policy: string, condition: string): Filter {
  const alter = ({ ledger }: World, using: string) =>
    sql`alter policy ${sql.ref(policy)} on ${sql.table(table)} using (${sql.raw(using)})`.execute(ledger.db)
  return {
    name: `policy ${policy} on ${table}`,
    walk: async (world) => {
      const below = await tables(table)(world)
      const route = ROUTES_OF[table]
      if (route === undefined || below.foreign.length === 0) return below
      return routes(route)(world)
    },
    off: async (world) => {
      await alter(world, 'true')
      return async () => {
        await alter(world, condition)
      }
    },
  }
}

/** Tables that no asker ever reads. */
export const CLOSED = [
  ...['challenges', 'company_accounts', 'idempotency_keys', 'migrations', 'one_time_links', 'passwords'],
  'sign_in_attempts',
]
