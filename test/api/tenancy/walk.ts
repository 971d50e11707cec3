import { readdirSync } from 'node:fs'
import { sql } from 'kysely'
import { contracts } from '../../../src/api/contracts.ts'
import type { RouteContract } from '../../../src/api/route.ts'
import { type Case, readsOf, SESSION_ONLY, writesOf } from './cases.ts'
import type { Seer } from './sight.ts'
import type { World } from './world.ts'

/** What a walk came upon. */
export interface Found {
  /** What was shown to whom that they may not see. */
  foreign: string[]
  /** Answers with another status than the contract has it, and writes that changed something though refused. */
  wrong: string[]
  asked: number
}

/** An empty-handed walk. */
export function nothing(): Found {
  return { foreign: [], wrong: [], asked: 0 }
}

/** What a contract says to somebody before it is even asked with what; undefined lets them in. */
function refusal({ allows, id }: RouteContract, seer: Seer): number | undefined {
  if (seer.state === 'refused') return 401
  if (allows === 'anybody') return undefined
  if (seer.state === 'nobody') return 401
  if (allows !== 'signed-in' && seer.customers) return 403
  if (typeof allows === 'object' && !seer.rights.includes(allows.right)) return 403
  return seer.way === 'token' && SESSION_ONLY.includes(id) ? 403 : undefined
}

/** Asks every read of some routes as everybody. */
export async function walkReads(world: World, only?: readonly string[], seers?: readonly string[]): Promise<Found> {
  const found = nothing()
  for (const seer of world.seers) {
    if (seers && !seers.includes(seer.name)) continue
    const cases = readsOf(world, seer)
    for (const contract of contracts()) {
      if (only && !only.includes(contract.id)) continue
      for (const each of cases[contract.id] ?? []) await askCase(world, seer, contract, each, found)
    }
  }
  return found
}

/** Asks every write as everybody: first what is refused, which must change nothing, then what is allowed. */
export async function walkWrites(world: World): Promise<Found> {
  const found = nothing()
  for (const allowed of [false, true])
    for (const seer of world.seers) {
      const cases = writesOf(world, seer)
      const before = allowed ? '' : await stateOf(world)
      for (const contract of lastOfAll('signOut')) {
        if ((refusal(contract, seer) === undefined) !== allowed) continue
        for (const each of cases[contract.id] ?? []) await askCase(world, seer, contract, each, found)
      }
      await world.server.services.jobs.idle()
      if (!allowed && (await stateOf(world)) !== before)
        found.wrong.push(`${seer.name}: what was refused changed something`)
    }
  return found
}

function lastOfAll(last: string): RouteContract[] {
  return contracts().sort((a, b) => Number(a.id === last) - Number(b.id === last))
}

async function askCase(world: World, seer: Seer, contract: RouteContract, each: Case, found: Found): Promise<void> {
  const refused = refusal(contract, seer)
  const { status, text } = await ask(world, seer, contract, each)
  const what = `${seer.name}: ${contract.id} ${JSON.stringify([each.path, each.query])}`
  found.asked += 1
  const want = refused === undefined ? each.want : [refused]
  if (!want.includes(status)) found.wrong.push(`${what} is ${status}, not ${want}: ${text.slice(0, 300)}`)
  const known = each.query?.['known-at'] ?? each.query?.['as-of']
  const where = { route: contract.id, ...(known === undefined ? {} : { knownAt: known }) }
  const said = refused === undefined ? text : withoutEcho(text, each)
  // A draft's own words are said again with what became of them.
  const own = JSON.stringify(each.body ?? '')
  for (const mark of world.sight.foreign(seer, said, where))
    if (!own.includes(mark)) found.foreign.push(`${what} shows ${mark}`)
}

// A refusal may say again what was asked for.
function withoutEcho(text: string, { path }: Case): string {
  return Object.values(path ?? {}).reduce((rest, value) => rest.replaceAll(value, ''), text)
}

/** Sends one request; the body is given as it came, with the headers that tell of files. */
export async function ask(world: World, seer: Seer, contract: RouteContract, each: Case) {
  const path = contract.path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(each.path?.[name] ?? ''))
  const query = new URLSearchParams(each.query).toString()
  const { headers, body } = bodyOf(each)
  const response = await fetch(`${world.server.url}/api/v1${path}${query && `?${query}`}`, {
    method: contract.method,
    redirect: 'manual',
    headers: { ...seer.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  })
  const told = response.headers.get('content-disposition') ?? ''
  return { status: response.status, text: `${told}\n${await response.text()}` }
}

function bodyOf({ body, files }: Case): { headers: Record<string, string>; body?: string | FormData } {
  if (files) {
    const form = new FormData()
    for (const [name, text] of Object.entries(files)) form.append('file', new Blob([text]), name)
    return { headers: {}, body: form }
  }
  return body === undefined
    ? { headers: {} }
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** A print of every table and of the folder, so that nothing can change unseen. */
async function stateOf({ ledger }: World): Promise<string> {
  const prints: string[] = []
  for (const table of await tablesOf(ledger.db)) {
    const { rows } = await sql<{
      print: string
    }>`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print
      from ${sql.table(table)} t`.execute(ledger.db)
    prints.push(`${table} ${rows[0]?.print}`)
  }
  return [...prints, ...readdirSync(ledger.places.root, { recursive: true }).map(String).sort()].join('\n')
}

/** Every table of the database. */
export async function tablesOf(db: World['ledger']['db']): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = current_schema()
    order by 1`.execute(db)
  return rows.map((row) => row.name)
}

/** Listens to the server's events as everybody, while long work begins and evidence changes. */
export async function walkEvents(world: World, happen: () => Promise<void>): Promise<Found> {
  const found = nothing()
  const contract = contracts().find(({ id }) => id === 'events') as RouteContract
  const end = new AbortController()
  const listeners = await Promise.all(world.seers.map((seer) => listen(world, seer, end.signal)))
  await happen()
  for (const { seer, status, heard } of listeners) {
    found.asked += 1
    const want = refusal(contract, seer) ?? 200
    if (status !== want) found.wrong.push(`${seer.name}: events is ${status}, not ${want}`)
    for (let tries = 0; want === 200 && tries < 100 && !heard.text.includes('event: standing'); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    if (want === 200 && !heard.text.includes('event: standing')) found.wrong.push(`${seer.name}: was told nothing`)
    for (const mark of world.sight.foreign(seer, heard.text, { route: 'events' }))
      found.foreign.push(`${seer.name}: events show ${mark}`)
  }
  end.abort()
  return found
}

async function listen(world: World, seer: Seer, signal: AbortSignal) {
  const response = await fetch(`${world.server.url}/api/v1/events`, { headers: seer.headers, signal })
  const heard = { text: '' }
  const reading = async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) heard.text += Buffer.from(chunk)
  }
  // The walk itself ends what it listens to.
  reading().catch(() => undefined)
  return { seer, status: response.status, heard }
}
