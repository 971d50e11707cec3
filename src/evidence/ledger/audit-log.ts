import { type Kysely, sql } from 'kysely'
import { type AuditEntry, type JsonObject, START, sealEntry } from '../audit/index.ts'
import type { Tables } from '../records/tables.ts'

/** What is told of one act; number, links and digest follow from the chain. */
export interface Act {
  at: string
  actor: string
  /** Such as `import`, `retract`, `waive`, `erase`. */
  action: string
  subject: string
  detail: JsonObject
}

/** Adds an entry to the chain inside the transaction of the act itself, so that neither is there without the other. */
export async function appendAudit(db: Kysely<Tables>, act: Act): Promise<AuditEntry> {
  await sql`lock table audit in exclusive mode`.execute(db)
  const last = await db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const entry = sealEntry(last ? { seq: Number(last.seq), hash: last.hash } : START, act)
  const detail = JSON.stringify(entry.detail)
  await db
    .insertInto('audit')
    .values({ ...entry, seq: String(entry.seq), detail })
    .execute()
  return entry
}

/** The chain from its first entry on, in pages, so that it need not fit into memory. */
export async function* auditEntries(db: Kysely<Tables>, after = 0): AsyncGenerator<AuditEntry> {
  for (let seen = after; ; ) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', String(seen))
      .orderBy('seq')
      .limit(1000)
      .execute()
    for (const row of rows) yield { ...row, seq: Number(row.seq), detail: JSON.parse(row.detail) }
    const last = rows.at(-1)
    if (!last) return
    seen = Number(last.seq)
  }
}
