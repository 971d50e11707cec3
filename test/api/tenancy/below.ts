import { sql } from 'kysely'
import { contracts } from '../../../src/api/contracts.ts'
import type { RouteContract } from '../../../src/api/route.ts'
import {
  type Asker,
  auditPage,
  importFileLines,
  type LedgerReads,
  rowsPage,
} from '../../../src/evidence/ledger/index.ts'
import type { Seer, Where } from './sight.ts'
import { ask, type Found, nothing } from './walk.ts'
import { personOf, TODAY, type World } from './world.ts'

/** The columns that a role may read of each table. */
export async function columnsOf({ ledger }: World, role: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table: string; column: string }>`select c.relname as table, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and has_column_privilege(${role}, c.oid, a.attnum, 'select') order by c.relname, a.attnum`.execute(ledger.db)
  const columns = new Map<string, string[]>()
  for (const { table, column } of rows) columns.set(table, [...(columns.get(table) ?? []), column])
  return columns
}

/** How the server tells the database of everybody who may ask at all, found out by asking it something; and of nobody. */
async function askersOf(world: World, names: readonly string[] | undefined): Promise<[Seer, Asker][]> {
  const facts = contracts().find(({ id }) => id === 'listFacts') as RouteContract
  const askers: [Seer, Asker][] = []
  for (const seer of world.seers) {
    if (seer.state !== 'in' || (names && !names.includes(seer.name))) continue
    await ask(world, seer, facts, { query: { limit: '1' }, want: [200] })
    const asker = world.lastAsker()
    if (asker) askers.push([seer, asker])
  }
  const nobody = world.seers.find(({ name }) => name === 'nobody') as Seer
  const none = { owners: [], datasets: [], person: '', rights: [] }
  askers.push(
    [nobody, { ...none, customer: false }],
    [
      { ...nobody, customers: [] },
      { ...none, customer: true },
    ],
  )
  return askers
}

/** A part of the walk below the routes. */
export interface Below {
  what: 'tables' | 'reads' | 'files'
  /** Of these tables alone. */
  tables?: readonly string[]
  /** As these alone, and as nobody. */
  seers?: readonly string[]
}

/** What everybody is given below the routes: of every table, of every read that ledger and identity have, of every file. */
export async function walkBelow(world: World, { what, tables, seers }: Below): Promise<Found> {
  const found = nothing()
  const [staff, customer] = [await columnsOf(world, 'convenio_asker'), await columnsOf(world, 'convenio_customer')]
  for (const [seer, asker] of await askersOf(world, seers)) {
    const columns = [...(asker.customer ? customer : staff)].filter(([table]) => tables?.includes(table) ?? true)
    await world.ledger.asking(asker, async (reads) => {
      const given =
        what === 'tables'
          ? tablesGiven(reads, columns)
          : what === 'reads'
            ? readsGiven(world, reads)
            : filesGiven(world, reads)
      for await (const [text, where] of given) {
        found.asked += 1
        for (const mark of world.sight.foreign(seer, text, where))
          found.foreign.push(`${seer.name}: ${where.table ?? what} shows ${mark}`)
      }
    })
  }
  return found
}

type Given = AsyncGenerator<[text: string, where: Where]>

async function* tablesGiven({ db }: LedgerReads, columns: readonly [string, string[]][]): Given {
  for (const [table, names] of columns) {
    const list = sql.join(names.map((name) => sql.ref(name)))
    const { rows } = await sql<{
      row: string
    }>`select json_build_array(${list})::text as row from ${sql.table(table)}`.execute(db)
    yield [rows.map(({ row }) => row).join('\n'), { table }]
  }
}

async function* readsGiven(world: World, reads: LedgerReads): Given {
  for (const knownAt of [TODAY, '2025-02-20']) {
    yield [JSON.stringify(await reads.facts(knownAt)), { knownAt, table: 'standing facts' }]
    const page = await reads.factsPage(knownAt, { text: 'mark' }, { limit: 500 })
    yield [JSON.stringify(page), { knownAt, table: 'a page of facts' }]
    // Imports that nobody is to see rows of are told by their bare names.
    const { segments, dead } = await reads.bulk(knownAt)
    yield [JSON.stringify([segments, dead]), { knownAt, table: 'the manifest' }]
  }
  yield [JSON.stringify([...(await reads.settings(TODAY))]), { table: 'settings' }]
  yield [JSON.stringify(await reads.imports()), { table: 'imports' }]
  for (const whose of ['C-002 incidents', 'partner cost-and-usage', 'any changes', 'C-001 probes']) {
    const id = world.ids.imports.get(whose) ?? ''
    yield [JSON.stringify([await reads.rejects(id), await importFileLines(reads, id)]), { table: 'files of imports' }]
  }
  for (const source of ['incidents', 'probes', 'cost-and-usage'])
    yield [JSON.stringify([...(await reads.fileHashes(source, TODAY))]), { table: 'hashes of files' }]
  if (!reads.asker?.customer) yield [JSON.stringify(await auditPage(reads, {}, { limit: 500 })), { table: 'audit' }]
  yield* saidByFunctions(world, reads)
  yield* ownGiven(world, reads)
}

// These ask past the policies: names of imports of the agreement alone, and nothing of facts of others.
async function* saidByFunctions({ ledger }: World, { db, asker }: LedgerReads): Given {
  const { rows } = await sql<{
    names: string[]
  }>`select taken_back(${TODAY}::date) || unseen_imports('2025-01-01') as names`.execute(db)
  yield [String(rows[0]?.names.filter((name) => name.includes('other'))), { table: 'names of unseen imports' }]
  const facts = await sql<{ id: string; owner: string }>`select id, owner from facts where key = 'moved'`.execute(
    ledger.db,
  )
  for (const { id, owner } of facts.rows) {
    if (asker?.owners === '*' || asker?.owners.includes(owner)) continue
    const said = await sql<{ moved: boolean }>`select moved_away(${id}::bigint, ${TODAY}::date) as moved`.execute(db)
    yield [said.rows[0]?.moved ? `mark.${owner}.incidents.moved` : '', { table: 'whether a fact moved away' }]
  }
}

async function* ownGiven(world: World, { asker }: LedgerReads): Given {
  if (!asker) return
  const { identity } = world.server.services
  yield [JSON.stringify(await identity.people.list(asker)), { table: 'people' }]
  yield [JSON.stringify(await identity.drafts.list(asker)), { table: 'drafts' }]
  for (const { id } of ['planner', 'customer-two'].map((name) => personOf(world, name)))
    for (const part of ['tokens', 'sessions', 'passkeys'] as const)
      yield [JSON.stringify(await identity[part].list(asker, id)), { table: part }]
}

// Under the asker's engine every Parquet file of the installation is tried by its own path.
async function* filesGiven({ ledger }: World, reads: LedgerReads): Given {
  const all = await ledger.bulk(TODAY)
  await reads.bulk(TODAY)
  const engine = await reads.engine()
  for (const { path } of all.segments) {
    const rows = await engine.all(`select * from read_parquet('${reads.at(path)}')`).catch(() => [])
    yield [JSON.stringify(rows), { table: 'files' }]
  }
  for (const dataset of new Set(all.segments.map((each) => each.dataset))) {
    const page = await rowsPage(reads, dataset, { knownAt: TODAY }, { offset: 0, limit: 100 })
    yield [JSON.stringify(page), { table: 'rows' }]
  }
}
