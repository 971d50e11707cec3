import { GOOD } from '../../identity/desk.ts'
import { type Seer, seesKind } from './sight.ts'
import { mark, passkeyOf, personOf, TODAY, type World } from './world.ts'

/** One request of the walk, and what an asker gets for it whom the contract lets in. */
export interface Case {
  path?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** Files to upload, by name. */
  files?: Record<string, string>
  want: readonly number[]
}

/** Routes that hold for a session alone: what outlasts a token is not to be had by one. */
export const SESSION_ONLY = [
  ...['signOut', 'changePassword', 'changeMyself', 'endSession', 'passkeyRegistration', 'addPasskey', 'removePasskey'],
  ...['makeToken', 'revokeToken'],
]

const MADE_UP = 'made-up'
const PAST = { 'known-at': '2025-02-20' }
/** A kind of each family. */
const ONE_OF_EACH = ['commitment', 'service-level', 'training', 'review', 'residency', 'rule', 'term']
const CSV = { format: 'csv' }

function ok(...queries: Record<string, string>[]): Case[] {
  return queries.map((query) => ({ query, want: [200] }))
}

// Each parameter is asked for with what is one's own, what is somebody else's, and what nobody has.
function each(name: string, values: Record<string, number[]>): Case[] {
  return Object.entries(values).map(([value, want]) => ({ path: { [name]: value }, want }))
}

function cursorAt(dataset: string, key: string): string {
  return Buffer.from(JSON.stringify({ dataset, key })).toString('base64url')
}

/** The reads of every route. */
export function readsOf(world: World, seer: Seer): Record<string, Case[]> {
  const { ids } = world
  const [drafts, imports] = [[...ids.drafts.values()], [...ids.imports.values()]]
  const some = [imports[0], ids.imports.get('C-002 probes'), ids.imports.get('partner cost-and-usage')] as string[]
  const found = Object.fromEntries(some.map((id) => [id, [200]]))
  const clause = (query: Record<string, string> = {}): Case[] =>
    ONE_OF_EACH.flatMap((kind) => {
      const [, name] = world.clauses.get(kind)?.split('/') ?? []
      return name ? [{ path: { kind, name }, query, want: [seesKind(seer, kind) ? 200 : 404] }] : []
    })
  const levels = world.levels.map((name) => ({
    path: { kind: 'service-level', name },
    want: [seesKind(seer, 'service-level') ? 200 : 404],
  }))
  const unknown = [{ path: { kind: 'commitment', name: MADE_UP }, want: [404] }]
  const anyOne = { [MADE_UP]: [404], 'mark.other.import': [404], ...found }
  return {
    getSession: ok({}),
    getInvitation: each('link', { [MADE_UP]: [403] }),
    listSessions: ok({}),
    listPasskeys: ok({}),
    beginOpenId: each('provider', { company: [404], [MADE_UP]: [404] }),
    endOpenId: each('provider', { company: [404], [MADE_UP]: [404] }),
    getOverview: ok({}, { ...PAST, language: 'en' }),
    listClauses: ok({}, CSV, { limit: '3' }, { text: 'mark', kind: 'commitment' }),
    getClause: [...clause(), ...unknown],
    getWhy: [...clause({ language: 'es' }), ...levels, ...unknown],
    getTrend: [
      ...clause().filter(({ path }) => ['commitment', 'service-level'].includes(path?.kind ?? '')),
      ...unknown,
    ],
    getAgreement: ok({}),
    listFindings: ok({}, { ...CSV, severity: 'error' }, { limit: '1', clause: world.clauses.get('commitment') ?? '' }),
    listVersions: ok({}),
    listDrafts: ok({}),
    getDraft: each('id', {
      ...Object.fromEntries(drafts.map((id) => [id, [200]])),
      'mark.other.draft': [404],
      [MADE_UP]: [404],
    }),
    getEvidence: ok({}, PAST, { 'as-of': '2025-02-15' }),
    listFacts: [
      ...ok({}, CSV, PAST, { limit: '2' }, { text: 'mark', limit: '500' }),
      ...['C-001', 'C-002', 'C-003', 'partner', '*', `' or true --`].flatMap((owner) => ok({ owner, limit: '500' })),
      ...ok({ cursor: cursorAt('incidents', 'mark.C-001') }, { cursor: cursorAt('', '') }),
      { query: { cursor: cursorAt('incidents', '\0') }, want: [400] },
      ...ok({ dataset: 'cost-and-usage' }, { dataset: 'incidents' }, { file: mark('C-002', 'incidents', 'file') }),
    ],
    listRows: ['probes', 'contact-records', 'usage-metrics', 'cost-and-usage', 'made\n"ñ€'].flatMap((dataset) =>
      ok(
        { dataset },
        ...(dataset === 'probes'
          ? [
              { dataset, ...CSV },
              { dataset, file: mark('C-002', dataset, 'file') },
            ]
          : []),
      ),
    ),
    listImports: ok({}, { text: 'mark' }, { limit: '2' }, { rejected: 'yes' }),
    getImport: each('id', anyOne),
    listRejects: [...each('id', anyOne), { path: { id: some[0] ?? '' }, query: CSV, want: [200] }],
    listJobs: ok({}),
    getJob: each('id', { [ids.job]: [200], [MADE_UP]: [404] }),
    listPeople: ok({}),
    listRoles: ok({}),
    listTokens: ok({}),
    getSettings: ok({}),
    listAudit: ok({}, CSV, { limit: '2' }, { action: 'import' }),
    events: [],
  }
}

