import { CompiledQuery, type Kysely } from 'kysely'
import type { ASKING_ROLES, Records } from './database.ts'
import type { Tables } from './tables.ts'

const COMMIT = CompiledQuery.raw('commit')
const ROLLBACK = CompiledQuery.raw('rollback')

/**
 * Works on one snapshot of the records, reading only, under a role and settings that end with it. On a server everything before the
 * first question is one round trip.
 */
export async function askedUnder<T>(
  records: Records,
  role: (typeof ASKING_ROLES)[number],
  settings: readonly (readonly [name: string, value: string])[],
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const told = settings.map(([name, value]) => `set_config(${literalOf(name)}, ${literalOf(value)}, true)`)
  const begin = [
    'begin isolation level repeatable read read only',
    `set local role ${role}`,
    // Records are small and lie in memory: a page shall be read along the index, not a whole dataset sorted for it.
    'set local random_page_cost = 1.1',
    `select ${told.join(', ')}`,
  ]
  const steps = records.kind === 'postgresql' ? [begin.join('; ')] : begin
  return new Promise((resolve, reject) => {
    const asked = records.db.connection().execute(async (db) => {
      try {
        for (const step of steps) await db.executeQuery(CompiledQuery.raw(step))
        // Nothing was written: whoever asked need not wait until the transaction has ended, only the next on this connection.
        resolve(await work(db))
        await db.executeQuery(COMMIT)
      } catch (error) {
        reject(error)
        await db.executeQuery(ROLLBACK)
      }
    })
    asked.catch(reject)
  })
}

/** A text as a literal of PostgreSQL, right whether or not the server takes a backslash for itself. */
export function literalOf(text: string): string {
  if (text.includes('\0')) throw new TypeError('no text of the database holds a zero')
  const doubled = text.replaceAll("'", "''")
  return text.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}
