import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeDurably } from '../files.ts'

/** The folders of an installation, all below `--data`. */
export interface Places {
  root: string
  /** The agreements' own texts, supplements and amendments, one folder each. */
  agreements: string
  /** PGlite's folder, when no server holds the records. */
  records: string
  /** Parquet segments. */
  bulk: string
  /** Rejected rows, sealed. */
  rejects: string
  /** One key for each owner; never in a back-up. */
  keys: string
  /** What is being written and not yet part of anything; emptied at every opening. */
  staging: string
}

/** The folders below one root. */
export function placesOf(root: string): Places {
  const below = (name: string): string => join(root, name)
  return {
    root,
    agreements: below('agreements'),
    records: below('records'),
    bulk: below('bulk'),
    rejects: below('rejects'),
    keys: below('keys'),
    staging: below('staging'),
  }
}

const schema = z.strictObject({
  /** Of this file and of the folders' layout. */
  format: z.literal(1),
  id: z.string().min(1),
  agreement: z.string().min(1),
  createdAt: z.string(),
})

/** What an installation is: its own id and the agreement it holds evidence for. */
export type Installation = z.infer<typeof schema>

const FILE = 'installation.json'

/** Reads the installation of a folder; undefined when there is none. Throws on one that another version wrote. */
export function readInstallation(root: string): Installation | undefined {
  const path = join(root, FILE)
  if (!existsSync(path)) return undefined
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** Makes the folders and the installation's own file; an existing installation keeps its id. */
export async function createInstallation(root: string, agreement: string, at: string): Promise<Installation> {
  const places = placesOf(root)
  for (const folder of Object.values(places)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const before = readInstallation(root)
  const installation: Installation = {
    format: 1,
    id: before?.id ?? randomUUID(),
    agreement,
    createdAt: before?.createdAt ?? at,
  }
  await writeDurably(join(root, FILE), `${JSON.stringify(installation, null, 2)}\n`)
  return installation
}
