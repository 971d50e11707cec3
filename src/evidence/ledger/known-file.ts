import { sql } from 'kysely'
import type { Tally } from '../bulk/staged.ts'
import type { Ledger } from './ledger.ts'

/**
 * The import that brought the same bytes before, with the tally of bringing them again: nothing kept, all known, the same rejects.
 * Undefined when the file must be read: it never came, its reader has learnt since, it was received earlier than it was told, or
 * something was taken back since, so that what was a duplicate then may be needed now. `digest` is asked only when the size is known.
 * With a `name` only the same file counts: the same list under the name of another day says that nothing changed until then.
 */
export async function importOfFile(
  ledger: Ledger,
  source: { id: string; version: number },
  bytes: number,
  digest: () => Promise<string>,
  receivedAt: string,
  name?: string,
): Promise<{ import: string; tally: Tally } | undefined> {
  const { rows } = await sql<{
    import: string
    name: string
    sha256: string
    rows_read: string
    rows_rejected: string
  }>`
    select f.import, f.name, f.sha256, f.rows_read, f.rows_rejected
    from import_files f join imports i on i.id = f.import
    where i.agreement = ${ledger.agreement} and i.source = ${source.id} and i.source_version = ${source.version}
      and f.bytes = ${String(bytes)} and i.received_at <= ${receivedAt}::date
      and not exists (select 1 from retractions r where r.import = i.id or r.recorded_at >= i.recorded_at)
    order by i.seq`.execute(ledger.records.db)
  const own = (path: string): string => path.split('/').at(-1) ?? path
  const named = rows.filter((row) => name === undefined || own(row.name) === own(name))
  if (named.length === 0) return undefined
  const sha256 = await digest()
  const before = named.find((row) => row.sha256 === sha256)
  if (!before) return undefined
  const [read, rejected] = [Number(before.rows_read), Number(before.rows_rejected)]
  return { import: before.import, tally: { read, kept: 0, duplicate: read - rejected, superseded: 0, rejected } }
}