const BAD_KEY = { credential: { id: 'x', rawId: 'x', type: 'public-key', response: {} } }

/** The writes of every route. What is allowed is done. */
export function writesOf(world: World, seer: Seer): Record<string, Case[]> {
  const { ids } = world
  const waiver = (clause: string) => ({ clause, reason: 'r', approvedBy: 'a', until: '2025-12-31' })
  const known = [...world.clauses].map(([kind, clause]) => ({ kind, clause }))
  const ofKinds = (want: number, body: (clause: string) => object): Case[] =>
    ['commitment', 'service-level'].map((kind) => ({
      body: body(known.find((line) => line.kind === kind)?.clause ?? ''),
      want: [seesKind(seer, kind) ? want : 404],
    }))
  const spare = personOf(world, 'spare').id
  const draft = { title: 't', text: 'amendment: 1', version: 99 }
  const foreign = seer.name === 'director' ? 'planner' : 'director'
  const amendment = `amendment: 1\nid: a\neffective: ${TODAY}\nrecorded: ${TODAY}\nchanges:\n  - { clause: ${world.clauses.get('commitment')}, ends: true }\n`
  const retractable = ids.imports.get(`retractable ${seer.name} meetings`) ?? MADE_UP
  const company = { name: 'x', issuer: 'http://not.safe', clientId: 'x', newPeople: [] }
  return {
    signIn: [{ body: { email: 'mark.planner.people.email@convenio.example', password: 'wrong' }, want: [401, 429] }],
    beginFirst: [{ body: { link: 'x'.repeat(43), name: 'x', email: 'x@y.example', password: GOOD }, want: [403] }],
    acceptInvitation: [{ path: { link: 'x'.repeat(43) }, body: { password: GOOD }, want: [403] }],
    changePassword: [{ body: { current: 'wrong', password: 'short' }, want: [400, 403] }],
    changeMyself: [{ body: { language: 'es' }, want: [200] }],
    endSession: each('id', {
      [MADE_UP]: [404],
      'mark.other.session': [404],
      [ids.sessions.get(foreign) ?? '']: [404],
    }),
    passkeyRegistration: [{ want: [200] }],
    addPasskey: [{ body: { ...BAD_KEY, name: 'x' }, want: [400, 403] }],
    removePasskey: each('id', {
      [MADE_UP]: [404],
      'mark.other.passkey': [404],
      [passkeyOf(foreign)]: [404],
    }),
    passkeySignInOptions: [{ want: [200] }],
    passkeySignIn: [{ body: BAD_KEY, want: [400, 401] }],
    waiveClause: [...ofKinds(201, waiver), { body: waiver('commitment/made-up'), want: [404] }],
    makeDraft: [
      { body: { title: 't', text: 'x' }, want: [201] },
      ...ofKinds(201, (clause) => ({ title: 't', clause })),
    ],
    saveDraft: [...ids.drafts.values(), 'mark.other.draft'].map((id) => ({
      path: { id },
      body: draft,
      want: [id === 'mark.other.draft' ? 404 : 409],
    })),
    removeDraft: each('id', { [MADE_UP]: [404], 'mark.other.draft': [404] }),
    tryDraft: [
      { body: { text: amendment }, want: [200] },
      { body: { text: 'nonsense' }, want: [200] },
    ],
    importFiles: [
      { files: { 'nothing.bin': 'nothing that any source knows' }, query: { 'dry-run': 'yes' }, want: [202] },
      { body: {}, want: [415] },
    ],
    retractImport: [MADE_UP, 'mark.other.import', retractable].map((id) => ({
      path: { id },
      body: { reason: 'r' },
      want: [id === retractable && id !== MADE_UP ? 200 : 404],
    })),
    invitePerson: [
      { body: { name: 'x', email: `${seer.name.replaceAll(' ', '-')}@new.example`, roles: ['planner'] }, want: [201] },
      { body: { name: 'x', email: 'z@new.example', roles: ['customer'] }, want: [400] },
    ],
    changePerson: [spare, MADE_UP, 'mark.other.person'].map((id) => ({
      path: { id },
      body: { disabled: false },
      want: [id === spare ? 200 : 404],
    })),
    resetPerson: each('id', { [spare]: [201], [MADE_UP]: [404], 'mark.other.person': [404] }),
    makeToken: [
      { body: { name: 'x', rights: ['read'], days: 1 }, want: [201] },
      {
        body: { name: 'x', rights: ['people', 'settings'], days: 1 },
        want: [seer.rights.includes('people') ? 201 : 400],
      },
    ],
    revokeToken: each('id', {
      [MADE_UP]: [404],
      'mark.other.token': [404],
      [ids.tokens.get('director') ?? '']: [seer.name === 'director' ? 204 : 404],
    }),
    changeSettings: [{ body: { value: 'focus' }, want: [204] }],
    setProvider: [{ body: company, want: [400] }],
    removeProvider: [{ want: [204] }],
    verifyAudit: [{ want: [200] }],
    runCommand: [{ body: { argv: [], cwd: '/', env: {}, out: LOOK, err: LOOK, actor: 'x' }, want: [401] }],
    signOut: [{ want: [204] }],
  }
}

const LOOK = { isTTY: false, columns: null }
