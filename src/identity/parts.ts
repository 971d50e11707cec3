import type { Kysely } from 'kysely'
import type { Asker } from '../evidence/ledger/asker.ts'
import { type Act, appendAudit } from '../evidence/ledger/audit-log.ts'
import type { Ledger } from '../evidence/ledger/index.ts'
import { inTransaction } from '../evidence/ledger/transaction.ts'
import type { Tables } from '../evidence/records/tables.ts'
import type { Memory } from './memory.ts'
import type { Random } from './secrets.ts'
import type { IdentityTables } from './tables.ts'

/** The records with the tables of people. */
export type IdentityDb = Kysely<Tables & IdentityTables>

/** What every part of this folder works with. */
export interface IdentityParts {
  ledger: Ledger
  /** ISO timestamp of this moment. */
  now: () => string
  random: Random
  memory: Memory
}

/** Tells the audit of the change that is being made; to be called last, so that nobody waits for rows while holding the chain. */
export type Tell = (action: string, subject: string, detail?: Act['detail']) => Promise<void>

/** The records, for what is done before it is known who asks. */
export function recordsOf(parts: IdentityParts): IdentityDb {
  return parts.ledger.records.db.withTables<IdentityTables>()
}

/** A change and its audit entry in one transaction. */
export function change<T>(
  parts: IdentityParts,
  actor: string,
  work: (db: IdentityDb, tell: Tell) => Promise<T>,
): Promise<T> {
  return inTransaction(parts.ledger.records.db, async (db) =>
    work(db.withTables<IdentityTables>(), async (action, subject, detail = {}) => {
      await appendAudit(db, { at: parts.now(), actor, action, subject, detail })
    }),
  )
}

/** Reads what row-level security lets through to the asker. */
export function asking<T>(parts: IdentityParts, asker: Asker, work: (db: IdentityDb) => Promise<T>): Promise<T> {
  return parts.ledger.asking(asker, (reads) => work(reads.db.withTables<IdentityTables>()))
}

/** How a person is named in the audit: by an id that says nothing about them once they are gone. */
export function actorOf(person: { id: string }): string {
  return `person:${person.id}`
}

/** This moment in the one form in which times are kept and compared. */
export function moment(parts: IdentityParts, laterMs = 0): string {
  return new Date(Date.parse(parts.now()) + laterMs).toISOString()
}
