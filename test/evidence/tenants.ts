import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import {
  type Asker,
  changeSetting,
  commitBulk,
  commitRecords,
  type Ledger,
  newImportId,
  retractImport,
  type ToldFact,
} from '../../src/evidence/ledger/index.ts'
import { type Home, type Kind, newInstallation, openLedger } from './places.ts'

/** Owners of the agreement; the last one's id would end a literal, a list and an array, were it not escaped. */
export const OWNERS = ['C-001', 'C-002', `C'3","\\},{*} ñ`, 'partner'] as const

/** Those who ask, by name: everybody the roles of the server can come to. */
export const ASKERS: Record<string, Asker> = {
  director: asker({ owners: '*', datasets: '*', rights: ['imports', 'audit'] }),
  planner: asker({ owners: '*', datasets: ['incidents', 'contact-records'], rights: ['imports'] }),
  reader: asker({ owners: '*', datasets: ['changes', 'usage-metrics'] }),
  auditor: asker({ owners: '*', datasets: '*', rights: ['audit'] }),
  some: asker({ owners: ['C-001', 'partner'], datasets: '*' }),
  first: asker({ owners: ['C-001'], datasets: ['incidents', 'contact-records'], customer: true }),
  second: asker({ owners: ['C-002'], datasets: '*', customer: true }),
  third: asker({ owners: [OWNERS[2]], datasets: '*', customer: true }),
  pretender: asker({ owners: ['C-001'], datasets: '*', rights: ['imports', 'audit'], customer: true }),
  star: asker({ owners: ['*'], datasets: ['*'], rights: ['*'] }),
  nobody: asker({ owners: [], datasets: [] }),
}

function asker(given: Partial<Asker>): Asker {
  return { owners: [], datasets: [], person: 'p-1', rights: [], customer: false, ...given }
}

/** An installation whose records another agreement shares; on a server its login is an ordinary one that owns the tables. */
export async function newTenants(kind: Kind): Promise<Home> {
  const home = await newInstallation(kind)
  if (home.databaseUrl !== undefined) home.databaseUrl = await newOwner(home.databaseUrl)
  for (const agreement of ['other', 'test']) {
    const path = join(home.root, 'installation.json')
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), agreement }))
    const ledger = await openLedger(home)
    await seed(ledger)
    await ledger.close()
  }
  return home
}

/** A login as an administrator would make it: it may make the roles that questions are asked under, or is given them. */
export async function newOwner(url: string): Promise<string> {
  const own = await newLogin(url, 'createrole')
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(
    `select rolname from pg_roles where rolname in ('convenio_asker', 'convenio_customer')`,
  )
  for (const { rolname } of rows) await client.query(`grant ${rolname} to ${new URL(own).username}`)
  await client.end()
  return own
}

let logins = 0

/** A login that owns the database but nothing else. */
export async function newLogin(url: string, attributes: string): Promise<string> {
  logins += 1
  const { pathname } = new URL(url)
  const name = `app_${pathname.slice(1)}_${logins}`
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`create role ${name} login ${attributes}`)
  await client.query(`alter database ${pathname.slice(1)} owner to ${name}`)
  await client.end()
  return url.replace('postgres@', `${name}@`)
}

/** What is told of a fact in these tests. */
export function fact(dataset: string, key: string, owner: string, more: Partial<ToldFact> = {}): ToldFact {
  return {
    dataset,
    key,
    version: '1',
    from: '2025-01-10',
    to: '2025-01-10',
    values: { minutes: '30' },
    personal: { caller: `Ana of ${owner}` },
    owner,
    grade: 'reported',
    file: `${owner}.json`,
    row: '1',
    sha256: 'ab'.repeat(32),
    ...more,
  }
}

