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
): Promise<KnownFile | undefined> {
  const rows = await filesOf(ledger, source, receivedAt, bytes)
  const own = (path: string): string => path.split('/').at(-1) ?? path
  return knownAmong(
    rows.filter((row) => name === undefined || own(row.name) === own(name)),
    digest,
  )
}

/** The import that brought a file before, and the tally of bringing it again. */
interface KnownFile {
  import: string
  tally: Tally
}

/** `importOfFile` for many files between which nothing is imported: the ledger is asked once. */
export async function importsOfFiles(
  ledger: Ledger,
  source: { id: string; version: number },
  receivedAt: string,
): Promise<(bytes: number, digest: () => Promise<string>) => Promise<KnownFile | undefined>> {
  const bySize = new Map<number, FileLine[]>()
  for (const row of await filesOf(ledger, source, receivedAt)) {
    const size = Number(row.bytes)
    const same = bySize.get(size)
    if (same) same.push(row)
    else bySize.set(size, [row])
  }
  return (bytes, digest) => knownAmong(bySize.get(bytes) ?? [], digest)
}

interface FileLine {
  import: string
  name: string
  bytes: string
  sha256: string
  rows_read: string
  rows_rejected: string
}

async function filesOf(
  ledger: Ledger,
  source: { id: string; version: number },
  receivedAt: string,
  bytes?: number,
): Promise<FileLine[]> {
  const ofSize = bytes === undefined ? sql`` : sql`and f.bytes = ${String(bytes)}`
  const { rows } = await sql<FileLine>`
    select f.import, f.name, f.bytes, f.sha256, f.rows_read, f.rows_rejected
    from import_files f join imports i on i.id = f.import
    where i.agreement = ${ledger.agreement} and i.source = ${source.id} and i.source_version = ${source.version}
      ${ofSize} and i.received_at <= ${receivedAt}::date
      and not exists (select 1 from retractions r where r.import = i.id or r.recorded_at >= i.recorded_at)
    order by i.seq`.execute(ledger.records.db)
  return rows
}

async function knownAmong(
  candidates: readonly FileLine[],
  digest: () => Promise<string>,
): Promise<KnownFile | undefined> {
  if (candidates.length === 0) return undefined
  const sha256 = await digest()
  const before = candidates.find((row) => row.sha256 === sha256)
  if (!before) return undefined
  const [read, rejected] = [Number(before.rows_read), Number(before.rows_rejected)]
  return { import: before.import, tally: { read, kept: 0, duplicate: read - rejected, superseded: 0, rejected } }
}
