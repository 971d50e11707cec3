import type { Kysely } from 'kysely'
import type { Tables } from '../records/tables.ts'
import { type Act, appendAudit } from './audit-log.ts'
import type { Ledger } from './ledger.ts'
import { inTransaction } from './transaction.ts'

/** What asking to take an import back came to. */
export type Retraction = { import: string } | { unknown: true } | { already: string }

/**
 * Takes an import back: its facts and segments no longer stand from the given day on, and what they had replaced stands again.
 * Nothing is deleted; whoever asks what was known before that day still sees it.
 */
export async function retractImport(
  ledger: Ledger,
  id: string,
  given: { receivedAt: string; reason: string },
): Promise<Retraction> {
  const retraction = await ledger.exclusive(() => retract(ledger, id, given))
  if ('import' in retraction) ledger.written()
  return retraction
}

async function retract(
  ledger: Ledger,
  id: string,
  { receivedAt, reason }: { receivedAt: string; reason: string },
): Promise<Retraction> {
  const { db } = ledger.records
  const known = await db
    .selectFrom('imports')
    .select('id')
    .where('id', '=', id)
    .where('agreement', '=', ledger.agreement)
    .executeTakeFirst()
  if (!known) return { unknown: true }
  const before = await db.selectFrom('retractions').select('received_at').where('import', '=', id).executeTakeFirst()
  if (before) return { already: before.received_at }
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('retractions')
      .values({ import: id, received_at: receivedAt, recorded_at: ledger.now(), actor: ledger.actor, reason })
      .execute()
    await appendAudit(trx, act(ledger, 'retract', id, { receivedAt, reason }))
  })
  return { import: id }
}

/** Settles how the installation reads, from a day on; the older value stays for who asks of an earlier day. */
export async function changeSetting(ledger: Ledger, name: string, value: string, receivedAt: string): Promise<void> {
  await writing(ledger, async (db) => {
    await db
      .insertInto('settings')
      .values({ agreement: ledger.agreement, name, value, received_at: receivedAt })
      .execute()
    await appendAudit(db, act(ledger, 'setting', name, { value, receivedAt }))
  })
  ledger.written()
}

/**
 * Erases what is personal of an owner by destroying the key it was sealed with: in records, segments, rejects and back-ups at once.
 * Facts, figures and the audit stay as they are. True when there was a key.
 */
export function erasePersonal(ledger: Ledger, owners: readonly string[], reason: string): Promise<string[]> {
  return ledger.exclusive(async () => {
    const erased = owners.filter((owner) => ledger.keyring.state(owner) !== 'destroyed')
    // Told first: should the machine stop in between, the audit says what was meant, and erasing again finishes it.
    await inTransaction(ledger.db, async (db) => {
      for (const owner of erased) await appendAudit(db, act(ledger, 'erase', owner, { reason }))
    })
    for (const owner of erased) ledger.keyring.destroy(owner)
    return erased
  })
}

/** Tells the audit of something that changed no evidence: a version of the agreement taken over, a sign-off, a restore. */
export async function tellAudit(ledger: Ledger, action: string, subject: string, detail: Act['detail']): Promise<void> {
  await writing(ledger, async (db) => {
    await appendAudit(db, act(ledger, action, subject, detail))
  })
}

function writing(ledger: Ledger, work: (db: Kysely<Tables>) => Promise<void>): Promise<void> {
  return ledger.exclusive(() => inTransaction(ledger.db, work))
}

function act(ledger: Ledger, action: string, subject: string, detail: Act['detail']): Act {
  return { at: ledger.now(), actor: ledger.actor, action, subject, detail }
}
