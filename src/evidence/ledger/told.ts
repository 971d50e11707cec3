import { createHash } from 'node:crypto'
import type { EvidenceFact, Grade } from '../fact.ts'

/** A fact as it was told in one row of one file, before the ledger has decided what it is worth. */
export interface ToldFact {
  dataset: string
  /** Identity inside the dataset. */
  key: string
  /** Which telling is newer, compared byte by byte; empty when only the day of receipt can say. */
  version: string
  from: string
  to: string
  values: EvidenceFact['values']
  personal?: Record<string, string>
  owner: string
  /** Another fact whose owner this one's is, when that fact is known. */
  ownerOf?: { dataset: string; key: string }
  grade: Grade
  file: string
  row: string
  sha256: string
}

/** What a telling is, compared with those already there. */
export type Fate = 'kept' | 'duplicate' | 'superseded'

/** One telling as far as deciding needs it. */
export interface Telling {
  version: string
  content: string
  receivedAt: string
}

/**
 * Decides what a new telling of a fact is. The highest version stands, whatever the order in which versions arrive; of one version
 * (or of none) the telling received last. What says again what its version said before is a duplicate, unless it was received
 * earlier than anybody knew.
 */
export function fateOf(told: Telling, known: readonly Telling[]): Fate {
  const before = known.filter((each) => each.version === told.version && each.receivedAt <= told.receivedAt)
  if (winnerOf(before)?.content === told.content) return 'duplicate'
  const winner = winnerOf(known)
  if (winner === undefined || !isNewer(winner, told)) return 'kept'
  return winner.content === told.content && winner.version === told.version ? 'kept' : 'superseded'
}

/** The telling that stands. */
export function winnerOf<T extends Telling>(tellings: readonly T[]): T | undefined {
  let winner: T | undefined
  for (const each of tellings) if (winner === undefined || !isNewer(winner, each)) winner = each
  return winner
}

function isNewer(a: Telling, b: Telling): boolean {
  if (a.version !== b.version) return a.version > b.version
  return a.receivedAt > b.receivedAt
}

/** Digest of everything a telling says; `personal` is a keyed digest, so that the plain one gives nobody's name away. */
export function contentOf(
  told: Omit<ToldFact, 'personal' | 'ownerOf' | 'file' | 'row' | 'sha256'>,
  personal: string,
): string {
  const { dataset, key, from, to, values, owner, grade } = told
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([dataset, key, from, to, sorted, owner, grade, personal]))
    .digest('hex')
}
