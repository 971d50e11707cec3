import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Message } from '../../language/index.ts'
import { unpackArchive } from '../archive/index.ts'
import { writeDurably } from '../files.ts'
import { Keyring } from '../keyring/index.ts'
import { openRecords, type Records } from '../records/database.ts'
import { BACKED_UP, type BackupHead } from './backup.ts'
import { placesOf, readInstallation } from './installation.ts'

/** What a restore came to. */
export type Restored = { members: number; agreement: string } | { refused: Message } | { notEmpty: true }

/**
 * Makes an installation of a back-up in an empty folder, and in an empty database where a server holds the records. Nothing is there
 * before all of it is: the installation's own file is written last. Keys are not in a back-up; put theirs into `keys/` beside it.
 */
export async function restoreBackup(root: string, file: string, databaseUrl?: string): Promise<Restored> {
  const places = placesOf(root)
  if (readInstallation(root) || existsSync(places.bulk)) return { notEmpty: true }
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const unpacked = join(root, 'unpacked')
  rmSync(unpacked, { recursive: true, force: true })
  rmSync(places.records, { recursive: true, force: true })
  try {
    const reading = await unpackArchive(file, unpacked)
    if (reading.refused) return { refused: reading.refused }
    const head = JSON.parse(readFileSync(join(unpacked, 'backup.json'), 'utf8')) as BackupHead
    const place = databaseUrl === undefined ? { folder: places.records } : { url: databaseUrl }
    const filled = await fillRecords(await openRecords(place, { upTo: head.migrations }), join(unpacked, 'records'))
    if (!filled) return { notEmpty: true }
    // What was added to the records' form since the back-up was made.
    await (await openRecords(place)).close()
    const keyring = await Keyring.open(places.keys)
    for (const owner of head.erased) keyring.destroy(owner)
    for (const folder of ['bulk', 'rejects', 'agreements'] as const) {
      mkdirSync(places[folder], { recursive: true, mode: 0o700 })
      if (existsSync(join(unpacked, folder))) {
        rmSync(places[folder], { recursive: true, force: true })
        renameSync(join(unpacked, folder), places[folder])
      }
    }
    mkdirSync(places.staging, { recursive: true, mode: 0o700 })
    const installation = { format: 1, ...head.installation }
    await writeDurably(join(root, 'installation.json'), `${JSON.stringify(installation, null, 2)}\n`)
    return { members: reading.members.length, agreement: head.installation.agreement }
  } finally {
    rmSync(unpacked, { recursive: true, force: true })
  }
}

async function fillRecords(records: Records, folder: string): Promise<boolean> {
  try {
    return await records.db.transaction().execute(async (db) => {
      const { rows } = await sql`select 1 from audit limit 1`.execute(db)
      if (rows.length > 0) return false
      await sql`set constraints all deferred`.execute(db)
      for (const [table] of BACKED_UP) {
        const pages = existsSync(join(folder, table)) ? readdirSync(join(folder, table)).sort() : []
        for (const page of pages) {
          const lines = readFileSync(join(folder, table, page), 'utf8')
            .trimEnd()
            .split('\n')
          await sql`insert into ${sql.table(table)} overriding system value
            select t.* from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${lines.join(',')}]`}::jsonb) t`.execute(
            db,
          )
        }
      }
      for (const [table, column] of [
        ['imports', 'seq'],
        ['facts', 'id'],
        ['settings', 'seq'],
      ] as const)
        await sql`select setval(pg_get_serial_sequence(${table}, ${column}),
          (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}), false)`.execute(db)
      return true
    })
  } finally {
    await records.close()
  }
}
