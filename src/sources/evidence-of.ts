import type { EvidenceFact, Grade } from '../evidence/index.ts'
import type { Ledger } from '../evidence/ledger/index.ts'
import type { IsoDate } from '../language/index.ts'
import { namingDamage } from './naming-damage.ts'
import type { BulkSource, RecordSource, SourceRoom } from './room.ts'

/**
 * Everything the ledger knew by `knownAt` of what had happened by `asOf`, as clauses want it: records as they stood, with what their
 * sources derive of them, and the facts that bulk sources sum up with SQL over the rows that stood.
 */
export async function evidenceOf(
  ledger: Ledger,
  rooms: readonly SourceRoom[],
  asOf: IsoDate,
  knownAt: IsoDate,
): Promise<EvidenceFact[]> {
  const records = (await ledger.facts(knownAt)).filter((fact) => fact.to <= asOf)
  const derived = rooms
    .filter((room): room is RecordSource => room.store === 'records' && room.derive !== undefined)
    .flatMap((room) => {
      const own = records.filter((fact) => room.gives.includes(fact.dataset))
      return own.length > 0 ? (room.derive?.(own) ?? []) : []
    })
  const bulk = rooms.filter((room): room is BulkSource => room.store === 'bulk')
  const sums: EvidenceFact[] = []
  if (bulk.length > 0) {
    const view = await ledger.bulk(knownAt)
    const settings = await ledger.settings(knownAt)
    for (const room of bulk) {
      // Without a segment of its own a source has nothing to sum up, and the engine need not start.
      if (!view.segments.some((each) => room.gives.includes(each.dataset))) continue
      const engine = await ledger.engine()
      const rows = (dataset: string, shape?: string) => ledger.rows(view, dataset, shape)
      const setting = (name: string) => settings.get(name)
      const facts = await namingDamage(ledger, () => room.facts({ engine, rows, asOf, setting }))
      const segments = view.segments.filter((each) => room.gives.includes(each.dataset))
      const hashes = await ledger.fileHashes(room.id, knownAt)
      sums.push(...facts.map((fact) => completed(fact, room.grade, segments, hashes)))
    }
  }
  return [...records, ...derived, ...sums].filter((fact) => fact.to <= asOf)
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
