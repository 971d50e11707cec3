import type { EvidenceFact } from '../evidence/index.ts'
import type { BulkView, Ledger, LedgerFact, LedgerReads } from '../evidence/ledger/index.ts'
import type { IsoDate } from '../language/index.ts'
import { bulkRoomsIn, derivedOf, sumsOf } from '../sources/evidence-of.ts'
import type { BulkSource, SourceRoom } from '../sources/room.ts'
import { Memory } from './memory.ts'
import { type Scope, scopeKey } from './scope.ts'

/** What a scope sees of the ledger on a day of receipt, whatever day is asked about. */
interface Base {
  records: ReadonlyMap<string, readonly LedgerFact[]>
  view: BulkView
  settings: string
  /** How many changes had been told before it was read. */
  changes: number
}

const KEPT = 24

/**
 * Evidence as a scope may see it, kept between questions: records are read once for a day of receipt, and a bulk source sums up again
 * only when its segments, its settings or the day asked about are others.
 */
export class EvidenceStore {
  readonly #ledger: Ledger
  readonly #rooms: readonly SourceRoom[]
  readonly #bases = new Memory<Base>(KEPT)
  readonly #sums = new Memory<EvidenceFact[]>(600)
  readonly #stale = new Map<string, Base>()
  /** The datasets of each change; undefined where it may have been all of them. */
  readonly #changes: (readonly string[] | undefined)[] = []

  constructor(ledger: Ledger, rooms: readonly SourceRoom[]) {
    this.#ledger = ledger
    this.#rooms = rooms
  }

  /** Says that datasets may have changed; without a list all of them. Figures of the others are not read again. */
  changed(datasets?: readonly string[]): void {
    this.#changes.push(datasets)
    this.#bases.clear()
  }

  /** What was known by `knownAt` of what had happened by `asOf`. */
  async at(scope: Scope, asOf: IsoDate, knownAt: IsoDate): Promise<EvidenceFact[]> {
    const { records, base } = await this.#recordsAt(scope, asOf, knownAt)
    const sums = await this.#sumsAt(scope, base, asOf, knownAt)
    return [...records, ...derivedOf(records, this.#rooms), ...sums].filter((fact) => fact.to <= asOf)
  }

  /**
   * The same for an earlier end of a month, of sums already at hand: whole months are summed up alike whenever they are asked for.
   */
  async atMonthEnd(scope: Scope, end: IsoDate, asOf: IsoDate, knownAt: IsoDate): Promise<EvidenceFact[]> {
    const { records, base } = await this.#recordsAt(scope, end, knownAt)
    const sums = await this.#sumsAt(scope, base, asOf, knownAt)
    return [...records, ...derivedOf(records, this.#rooms), ...sums].filter((fact) => fact.to <= end)
  }

  /** How many rows of each bulk dataset there are. */
  async bulkRows(scope: Scope, knownAt: IsoDate): Promise<Map<string, number>> {
    const rows = new Map<string, number>()
    const { view } = await this.#base(scope, knownAt)
    for (const { dataset, rows: more } of view.segments) rows.set(dataset, (rows.get(dataset) ?? 0) + more)
    return rows
  }

  async #recordsAt(scope: Scope, asOf: IsoDate, knownAt: IsoDate): Promise<{ records: LedgerFact[]; base: Base }> {
    const base = await this.#base(scope, knownAt)
    return { base, records: [...base.records.values()].flat().filter((fact) => fact.to <= asOf) }
  }

  #base(scope: Scope, knownAt: IsoDate): Promise<Base> {
    const key = `${scopeKey(scope)} ${knownAt}`
    return this.#bases.get(key, async () => {
      const changes = this.#changes.length
      const before = this.#stale.get(key)
      const since = before ? this.#changes.slice(before.changes) : [undefined]
      const touched = since.includes(undefined) ? undefined : [...new Set(since.flatMap((each) => each ?? []))]
      const read = await this.#ledger.asking(scope.asker, (reads) => baseOf(reads, knownAt, before, touched))
      const base = { ...read, changes }
      this.#stale.set(key, base)
      if (this.#stale.size > KEPT) this.#stale.delete(this.#stale.keys().next().value as string)
      return base
    })
  }

  async #sumsAt(scope: Scope, base: Base, asOf: IsoDate, knownAt: IsoDate): Promise<EvidenceFact[]> {
    const found: Promise<EvidenceFact[]>[] = []
    for (const room of bulkRoomsIn(base.view, this.#rooms)) {
      const key = `${room.id} ${asOf} ${signatureOf(base, room)}`
      found.push(
        this.#sums.get(key, () =>
          this.#ledger.asking(scope.asker, async (reads) =>
            sumsOf(reads, room, await reads.bulk(knownAt), asOf, knownAt),
          ),
        ),
      )
    }
    return (await Promise.all(found)).flat()
  }
}

async function baseOf(
  reads: LedgerReads,
  knownAt: IsoDate,
  before: Base | undefined,
  touched: readonly string[] | undefined,
): Promise<Omit<Base, 'changes'>> {
  const records = new Map(touched ? before?.records : undefined)
  for (const dataset of touched ?? []) records.delete(dataset)
  const fresh = touched?.length === 0 ? [] : await reads.facts(knownAt, touched)
  for (const fact of fresh) {
    const same = records.get(fact.dataset) as LedgerFact[] | undefined
    if (same) same.push(fact)
    else records.set(fact.dataset, [fact])
  }
  const view = await reads.bulk(knownAt)
  const settings = JSON.stringify([...(await reads.settings(knownAt))].sort())
  const sorted = [...records].sort(([a], [b]) => (a < b ? -1 : 1))
  return { records: new Map(sorted), view, settings }
}

// Segments never change once they are listed, so their names say what a sum is made of, whoever asks.
function signatureOf({ view, settings }: Base, room: BulkSource): string {
  const segments = view.segments.filter((each) => room.gives.includes(each.dataset)).map((each) => each.id)
  const dead = view.dead.filter((each) => room.gives.includes(each.dataset)).map((each) => each.path)
  return JSON.stringify([segments, dead, dead.length > 0 ? view.unseen : [], settings])
}
