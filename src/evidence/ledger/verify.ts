import { existsSync } from 'node:fs'
import { hashFile } from '../files.ts'
import type { Ledger } from './ledger.ts'

/** A file of the ledger that is not what its manifest says. */
export interface DamagedFile {
  path: string
  what: 'missing' | 'changed'
  /** The import that brought it. */
  import: string
}

/** Hashes every file that the manifest lists and names those that are missing or changed, by as little as a bit. */
export async function damagedFiles(ledger: Ledger): Promise<{ files: number; damaged: DamagedFile[] }> {
  const { db } = ledger.records
  const segments = await db
    .selectFrom('segments')
    .select(['path', 'sha256', 'personal_path', 'personal_sha256', 'import', 'owner'])
    .orderBy('path')
    .execute()
  const dead = await db.selectFrom('dead_rows').select(['path', 'sha256', 'import']).orderBy('path').execute()
  const rejects = await db.selectFrom('reject_files').select(['path', 'sha256', 'import']).orderBy('path').execute()
  const personal = segments.flatMap((each) =>
    each.personal_path !== null && each.personal_sha256 !== null
      ? [{ path: each.personal_path, sha256: each.personal_sha256, import: each.import }]
      : [],
  )
  const all = [...segments, ...personal, ...dead, ...rejects]
  const damaged: DamagedFile[] = []
  for (const file of all) {
    const place = ledger.at(file.path)
    if (!existsSync(place)) damaged.push({ path: file.path, what: 'missing', import: file.import })
    else if ((await hashFile(place)) !== file.sha256)
      damaged.push({ path: file.path, what: 'changed', import: file.import })
  }
  return { files: all.length, damaged }
}
