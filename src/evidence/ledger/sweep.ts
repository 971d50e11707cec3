import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { LedgerParts } from './parts.ts'

/**
 * Removes what an interrupted import left: staged files, and files in their final place that no committed transaction lists.
 * What is listed is never touched. Only the holder of the lock may do this.
 */
export async function sweep(ledger: LedgerParts): Promise<void> {
  rmSync(ledger.places.staging, { recursive: true, force: true })
  mkdirSync(ledger.places.staging, { recursive: true })
  await sweepUnlisted(ledger)
}

/** Removes files in their final place that no committed transaction lists; nobody may be bringing any at this moment. */
export async function sweepUnlisted(ledger: LedgerParts): Promise<void> {
  const { db } = ledger
  const segments = await db.selectFrom('segments').select(['path', 'personal_path']).execute()
  const dead = await db.selectFrom('dead_rows').select('path').execute()
  const rejects = await db.selectFrom('reject_files').select('path').execute()
  const listed = new Set(
    [
      ...segments.flatMap((each) => [each.path, each.personal_path]),
      ...dead.map((each) => each.path),
      ...rejects.map((each) => each.path),
    ].filter((path) => path !== null),
  )
  for (const folder of [ledger.places.bulk, ledger.places.rejects]) {
    for (const path of filesBelow(folder)) {
      if (!listed.has(relative(ledger.places.root, path).split(sep).join('/'))) rmSync(path, { force: true })
    }
  }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
}