/** Takes in facts, each in the file it names. */
export async function bring(ledger: Ledger, facts: ToldFact[], receivedAt = '2025-02-01'): Promise<string> {
  const brought = { source: 'incidents', sourceVersion: 1, label: 'test', receivedAt, remarks: {} }
  const names = [...new Set(facts.map((each) => each.file))]
  const files = names.map((name) => {
    const rows = facts.filter((each) => each.file === name).map((each) => [each])
    return { name, sha256: 'ab'.repeat(32), bytes: 10, rejected: 0, rows }
  })
  const reject = { file: names[0] ?? '', row: 9, faults: [], raw: 'as it stood', owner: facts[0]?.owner ?? '' }
  return (await commitRecords(ledger, { ...brought, rejects: [reject] }, files)).import
}

/** What a bulk import of these tests brings. */
export interface Bulk {
  dataset: string
  owner: string
  id: string
  rows: number
}

/** Takes in segments of rows 1, 2, 3 … with dead rows and segments that they replace. */
export async function bringBulk(
  ledger: Ledger,
  bulk: Bulk[],
  { receivedAt = '2025-02-01', replaces = [], dead = [] }: Partial<BulkDetail> = {},
): Promise<string> {
  const id = newImportId(ledger.now())
  const folder = ledger.staging()
  const engine = await ledger.engine()
  const segments = []
  for (const each of bulk) {
    const path = join(folder, `${each.id}.parquet`)
    await engine.run(`copy (select i as id, '${each.id}' as segment, timestamp '2025-01-01' + interval (i) hour as happened,
      cast(i / 10 as decimal(38, 12)) as amount, 'c.gz' as _file, i as _row from range(1, ${each.rows + 1}) t(i))
      to '${path}' (format parquet)`)
    const times = { from: '2025-01-01T00:00:00Z', to: '2025-01-31T00:00:00Z', period: '2025-01' }
    segments.push({ ...each, ...times, path })
  }
  const graves = []
  for (const [at, { segment, row }] of dead.entries()) {
    const path = join(folder, `dead-${at}.parquet`)
    await engine.run(
      `copy (select '${segment}' as segment, ${row}::bigint as row, '${id}' as "by") to '${path}' (format parquet)`,
    )
    graves.push({ path, dataset: bulk[0]?.dataset ?? 'contact-records', rows: 1 })
  }
  const read = bulk.reduce((sum, each) => sum + each.rows, 0)
  const tally = { read, kept: read, duplicate: 0, superseded: 0, rejected: 0 }
  const files = [{ file: 'c.gz', sha256: 'cd'.repeat(32), bytes: 5, tally }]
  const common = { source: 'contact-records', sourceVersion: 1, label: 'test', receivedAt, remarks: {}, rejects: [] }
  await commitBulk(ledger, { ...common, import: id, files, segments, dead: graves, replaces: [...replaces] })
  return id
}

interface BulkDetail {
  receivedAt: string
  replaces: readonly string[]
  dead: readonly { segment: string; row: number }[]
}

async function seed(ledger: Ledger): Promise<void> {
  const { agreement } = ledger
  const taken: string[] = []
  for (const [at, owner] of OWNERS.entries()) {
    await bring(ledger, [fact('incidents', `INC${at}`, owner), fact('changes', `CHG${at}`, owner)])
    taken.push(await bring(ledger, [fact('incidents', `GONE${at}`, owner)]))
    const segments = ['contact-records', 'usage-metrics'].map((dataset) => ({
      dataset,
      owner,
      id: `${agreement}-${dataset}-${at}`,
      rows: 10 + at,
    }))
    await bringBulk(ledger, segments)
    // Its own newer version, and a row of it that another import made superfluous without bringing anything of this owner.
    const [contacts = ''] = segments.map((each) => each.id)
    await bringBulk(ledger, [{ dataset: 'usage-metrics', owner, id: `${agreement}-new-${at}`, rows: 3 }], {
      receivedAt: '2025-03-01',
      replaces: [`${agreement}-usage-metrics-${at}`],
    })
    await bringBulk(
      ledger,
      [{ dataset: 'contact-records', owner: 'partner', id: `${agreement}-over-${at}`, rows: 1 }],
      {
        receivedAt: '2025-03-02',
        dead: [{ segment: contacts, row: 0 }],
      },
    )
  }
  await bring(
    ledger,
    [...OWNERS.entries()].map(([at, owner]) => fact('incidents', `MIX${at}`, owner)),
  )
  for (const id of taken) await retractImport(ledger, id, { receivedAt: '2025-04-01', reason: 'a mistake' })
  await changeSetting(ledger, 'bill-source', agreement, '2025-01-01')
}

