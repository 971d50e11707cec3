import type { Keyring } from '../keyring/index.ts'
import type { Records } from '../records/database.ts'
import type { Places } from './installation.ts'

/** What an open ledger consists of, for those who work on it from inside. */
export interface LedgerParts {
  readonly agreement: string
  readonly places: Places
  readonly records: Records
  readonly keyring: Keyring
  /** A path below the installation's folder, as it can be opened. */
  at(path: string): string
}
