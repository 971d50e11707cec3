import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Tally } from '../bulk/staged.ts'
import { ERASED } from '../keyring/index.ts'
import type { ReadParts } from './parts.ts'

/** One import as people list it. */
export interface ImportLine {
  id: string
  source: string
  label: string
  receivedAt: string
  recordedAt: string
  actor: string
  files: number
  tally: Tally
  /** The day from which it is taken back. */
  retractedAt: string | null
}

/** The imports of the agreement that the asker may see, oldest first; a customer's user sees none, for they tell of others. */
export async function importLines({ db, agreement, asker }: ReadParts): Promise<ImportLine[]> {
  if (asker?.customer) return []
  const { rows } = await sql<{
    id: string
    source: string
    label: string
    received_at: string
    recorded_at: string
    actor: string
    files: string
    rows_read: string
    rows_kept: string
    rows_duplicate: string
    rows_superseded: string
    rows_rejected: string
    retracted_at: string | null
  }>`select i.*, r.received_at as retracted_at, (select count(*) from import_files f where f.import = i.id) as files
     from imports i left join retractions r on r.import = i.id
     where i.agreement = ${agreement} order by i.seq`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    label: row.label,
    receivedAt: row.received_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    files: Number(row.files),
    tally: tallyOf(row),
    retractedAt: row.retracted_at,
  }))
}

type RowsOf = Record<'rows_read' | 'rows_kept' | 'rows_duplicate' | 'rows_superseded' | 'rows_rejected', string>

function tallyOf(row: RowsOf): Tally {
  return {
    read: Number(row.rows_read),
    kept: Number(row.rows_kept),
    duplicate: Number(row.rows_duplicate),
    superseded: Number(row.rows_superseded),
    rejected: Number(row.rows_rejected),
  }
}

/** The hashes of a source's files by name, as known by a day; of one name told twice, the later. */
export async function fileHashes(
  { db, agreement, asker }: ReadParts,
  source: string,
  knownAt: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; sha256: string }>`
    select f.name, f.sha256 from import_files f join imports i on i.id = f.import
    where i.agreement = ${agreement} and i.source = ${source} and i.received_at <= ${knownAt}::date
    order by ${sql.ref(asker?.customer ? 'i.id' : 'i.seq')}`.execute(db)
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
}

/** A rejected row. `raw` is what stood in the file; null once what is personal of its owner was erased. */
export interface RejectLine {
  file: string
  row: number
  faults: { code: string; field: string; detail?: string }[]
  owner: string
  raw: string | null
}

/** The rejected rows of one import, in the order of its files; none for who has no right to see imports. */
export async function rejectLines(ledger: ReadParts, id: string): Promise<RejectLine[]> {
  if (ledger.asker && !ledger.asker.rights.includes('imports')) return []
  if (ledger.asker?.customer) return []
  const file = await ledger.db.selectFrom('reject_files').select('path').where('import', '=', id).executeTakeFirst()
  if (!file) return []
  const lines = readFileSync(ledger.at(file.path), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const reject = JSON.parse(line) as RejectLine & { raw: string }
      const raw = reject.raw === ERASED ? undefined : ledger.keyring.open(reject.owner, reject.raw)
      return { ...reject, raw: raw ?? null }
    })
}

/** One file of an import. */
export interface ImportFileLine {
  name: string
  sha256: string
  bytes: number
  tally: Tally
}

/** The files of an import in the order in which they were read; none when the asker may not see the import. */
export async function importFileLines({ db, asker }: ReadParts, id: string): Promise<ImportFileLine[]> {
  if (asker?.customer) return []
  const rows = await db.selectFrom('import_files').selectAll().where('import', '=', id).orderBy('ordinal').execute()
  return rows.map((row) => ({
    name: row.name,
    sha256: row.sha256,
    bytes: Number(row.bytes),
    tally: tallyOf(row),
  }))
}
