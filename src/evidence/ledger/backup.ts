import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { sql } from 'kysely'
import { type ArchiveEntry, type ArchiveMember, writeArchive } from '../archive/index.ts'
import { MIGRATIONS } from '../records/database.ts'
import type { Ledger } from './ledger.ts'

/** The tables of a back-up in the order in which they can be filled again, each with what its pages are ordered by. */
export const BACKED_UP = [
  ['imports', 'seq'],
  ['import_files', 'import, ordinal'],
  ['retractions', 'import'],
  ['facts', 'id'],
  ['segments', 'id'],
  ['segment_replacements', 'segment, import'],
  ['dead_rows', 'id'],
  ['reject_files', 'import'],
  ['settings', 'seq'],
  ['audit', 'seq'],
] as const

/** What a back-up says of itself. */
export interface BackupHead {
  backup: 1
  installation: { id: string; agreement: string; createdAt: string }
  /** The form of the records it holds. */
  migrations: readonly string[]
  /** Owners whose personal data is erased: a restore never makes keys for them again. */
  erased: readonly string[]
}

const PAGE = 5000

/** Writes records, segments, rejects, audit chain and the agreement's texts into one archive; keys never. */
export async function backUp(ledger: Ledger, file: string): Promise<ArchiveMember[]> {
  return writeArchive(file, membersOf(ledger))
}

async function* membersOf(ledger: Ledger): AsyncGenerator<ArchiveEntry> {
  const { id, agreement, createdAt } = ledger.installation
  const head: BackupHead = {
    backup: 1,
    installation: { id, agreement, createdAt },
    migrations: MIGRATIONS,
    erased: ledger.keyring.destroyed(),
  }
  yield { name: 'backup.json', bytes: new TextEncoder().encode(JSON.stringify(head)) }
  for (const [table, order] of BACKED_UP) yield* tableMembers(ledger, table, order)
  const listed = await listedFiles(ledger)
  for (const path of listed) yield fileMember(path, ledger.at(path))
  for (const path of filesBelow(ledger.places.agreements)) {
    const name = `agreements/${relative(ledger.places.agreements, path).split(sep).join('/')}`
    yield { name, bytes: readFileSync(path) }
  }
}

async function* tableMembers(ledger: Ledger, table: string, order: string): AsyncGenerator<ArchiveEntry> {
  for (let page = 0; ; page += 1) {
    const { rows } = await sql<{ line: string }>`
      select row_to_json(t)::text as line from (
        select * from ${sql.table(table)} order by ${sql.raw(order)} limit ${PAGE} offset ${page * PAGE}
      ) t`.execute(ledger.records.db)
    if (rows.length > 0) {
      const name = `records/${table}/${String(page).padStart(6, '0')}.jsonl`
      yield { name, bytes: new TextEncoder().encode(rows.map((row) => `${row.line}\n`).join('')) }
    }
    if (rows.length < PAGE) return
  }
}

async function listedFiles({ records: { db } }: Ledger): Promise<string[]> {
  const segments = await db.selectFrom('segments').select(['path', 'personal_path']).orderBy('id').execute()
  const dead = await db.selectFrom('dead_rows').select('path').orderBy('id').execute()
  const rejects = await db.selectFrom('reject_files').select('path').orderBy('import').execute()
  const personal = segments.flatMap((each) => each.personal_path ?? [])
  return [...segments.map((each) => each.path), ...personal, ...[...dead, ...rejects].map((each) => each.path)]
}

function fileMember(name: string, path: string): ArchiveEntry {
  return { name, size: statSync(path).size, stream: () => createReadStream(path) }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort()
}
