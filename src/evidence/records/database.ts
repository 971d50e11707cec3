import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { message, readText } from '../../language/index.ts'
import { codeOf, LedgerFault } from '../files.ts'
import { pgliteDialect } from './pglite-dialect.ts'
import type { Tables } from './tables.ts'

/** Where the records are: a PostgreSQL server, or a folder in which PGlite keeps its own. */
export type RecordsPlace = { url: string } | { folder: string }

/** The records database, open and of the newest form. */
export interface Records {
  db: Kysely<Tables>
  kind: 'postgresql' | 'pglite'
  /** A copy in memory to try things on while others read; undefined on a server, where transactions do not wait for each other. */
  copy?: () => Promise<Records>
  close(): Promise<void>
}

// Text comes back as it is written: a Date would be of the machine's time zone, a number would lose digits.
const AS_TEXT = { int8: 20, numeric: 1700, date: 1082, timestamp: 1114, timestamptz: 1184 }

/**
 * Opens the records and brings their form up to date, or only up to a form of the past (`upTo`, for restoring what was written in it).
 * Throws when they cannot be reached or are of a newer version,
 * NeedsRoles when the login may not make the roles that questions are asked under.
 */
export async function openRecords(
  place: RecordsPlace,
  { upTo, connections = 4 }: { upTo?: readonly string[]; connections?: number } = {},
): Promise<Records> {
  const records = 'url' in place ? await openServer(place.url, connections) : await openFolder(place.folder)
  try {
    await migrate(records.db, upTo)
    return records
  } catch (error) {
    await records.close()
    throw error
  }
}

async function openFolder(folder: string): Promise<Records> {
  const { PGlite } = await import('@electric-sql/pglite')
  // Whoever opens the folder holds our own lock. A process killed while it wrote this file leaves it empty, and then PGlite will not start.
  rmSync(join(folder, 'postmaster.pid'), { force: true })
  const parsers = Object.fromEntries(Object.values(AS_TEXT).map((oid) => [oid, (text: string) => text]))
  const database = await PGlite.create({ dataDir: folder, parsers })
  const copy = async () => {
    const loadDataDir = await database.dumpDataDir('none')
    return embedded(await PGlite.create({ loadDataDir, parsers }))
  }
  return { ...(await embedded(database)), copy }
}

async function embedded(database: PGlite): Promise<Records> {
  await database.exec(`set timezone = 'UTC'; set datestyle = 'ISO'`)
  const db = new Kysely<Tables>({ dialect: pgliteDialect(database) })
  return {
    db,
    kind: 'pglite',
    close: async () => {
      await db.destroy()
      await database.close()
    },
  }
}

async function openServer(url: string, connections: number): Promise<Records> {
  const { default: pg } = await import('pg')
  const plain = new Set<number>(Object.values(AS_TEXT))
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options: '-c timezone=UTC -c datestyle=ISO',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        plain.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  // A server that goes away between two queries is told by the next query; without a listener the process would end.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { db, kind: 'postgresql', close: () => db.destroy() }
}

/** The database roles that questions are asked under. */
export const ASKING_ROLES = ['convenio_asker', 'convenio_customer'] as const

/** The forms that records have had, oldest first. */
export const MIGRATIONS = ['0001-ledger', '0002-asking', '0003-identity']

/** Thrown when the records were written by a newer Convenio. */
class NewerRecords extends Error {
  readonly code = 'NEWER_RECORDS'
}

/** The login may not make the roles that questions are asked under; says what an administrator must run. */
export class NeedsRoles extends LedgerFault {
  readonly code = 'NEEDS_ROLES'
  readonly sql: string
  constructor(login: string, missing: readonly string[], cause: unknown) {
    const made = missing.map((name) => `create role ${name} nologin; `).join('')
    const text = `${made}grant ${ASKING_ROLES.join(', ')} to "${login.replaceAll('"', '""')}"`
    super(message('evidence/needs-roles', { login, sql: text }), cause)
    this.name = 'NeedsRoles'
    this.sql = text
  }
}

async function needsRoles(db: Kysely<Tables>, cause: unknown): Promise<NeedsRoles> {
  const { rows } = await sql<{ login: string; role: string | null }>`
    select current_user as login, r.rolname as role from pg_catalog.pg_roles l
    left join pg_catalog.pg_roles r on r.rolname in (${sql.join(ASKING_ROLES)}) where l.rolname = current_user`.execute(
    db,
  )
  const missing = ASKING_ROLES.filter((name) => !rows.some((row) => row.role === name))
  return new NeedsRoles(rows[0]?.login ?? '', missing, cause)
}

// The same list on both databases, each step in a transaction of its own with the note that it was made.
async function migrate(db: Kysely<Tables>, upTo: readonly string[] = MIGRATIONS): Promise<void> {
  await sql`create table if not exists migrations (name text primary key)`.execute(db)
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db)
  const made = new Set(rows.map((row) => row.name))
  const unknown = [...made, ...upTo].filter((name) => !MIGRATIONS.includes(name))
  if (unknown.length > 0) throw new NewerRecords(unknown.join(', '))
  for (const name of MIGRATIONS.filter((each) => !made.has(each) && upTo.includes(each))) {
    const steps = statementsOf(readText(new URL(`./migrations/${name}.sql`, import.meta.url)))
    const making = db.transaction().execute(async (trx) => {
      // Two servers that start together: the second waits here and finds the work done.
      await sql`lock table migrations in exclusive mode`.execute(trx)
      const { rows: done } = await sql`select 1 from migrations where name = ${name}`.execute(trx)
      if (done.length > 0) return
      for (const step of steps) await sql.raw(step).execute(trx)
      await sql`insert into migrations (name) values (${name})`.execute(trx)
    })
    await making.catch(async (error) => {
      if (name !== '0002-asking' || codeOf(error) !== '42501') throw error
      throw await needsRoles(db, error)
    })
  }
}

/** The statements of an SQL file; a semicolon inside `$$ … $$` ends none. */
function statementsOf(text: string): string[] {
  const parts = text.replace(/^--.*$/gm, '').split('$$')
  let statements: string[] = ['']
  parts.forEach((part, at) => {
    const inside = at % 2 === 1
    const [first = '', ...rest] = inside ? [`$$${part}$$`] : part.split(';')
    statements = [...statements.slice(0, -1), (statements.at(-1) ?? '') + first, ...rest]
  })
  return statements.map((each) => each.trim()).filter((each) => each !== '')
}
