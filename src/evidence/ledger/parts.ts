import type { Kysely } from 'kysely'
import type { Keyring } from '../keyring/index.ts'
import type { Tables } from '../records/tables.ts'
import type { Asker } from './asker.ts'
import type { Places } from './installation.ts'

/** What reading needs. */
export interface ReadParts {
  readonly agreement: string
  /** The records, or the transaction in which they are read. */
  readonly db: Kysely<Tables>
  readonly keyring: Keyring
  /** Who asks; undefined for the owner of the tables, who sees all. */
  readonly asker: Asker | undefined
  /** A path below the installation's folder, absolute. */
  at(path: string): string
}

/** What an open ledger consists of, for those who work on it from inside. */
export interface LedgerParts extends ReadParts {
  readonly places: Places
}
