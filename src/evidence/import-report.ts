import type { Problem } from '../language/index.ts'
import type { Tally } from './bulk/staged.ts'

/** What became of one delivery. Its tally adds up: read = kept + duplicate + superseded + rejected. */
export interface ImportedDelivery {
  /** Undefined when nothing was written: a rehearsal, a refusal, or files that were all in already. */
  import?: string
  source: string
  label: string
  files: ImportedFile[]
  tally: Tally
  /** Facts or segments that stood before and are replaced by newer ones. */
  replaced: number
  quirks: Quirk[]
  /** The first rejects, for people; all of them are in the reject file. */
  rejects: { file: string; row: number; faults: readonly { code: string; field: string; detail?: string }[] }[]
  refused: Problem[]
  notes: Problem[]
}

/** One file of a delivery. */
export interface ImportedFile {
  name: string
  tally: Tally
  /** The import that brought the same bytes before; nothing was read again. */
  already?: string
}

/** What was odd, counted. */
export interface Quirk {
  file: string
  code: string
  field: string
  count: number
}

/** What an import did. */
export interface ImportReport {
  dryRun: boolean
  deliveries: ImportedDelivery[]
  /** Files that no source knows. */
  unrecognised: string[]
  /** What concerns no single delivery. */
  problems: Problem[]
  tally: Tally
}

/** How an import is going. Bytes are of the files as they lie. */
export interface ImportProgress {
  source: string
  label: string
  bytes: number
  bytesTotal: number
  rows: number
}
