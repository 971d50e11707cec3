import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Server, startServer } from '../../scripts/parts/postgres.mjs'
import { createInstallation, Ledger } from '../../src/evidence/ledger/index.ts'

/** Both databases that hold records: the same tests run on each, and none is left out in silence. */
export const KINDS = ['pglite', 'postgresql'] as const

/** One of KINDS. */
export type Kind = (typeof KINDS)[number]

let server: Server | undefined

/** Stops the server if a test started it. */
export async function stopServer(): Promise<void> {
  await server?.stop()
  server = undefined
}

/** Where an installation of a test lives. */
export interface Home {
  root: string
  databaseUrl?: string
}

/** A folder, and a database for the kind that needs one. */
export async function newHome(kind: Kind): Promise<Home> {
  const root = join(mkdtempSync(join(tmpdir(), 'convenio-ledger-')), 'data')
  if (kind === 'pglite') return { root }
  server ??= await startServer()
  return { root, databaseUrl: await server.database() }
}

/** A home with an installation for one agreement. */
export async function newInstallation(kind: Kind, agreement = 'test'): Promise<Home> {
  const home = await newHome(kind)
  await createInstallation(home.root, agreement, '2025-01-01T00:00:00Z')
  return home
}

/** Opens a ledger whose clock moves on by a second at each look. */
export async function openLedger(home: Home, from = '2025-06-01T00:00:00Z'): Promise<Ledger> {
  let moment = Date.parse(from)
  const now = (): string => {
    moment += 1000
    return new Date(moment).toISOString()
  }
  return Ledger.open({ ...home, actor: 'test', purpose: 'test', now, memory: '512MB' })
}
