import type { EvidenceFact, Grade } from '../evidence/index.ts'
import type { BulkView, LedgerReads } from '../evidence/ledger/index.ts'
import type { IsoDate } from '../language/index.ts'
import { namingDamage } from './naming-damage.ts'
import type { BulkSource, RecordSource, SourceRoom } from './room.ts'

/**
 * Everything the ledger knew by `knownAt` of what had happened by `asOf`, as clauses want it: records as they stood, with what their
 * sources derive of them, and the facts that bulk sources sum up with SQL over the rows that stood.
 */
export async function evidenceOf(
  ledger: LedgerReads,
  rooms: readonly SourceRoom[],
  asOf: IsoDate,
  knownAt: IsoDate,
): Promise<EvidenceFact[]> {
  const records = (await ledger.facts(knownAt)).filter((fact) => fact.to <= asOf)
  const sums: EvidenceFact[] = []
  const view = await ledger.bulk(knownAt)
  for (const room of bulkRoomsIn(view, rooms)) sums.push(...(await sumsOf(ledger, room, view, asOf, knownAt)))
  return [...records, ...derivedOf(records, rooms), ...sums].filter((fact) => fact.to <= asOf)
}

/** What record sources derive of their facts as they stand, already cut to the two dates. */
export function derivedOf(records: readonly EvidenceFact[], rooms: readonly SourceRoom[]): EvidenceFact[] {
  return rooms
    .filter((room): room is RecordSource => room.store === 'records' && room.derive !== undefined)
    .flatMap((room) => {
      const own = records.filter((fact) => room.gives.includes(fact.dataset))
      return own.length > 0 ? (room.derive?.(own) ?? []) : []
    })
}

/** The bulk sources that have a segment in a view; without one a source has nothing to sum up, and the engine need not start. */
export function bulkRoomsIn(view: BulkView, rooms: readonly SourceRoom[]): BulkSource[] {
  return rooms
    .filter((room): room is BulkSource => room.store === 'bulk')
    .filter((room) => view.segments.some((each) => room.gives.includes(each.dataset)))
}

/** The facts that one bulk source sums up over the rows that stood. */
export async function sumsOf(
  ledger: LedgerReads,
  room: BulkSource,
  view: BulkView,
  asOf: IsoDate,
  knownAt: IsoDate,
): Promise<EvidenceFact[]> {
  const settings = await ledger.settings(knownAt)
  const engine = await ledger.engine()
  const rows = (dataset: string, shape?: string) => ledger.rows(view, dataset, shape)
  const setting = (name: string) => settings.get(name)
  const facts = await namingDamage(ledger, () => room.facts({ engine, rows, asOf, setting }))
  const segments = view.segments.filter((each) => room.gives.includes(each.dataset))
  const hashes = await ledger.fileHashes(room.id, knownAt)
  return facts.map((fact) => completed(fact, room.grade, segments, hashes))
}

// A sum is known since the last of the segments that it may be made of.
function completed(
  fact: Omit<EvidenceFact, 'grade'> & { grade?: Grade },
  grade: Grade,
  segments: readonly { from: string; to: string; receivedAt: IsoDate }[],
  hashes: ReadonlyMap<string, string>,
): EvidenceFact {
  const own = segments.filter(({ from, to }) => from.slice(0, 10) <= fact.to && to.slice(0, 10) >= fact.from)
  const sha256 = fact.file === undefined ? undefined : hashes.get(fact.file)
  const received = (own.length > 0 ? own : segments)
    .map((each) => each.receivedAt)
    .sort()
    .at(-1)
  return {
    ...fact,
    grade: fact.grade ?? grade,
    receivedAt: received ?? fact.receivedAt,
    ...(sha256 === undefined ? {} : { sha256 }),
  }
}
