import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { vi } from 'vitest'
import { type RunningServer, startServer } from '../../../src/api/index.ts'
import { type Asker, changeSetting, Ledger, tellAudit } from '../../../src/evidence/ledger/index.ts'
import { actorOf, type Person, type Right, type Role } from '../../../src/identity/index.ts'
import { digestOf } from '../../../src/identity/secrets.ts'
import { newInstallation } from '../../evidence/places.ts'
import { newOwner } from '../../evidence/tenants.ts'
import { accepted, CHEAP, clockFrom } from '../../identity/desk.ts'
import { seedEvidence } from './evidence.ts'
import { ROLE_SIGHT, type Seer, Sight } from './sight.ts'

const AGREEMENT = 'wom-aws-chile'
/** The day on which this walk asks. */
export const TODAY = '2025-06-15'

/** A server on a real PostgreSQL with everything of everybody in it. */
export interface World {
  server: RunningServer
  ledger: Ledger
  sight: Sight
  seers: Seer[]
  people: Map<string, Person>
  ids: {
    imports: Map<string, string>
    drafts: Map<string, string>
    job: string
    tokens: Map<string, string>
    sessions: Map<string, string>
  }
  /** Every Parquet file of the installation, and a clause of each kind. */
  clauses: Map<string, string>
  /** The service levels, which everybody's evidence is judged by. */
  levels: string[]
  /** Whoever asked the ledger last. */
  lastAsker(): Asker | undefined
  close(): Promise<void>
}

/** The mark that stands in whatever is somebody's. */
export function mark(owner: string, area: string, part: string): string {
  return `mark.${owner}.${area}.${part}`
}

/** Makes the world: one agreement with the partner's and three customers' evidence, and a second in the same database. */
export async function makeWorld(): Promise<World> {
  const home = await newInstallation('postgresql', AGREEMENT)
  const databaseUrl = await newOwner(home.databaseUrl as string)
  cpSync(`agreements/${AGREEMENT}`, join(home.root, 'agreements', AGREEMENT), { recursive: true })
  const { now } = clockFrom(`${TODAY}T12:00:00.000Z`)
  const ledger = await Ledger.open({
    ...{ root: home.root, databaseUrl, actor: 'test', purpose: 'test', now, memory: '256MB', connections: 8 },
  })
  let last: Asker | undefined
  const asking = ledger.asking.bind(ledger)
  vi.spyOn(ledger, 'asking').mockImplementation((asker, work) => {
    last = asker
    return asking(asker, work)
  })
  const server = await startServer({
    ...{ ledger, host: '127.0.0.1', port: 0, language: 'es', logLevel: 'silent', version: '0.0.1', perMinute: 0 },
    ...{ today: () => TODAY, secret: 'known to nobody here', identity: { passwordCost: CHEAP } },
    answerCommand: async () => undefined,
  })
  const sight = new Sight()
  const ids: World['ids'] = { imports: new Map(), drafts: new Map(), tokens: new Map(), sessions: new Map(), job: '' }
  const world: World = {
    ...{ server, ledger, sight, ids, seers: [], people: new Map(), clauses: new Map(), levels: [] },
    lastAsker: () => last,
    close: async () => {
      await server.close()
      await ledger.close()
    },
  }
  await seedPeople(world)
  await seedEvidence(world)
  await seedOwn(world)
  await seedOther(world)
  await seedKinds(world)
  ledger.written()
  return world
}

