import type { ImportProgress } from '../evidence/index.ts'
import type { Ledger } from '../evidence/ledger/index.ts'
import type { IsoDate } from '../language/index.ts'
import type { SourceRoom } from './room.ts'

/** What is to be imported, and how. */
export interface ImportRequest {
  ledger: Ledger
  rooms: readonly SourceRoom[]
  paths: readonly string[]
  /** Only this source; the files must be its. */
  source?: string
  /** The day on which the partner received the files. */
  receivedAt: IsoDate
  /** Says what would happen and changes nothing. */
  dryRun?: boolean
  /** Settings for this import alone, over the installation's. */
  settings?: ReadonlyMap<string, string>
  onProgress?: (progress: ImportProgress) => void
}

/** How far an import is, shared by all deliveries. */
export interface Pace {
  bytes: number
  bytesTotal: number
  rows: number
  tell(source: string, label: string): void
}
