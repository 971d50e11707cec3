/** Whose evidence it is: a customer's id, `partner` for the partner's own, or `instance:<id>` until an inventory says whose. */
export type Owner = string

/** The owner of everything that is no single customer's. */
export const PARTNER: Owner = 'partner'

/** A Parquet file of rows of one dataset, one owner and one time. Paths are absolute. */
interface Segment {
  /** Unique for all time, from `BulkContext.segmentId()`; rows that others replace are named by it. */
  id: string
  path: string
  dataset: string
  owner: Owner
  /** `YYYY-MM`, the first when there are several. */
  period: string
  rows: number
  /** When its earliest and latest row happened, ISO timestamps in UTC; they cut what later imports must compare. */
  from: string
  to: string
  /** Which of several shapes of the same dataset (`focus`, `cur`). */
  shape?: string
  /** What the segment is a version of, such as payer and month of a bill: a later delivery of the same subject replaces it. */
  subject?: string
  /** A digest of the rows' content that does not depend on their order or their files. */
  digest?: string
}

/** A segment written beside the ledger, not yet part of it. */
export interface StagedSegment extends Segment {
  /** Personal columns in plain Parquet, row by row beside `path`; the ledger seals it with the owner's key and removes it. */
  personal?: string
}

/** A segment of the ledger as a reader sees it, with the import that brought it. */
export interface KnownSegment extends Segment {
  import: string
}

/**
 * Rows that are not to be seen once another import is: a Parquet file of `segment VARCHAR, row BIGINT, by VARCHAR`
 * (`row` counts from 0 inside the segment, `by` is the import that brought the row that stands instead).
 */
export interface StagedDead {
  path: string
  dataset: string
  rows: number
}

/** What became of the rows of one file; read = kept + duplicate + superseded + rejected. */
export interface Tally {
  read: number
  kept: number
  duplicate: number
  superseded: number
  rejected: number
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { read: 0, kept: 0, duplicate: 0, superseded: 0, rejected: 0 }
}

/** Sums tallies. */
export function addTally(into: Tally, more: Tally): Tally {
  into.read += more.read
  into.kept += more.kept
  into.duplicate += more.duplicate
  into.superseded += more.superseded
  into.rejected += more.rejected
  return into
}