async function seedPeople(world: World): Promise<void> {
  for (const role of Object.keys(ROLE_SIGHT)) {
    if (role !== 'customer') await addSeer(world, role, role)
  }
  await addSeer(world, 'customer-one', 'customer', ['C-001'])
  await addSeer(world, 'customer-two', 'customer', ['C-002'])
  await addToken(world, 'director', ['read'])
  await addToken(world, 'finance', ['read', 'amend'], ['terms'])
  await addToken(world, 'administrator', ['read', 'audit'])
  await addSeer(world, 'disabled', 'administrator')
  await addToken(world, 'disabled', ['read', 'people'])
  await addSeer(world, 'spare', 'planner')
  const { people } = world.server.services.identity
  await people.change('test', idOf(world, 'disabled'), { disabled: true })
  const isOver = ({ person, way }: Seer) => person === 'disabled' && way === 'token'
  for (const seer of world.seers.filter((each) => each.person === 'disabled'))
    Object.assign(seer, { state: isOver(seer) ? 'refused' : 'nobody', rights: [], families: [] })
  world.seers = world.seers.filter((each) => each.name !== 'spare')
  const nobody = { families: [], rights: [], person: '', state: 'nobody', way: 'session' } as const
  world.seers.push({ ...nobody, name: 'nobody', headers: {} })
  world.seers.push({ ...nobody, name: 'elsewhere', headers: { cookie: `convenio-session=${ELSEWHERE}` } })
  const made = `Bearer cnv_${'0'.repeat(24)}_${'x'.repeat(43)}`
  world.seers.push({ ...nobody, name: 'made-up token', state: 'refused', headers: { authorization: made } })
}

/** The secret of a session in the other agreement. */
const ELSEWHERE = 'e'.repeat(43)

async function addSeer(world: World, name: string, role: string, customers?: string[]): Promise<void> {
  const { people, sessions } = world.server.services.identity
  const said = { name: mark(name, 'people', 'name'), email: `${mark(name, 'people', 'email')}@convenio.example` }
  const person = accepted(await people.create('test', { ...said, roles: [role as Role], customers }))
  const { cookie, csrf, session } = await sessions.begin(person, { way: 'password', address: '10.0.0.1', agent: '' })
  world.people.set(name, person)
  world.ids.sessions.set(name, session.id)
  world.sight.names.set(session.id, mark(name, 'sessions', 'own'))
  world.sight.names.set(passkeyOf(name), mark(name, 'passkeys', 'own'))
  const sees = ROLE_SIGHT[role] as (typeof ROLE_SIGHT)[string]
  const headers = { cookie: `convenio-session=${cookie}`, 'x-csrf-token': csrf }
  world.seers.push({
    ...{ name, person: name, state: 'in', way: 'session', ...sees, headers },
    ...(customers ? { customers } : {}),
  })
}

async function addToken(world: World, name: string, rights: Right[], families?: 'terms'[]): Promise<void> {
  const said = { name: mark(name, 'tokens', 'own'), rights, days: 9, families }
  const { secret } = accepted(await world.server.services.identity.tokens.create(personOf(world, name), said))
  const all = ROLE_SIGHT[name]?.families ?? []
  const headers = { authorization: `Bearer ${secret}` }
  const seer = { name: `token of ${name}`, person: name, state: 'in', way: 'token', rights, headers } as const
  world.seers.push({ ...seer, families: families ?? all })
}

/** A person of the world. */
export function personOf(world: World, name: string): Person {
  const person = world.people.get(name)
  if (!person) throw new Error(`there is no ${name}`)
  return person
}

/** The id of somebody's passkey. */
export function passkeyOf(name: string): string {
  return `passkey-of-${name}-in-this-world`
}

function idOf(world: World, name: string): string {
  return personOf(world, name).id
}

// What is one's own: each person has a token, a passkey, and a session whose browser bears a mark.
async function seedOwn(world: World): Promise<void> {
  const { ledger, ids } = world
  const { identity, jobs } = world.server.services
  for (const [name, person] of world.people) {
    const at = `${TODAY}T12:00:00.000Z`
    const own = (what: string) => mark(name, what, 'own')
    await sql`update sessions set agent = ${own('sessions')} where person = ${person.id}`.execute(ledger.db)
    await sql`insert into passkeys values (${passkeyOf(name)}, ${AGREEMENT}, ${person.id}, ${own('passkeys')}, 'key', 0, '[]', false,
      ${at}, null)`.execute(ledger.db)
    if (person.disabled || person.customers.length > 0) continue
    const rights: Right[] = ['read']
    const made = accepted(await identity.tokens.create(person, { name: own('tokens'), rights, days: 9 }))
    ids.tokens.set(name, made.token.id)
  }
  for (const name of ['finance', 'director']) {
    const [title, text] = ['title', 'text'].map(() => mark(name, 'drafts', 'draft')) as [string, string]
    const draft = accepted(await identity.drafts.create(personOf(world, name), { title, text }))
    ids.drafts.set(name, draft.id)
  }
  const audited = { reason: mark('partner', 'audit', 'audit') }
  await tellAudit(ledger, 'sign-off', 'this world', audited)
  await changeSetting(ledger, 'bill-source', 'focus', TODAY)
  const about = { label: mark('partner', 'cost-and-usage', 'label'), bytesTotal: 1 }
  const actor = personOf(world, 'operations').name
  const job = jobs.begin(
    { ...about, actor },
    async () => Promise.reject(new Error('nothing')),
    () => 'nothing',
  )
  ids.job = job.id
  await jobs.idle()
}

