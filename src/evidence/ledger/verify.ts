import { existsSync } from 'node:fs'
import { hashFile } from '../files.ts'
import type { ReadParts } from './parts.ts'

/** A file of the ledger that is not what its manifest says. */
export interface DamagedFile {
  path: string
  what: 'missing' | 'changed'
  /** The import that brought it. */
  import: string
}

/** Hashes every file that the manifest lists and names those that are missing or changed, by as little as a bit. */
export async function damagedFiles(ledger: ReadParts): Promise<{ files: number; damaged: DamagedFile[] }> {
  const all = await listedFiles(ledger)
  const damaged: DamagedFile[] = []
  for (const file of all) {
    const place = ledger.at(file.path)
    if (!existsSync(place)) damaged.push({ path: file.path, what: 'missing', import: file.import })
    else if ((await hashFile(place)) !== file.sha256)
      damaged.push({ path: file.path, what: 'changed', import: file.import })
  }
  return { files: all.length, damaged }
}

async function listedFiles({ db, asker }: ReadParts): Promise<{ path: string; sha256: string; import: string }[]> {
  const segments = await db.selectFrom('segments').select(['path', 'sha256', 'import']).orderBy('path').execute()
  const dead = await db.selectFrom('dead_rows').select(['path', 'sha256', 'import']).orderBy('path').execute()
  // What a customer's user may ask for is only what standing is made of.
  if (asker?.customer) return [...segments, ...dead]
  const sealed = await db
    .selectFrom('segments')
    .select(['personal_path as path', 'personal_sha256 as sha256', 'import'])
    .orderBy('path')
    .execute()
  const personal = sealed.flatMap(({ path, sha256, import: by }) =>
    path !== null && sha256 !== null ? [{ path, sha256, import: by }] : [],
  )
  const rejects = await db.selectFrom('reject_files').select(['path', 'sha256', 'import']).orderBy('path').execute()
  return [...segments, ...personal, ...dead, ...rejects]
}
