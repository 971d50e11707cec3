import type {
  BulkEngine,
  EvidenceFact,
  Grade,
  KnownSegment,
  Owner,
  StagedDead,
  StagedSegment,
  Tally,
} from '../evidence/index.ts'
import type { IsoDate, Problem } from '../language/index.ts'

/** A file before it is read: enough of it to say what it is. */
export interface FoundFile {
  /** As it can be opened. */
  path: string
  /** Path below the folder that was asked for, with `/`; the file's own name when it was named itself. */
  name: string
  bytes: number
  gzip: boolean
  /** Up to 64 KiB from its beginning, unpacked; empty when it cannot be unpacked. */
  head: Uint8Array
  /** `head` as UTF-8 text, without a byte order mark. */
  text: string
}

/** Why a row did not go in, or what was odd about one that did. `code` is the id of a phrase in the words; `field` the file's own name for it. */
export interface RowFault {
  code: string
  field: string
  /** What stood there, shortened. Never personal data. */
  detail?: string
}

/** A fact as a source reads it from a row. The ledger adds grade, provenance and the two times. */
export interface ReadFact {
  dataset: string
  /** Identity inside the dataset: the same key is the same fact. */
  key: string
  /** Which telling of the fact is newer; compared as text (ISO timestamps, zero-padded numbers). Empty: the later received wins. */
  version: string
  from: IsoDate
  to: IsoDate
  values: EvidenceFact['values']
  /** Names, phone numbers, addresses, free text: sealed with the owner's key, apart from the values. */
  personal?: Record<string, string>
  owner: Owner
  /** Another fact whose owner this one's is, where the row itself does not say; `owner` holds while that fact is unknown. */
  ownerOf?: { dataset: string; key: string }
  /** When it differs from the source's own. */
  grade?: Grade
}

/** One row of a file. `raw` holds the bytes as they were, kept only for rejects. */
export interface ReadRow {
  /** 1-based: line of a text, ordinal of an object, row of a table without its header. */
  row: number
  facts: ReadFact[]
  /** Not empty: the row is rejected and its facts do not count. */
  rejected: RowFault[]
  /** Read, with a warning: counted by code and field, not told one by one. */
  quirks?: RowFault[]
  raw: string
  owner?: Owner
}

/** What reading a whole file gives: rows, or a refusal when it is not of its format at all. */
export type FileReading = { rows: ReadRow[]; refused?: undefined } | { refused: Problem[]; rows?: undefined }

/** A file of records: small enough to be read as a whole. Unpacked already; `text` is UTF-8 without a byte order mark. */
export interface RecordFile {
  /** Name below the folder, as in FoundFile. */
  name: string
  bytes: Uint8Array
  text: string
  sha256: string
  /** The day on which the partner received it. */
  receivedAt: IsoDate
  /** Files that lie beside it, by name relative to it: their hashes, for indexes that name them. */
  beside?: (name: string) => { sha256: string; bytes: number } | undefined
}

interface SourceBase {
  id: string
  version: number
  /** Datasets it writes. */
  gives: string[]
  /** How far it can be trusted, by who produced it. */
  grade: Grade
  /** Imported in this order: what says whose an instance is comes before what needs to know it. 0 is first, 5 usual. */
  order: number
  /** Whether a file is this source's, by its content. */
  recognise(file: FoundFile): boolean
}

/** A source whose facts are records: one file in, typed facts out. Pure. */
export interface RecordSource extends SourceBase {
  store: 'records'
  read(file: RecordFile): FileReading
  /**
   * Facts as clauses want them, from the facts as they stand (already cut to as-of and known-at): totals of a survey, a count.
   * Without it the facts go to the clauses as they are.
   */
  derive?(facts: readonly EvidenceFact[]): EvidenceFact[]
}

/** Files that are read together, such as the data files of one month's export. */
export interface Delivery {
  /** For people: `focus-daily 2024-01`. */
  label: string
  files: FoundFile[]
  /** Whatever the source's own `read` needs to know of it. */
  detail?: unknown
}

/** What a bulk source may use. */
export interface BulkContext {
  engine: BulkEngine
  /** An empty folder for this delivery; what is in it afterwards and not named in the reading is removed. */
  staging: string
  /** The import's own id: the `by` of dead rows. */
  importId: string
  /** A new segment id. */
  segmentId(): string
  /** Segments of a dataset that stand at this moment and whose time may touch the given one. */
  known(dataset: string, span?: { from: string; to: string }): KnownSegment[]
  /** Whose an instance or account is, by evidence: rows of (instance id or account id, owner, from, to exclusive or null). */
  owners: readonly { instance: string; account: string; owner: Owner; from: IsoDate; to: IsoDate | null }[]
  receivedAt: IsoDate
  /** Bytes read so far and rows seen; call often. */
  progress(bytes: number, rows: number): void
  /** A setting of the installation, such as `bill-source`. */
  setting(name: string): string | undefined
}

/** One rejected row of a bulk file. */
export interface BulkReject {
  file: string
  row: number
  faults: RowFault[]
  raw: string
  owner: Owner
}

/** What reading a delivery gives. */
export interface BulkReading {
  /** By file name. `sha256` of the file's bytes as delivered, hashed while it was read. */
  files: { file: string; sha256: string; bytes: number; tally: Tally }[]
  segments: StagedSegment[]
  dead: StagedDead[]
  /** Ids of segments that this delivery replaces as wholes. */
  replaces: string[]
  rejects: BulkReject[]
  /** Counted by file, code and field. */
  quirks: { file: string; code: string; field: string; count: number }[]
  /** Not empty: nothing of the delivery goes in. */
  refused: Problem[]
  /** What a person should know of it: that it replaces another delivery, that an instance has no owner … */
  notes: Problem[]
}

/** A source whose rows are too many for records: Parquet segments in, SQL over them out. */
export interface BulkSource extends SourceBase {
  store: 'bulk'
  /** The column that says when a row happened, when it is not the first that is a time. */
  timeColumn?: string
  /** A delivery is one version of a whole, such as a month's bill: it goes in as a whole although some of its files went in before. */
  whole?: boolean
  /** Groups files into deliveries; files that no manifest names are told, not read. */
  deliveries(files: readonly FoundFile[]): { deliveries: Delivery[]; notes: Problem[] }
  read(delivery: Delivery, context: BulkContext): Promise<BulkReading>
  /**
   * Facts as clauses want them. `rows` gives the SQL of the visible rows of a dataset (a parenthesised query; undefined when there are
   * none); only what happened by `asOf` may count. Every fact names in `source` what it was made of, and in `row` how many rows.
   */
  facts(context: {
    engine: BulkEngine
    rows: (dataset: string, shape?: string) => string | undefined
    asOf: IsoDate
    setting(name: string): string | undefined
  }): Promise<Omit<EvidenceFact, 'grade'>[]>
}

/** A room: one outside system's files to evidence. */
export type SourceRoom = RecordSource | BulkSource
