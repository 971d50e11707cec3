import type { Kysely } from 'kysely'
import type { Tables } from '../records/tables.ts'

/** Does an act in one transaction of its own, or as a part of the one that is open already. */
export async function inTransaction<T>(db: Kysely<Tables>, act: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.isTransaction ? act(db) : db.transaction().execute(act)
}