/** The tables of the ledger, each with the columns that tell its rows apart. */
export const TABLES = {
  imports: ['id'],
  import_files: ['import', 'name'],
  retractions: ['import'],
  facts: ['id'],
  segments: ['id'],
  segment_replacements: ['segment', 'import'],
  dead_rows: ['id'],
  reject_files: ['import'],
  settings: ['seq'],
  audit: ['seq'],
} as const

/** One of TABLES. */
export type Table = keyof typeof TABLES

type Row = Record<string, string> & { owners?: string[] }

/** Every row of every table, as the owner of the tables sees them. */
export async function everything(ledger: Ledger): Promise<Record<Table, Row[]>> {
  const all: Partial<Record<Table, Row[]>> = {}
  for (const table of Object.keys(TABLES) as Table[])
    all[table] = (await sql<Row>`select * from ${sql.table(table)}`.execute(ledger.db)).rows
  return all as Record<Table, Row[]>
}

/** A row's name. */
export function nameOf(table: Table, row: Record<string, unknown>): string {
  return TABLES[table].map((column) => String(row[column])).join(' ')
}

/** What an asker may see, said once more without the database: the names of the rows of each table. */
export function visibleTo(asker: Asker, all: Record<Table, Row[]>, agreement = 'test'): Record<Table, Set<string>> {
  const among = (list: '*' | readonly string[], name: string | undefined) => list === '*' || list.includes(String(name))
  const own = (row: Row) =>
    row.agreement === agreement && among(asker.owners, row.owner) && among(asker.datasets, row.dataset)
  const hasRight = (name: string) => asker.rights.includes(name)
  const facts = all.facts.filter(own)
  const segments = all.segments.filter(own)
  const replaced = all.segment_replacements.filter((row) => segments.some((each) => each.id === row.segment))
  const dead = all.dead_rows.filter(
    (row) =>
      row.agreement === agreement &&
      among(asker.datasets, row.dataset) &&
      (asker.owners === '*' || (row.owners ?? []).some((owner) => among(asker.owners, owner))),
  )
  const touched = new Set([...facts, ...segments].map((row) => row.import))
  const imports = all.imports.filter(
    (row) => row.agreement === agreement && (hasRight('imports') || touched.has(row.id)),
  )
  const ids = new Set(imports.map((row) => row.id))
  const files = all.import_files.filter(
    ({ import: by, name }) =>
      ids.has(by) &&
      (hasRight('imports') ||
        facts.some((row) => row.import === by && row.file === name) ||
        segments.some((row) => row.import === by)),
  )
  const visible: Record<Table, Row[]> = {
    imports,
    import_files: files,
    retractions: all.retractions.filter((row) => ids.has(row.import)),
    facts,
    segments,
    segment_replacements: replaced,
    dead_rows: dead,
    reject_files: asker.customer || !hasRight('imports') ? [] : all.reject_files.filter((row) => ids.has(row.import)),
    settings: all.settings.filter((row) => row.agreement === agreement),
    audit: asker.customer || !hasRight('audit') ? [] : all.audit,
  }
  return Object.fromEntries(
    Object.entries(visible).map(([table, rows]) => [table, new Set(rows.map((row) => nameOf(table as Table, row)))]),
  ) as Record<Table, Set<string>>
}
