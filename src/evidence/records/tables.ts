import type { Generated } from 'kysely'

/** The records as they lie in PostgreSQL. Dates and times are text in ISO form, 64-bit numbers are text: see `database.ts`. */
export interface Tables {
  imports: ImportRow
  import_files: ImportFileRow
  retractions: RetractionRow
  facts: FactRow
  segments: SegmentRow
  segment_replacements: { segment: string; import: string }
  dead_rows: DeadRow
  reject_files: { import: string; path: string; sha256: string; rows: number }
  settings: { seq: Generated<string>; agreement: string; name: string; value: string; received_at: string }
  audit: AuditRow
}

/** One import with its tally. */
export interface ImportRow {
  id: string
  seq: Generated<string>
  agreement: string
  source: string
  source_version: number
  label: string
  received_at: string
  recorded_at: string
  actor: string
  rows_read: string
  rows_kept: string
  rows_duplicate: string
  rows_superseded: string
  rows_rejected: string
  /** Quirks and notes as the summary told them. */
  remarks: string
}

interface ImportFileRow {
  import: string
  ordinal: number
  name: string
  sha256: string
  bytes: string
  rows_read: string
  rows_kept: string
  rows_duplicate: string
  rows_superseded: string
  rows_rejected: string
}

interface RetractionRow {
  import: string
  received_at: string
  recorded_at: string
  actor: string
  reason: string
}

/** One telling of a fact. The same dataset and key told again is a row of its own. */
export interface FactRow {
  id: Generated<string>
  agreement: string
  dataset: string
  key: string
  version: string
  happened_from: string
  happened_to: string
  owner: string
  grade: string
  /** JSON object of plain values. */
  values: string
  /** Personal values, sealed with the owner's key. */
  personal: string | null
  /** Digest of all of it, by which two tellings are the same. */
  content: string
  source: string
  file: string
  row: string
  sha256: string
  import: string
  received_at: string
}

/** One Parquet segment of the manifest. */
export interface SegmentRow {
  id: string
  agreement: string
  dataset: string
  owner: string
  period: string
  shape: string | null
  subject: string | null
  digest: string | null
  path: string
  sha256: string
  bytes: string
  rows: string
  happened_from: string
  happened_to: string
  personal_path: string | null
  personal_sha256: string | null
  import: string
  received_at: string
}

interface DeadRow {
  id: string
  agreement: string
  dataset: string
  path: string
  sha256: string
  rows: string
  import: string
  /** Whose segments the dead rows lie in; null where that was not yet asked. */
  owners: string[] | null
}

interface AuditRow {
  seq: string
  at: string
  actor: string
  action: string
  subject: string
  detail: string
  previous: string
  hash: string
}
