import type { ClauseRoom, Family } from '../clauses/room.ts'
import type { Asker } from '../evidence/ledger/index.ts'
import type { SourceRoom } from '../sources/room.ts'

/** Whose view it is: what the database lets through, and which kinds of clauses are shown. */
export interface Scope {
  asker: Asker
  /** Kinds of clauses that are shown; '*' all, the parts nobody could read included. */
  kinds: '*' | readonly string[]
}

/** The view of whoever may see everything. */
export const EVERYTHING: Scope = {
  asker: { owners: '*', datasets: '*', person: '', rights: ['audit', 'imports'], customer: false },
  kinds: '*',
}

/** The kinds of the clauses of some families, in the rooms' order. */
export function kindsOfFamilies(families: readonly Family[], rooms: readonly ClauseRoom[]): string[] {
  return rooms.filter((room) => families.includes(room.family)).map((room) => room.id)
}

/** Kinds with all whose judgements they read, and what those read in turn. */
export function withReads(kinds: readonly string[], rooms: readonly ClauseRoom[]): ReadonlySet<string> {
  const wanted = new Set(kinds)
  for (const id of wanted) for (const read of rooms.find((room) => room.id === id)?.reads ?? []) wanted.add(read)
  return wanted
}

/**
 * The datasets that judging some kinds takes: what they need, what the kinds they read need, and everything that a source gives of
 * which one dataset is needed, because it derives one from the other.
 */
export function datasetsOfKinds(
  kinds: readonly string[],
  rooms: readonly ClauseRoom[],
  sources: readonly SourceRoom[],
): string[] {
  const wanted = withReads(kinds, rooms)
  const needed = new Set(
    rooms.filter((room) => wanted.has(room.id)).flatMap((room) => room.needs.map((each) => each.dataset)),
  )
  needed.add('waivers')
  // What a source derives nothing of goes to the clauses as it is: its other datasets are not needed.
  const fromSources = sources
    .filter((source) => source.store === 'bulk' || source.derive !== undefined)
    .filter((source) => source.gives.some((dataset) => needed.has(dataset)))
  return [...new Set([...needed, ...fromSources.flatMap((source) => source.gives)])].sort()
}

/** A text that two scopes share exactly when they see the same. */
export function scopeKey({ asker, kinds }: Scope): string {
  const list = (some: '*' | readonly string[]) => (some === '*' ? '*' : [...some].sort())
  return JSON.stringify([list(asker.owners), list(asker.datasets), asker.customer, list(kinds)])
}