/** Tables with the columns by which a row of the other agreement must differ from the one that it is copied from. */
const COPIES: [table: string, columns: string, changes: string, where: string][] = [
  [
    'imports',
    'id, agreement, source, source_version, label, received_at, recorded_at, actor, rows_read, rows_kept, rows_duplicate, rows_superseded, rows_rejected, remarks',
    `{"id": "mark.other.import"}`,
    `label like '%C-001.probes%'`,
  ],
  ['import_files', '*', `{"import": "mark.other.import"}`, `name like '%C-001.probes%'`],
  ['retractions', '*', `{"import": "mark.other.import"}`, 'true'],
  [
    'facts',
    'agreement, dataset, key, version, happened_from, happened_to, owner, grade, "values", personal, content, source, file, row, sha256, import, received_at',
    `{"import": "mark.other.import"}`,
    `key like '%C-001.incidents%'`,
  ],
  [
    'segments',
    '*',
    `{"id": "mark.other.segment", "path": "mark.other.path", "import": "mark.other.import"}`,
    `id like '%C-001.probes%'`,
  ],
  ['segment_replacements', '*', `{"segment": "mark.other.segment", "import": "mark.other.import"}`, 'true'],
  ['dead_rows', '*', `{"id": "mark.other.dead", "path": "mark.other.dead", "import": "mark.other.import"}`, 'true'],
  ['reject_files', '*', `{"import": "mark.other.import", "path": "mark.other.rejects"}`, 'true'],
  ['settings', 'agreement, name, value, received_at', `{"value": "mark.other.setting"}`, 'true'],
  ['people', '*', `{"id": "mark.other.person"}`, `name like '%administrator%'`],
  [
    'sessions',
    '*',
    `{"id": "mark.other.session", "person": "mark.other.person", "secret_hash": "${digestOf(ELSEWHERE)}"}`,
    `agent like '%administrator%'`,
  ],
  ['api_tokens', '*', `{"id": "mark.other.token", "person": "mark.other.person"}`, 'true'],
  ['passkeys', '*', `{"id": "mark.other.passkey", "person": "mark.other.person"}`, 'true'],
  ['drafts', '*', `{"id": "mark.other.draft", "person": "mark.other.person"}`, 'true'],
]

// Another agreement has a row like one of ours in every table, with marks that nobody here may see.
async function seedOther({ ledger }: World): Promise<void> {
  for (const [table, columns, changes, where] of COPIES) {
    const into = columns === '*' ? '' : `(${columns})`
    await sql
      .raw(`insert into ${table} ${into} select ${columns} from (select (jsonb_populate_record(null::${table},
        replace(to_jsonb(t)::text, 'mark.', 'mark.other.')::jsonb || '{"agreement": "other"}' || '${changes}')).*
        from (select * from ${table} where ${where} limit 1) t) copied`)
      .execute(ledger.db)
  }
}

// Clauses and findings are of a kind; who may not see it must not be told of them.
async function seedKinds({ server, sight, clauses, levels }: World): Promise<void> {
  const { desk } = server.services
  for (const { id, kind } of desk.opened().agreement.clauses) {
    sight.kinds.set(id, kind)
    if (!clauses.has(kind)) clauses.set(kind, id)
    if (kind === 'service-level') levels.push(id.split('/')[1] ?? '')
  }
  for (const asOf of [TODAY, '2025-02-15', '2025-06-08'])
    for (const { fingerprint, clause } of await desk.findings({ asOf, knownAt: TODAY }))
      if (clause !== null) sight.kinds.set(fingerprint, clause.split('/')[0] ?? '')
}

/** How the audit calls whoever brings the files of this world. */
export function importer(world: World): string {
  return actorOf(personOf(world, 'operations'))
}
