import type { AuditEntry } from '../audit/index.ts'
import type { ReadParts } from './parts.ts'

/** Which entries of the audit are wanted. */
export interface AuditFilter {
  action?: string | undefined
  actor?: string | undefined
}

/** A page of the audit, newest first; `next` is handed in as `before` for the page after it. */
export interface AuditPage {
  entries: AuditEntry[]
  total: number
  next?: number
}

/** Entries of the audit that the reader may see, newest first, below a number. */
export async function auditPage(
  { db }: ReadParts,
  { action, actor }: AuditFilter,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<AuditPage> {
  let wanted = db.selectFrom('audit')
  if (action !== undefined) wanted = wanted.where('action', '=', action)
  if (actor !== undefined) wanted = wanted.where('actor', '=', actor)
  const { total } = await wanted.select((of) => of.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const page = before === undefined ? wanted : wanted.where('seq', '<', String(before))
  const rows = await page
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()
  const entries = rows.slice(0, limit).map((row) => ({ ...row, seq: Number(row.seq), detail: JSON.parse(row.detail) }))
  const last = entries.at(-1)
  return { entries, total: Number(total), ...(rows.length > limit && last ? { next: last.seq } : {}) }
}
