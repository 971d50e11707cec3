import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { BulkEngine } from '../bulk/engine.ts'
import type { Keyring } from '../keyring/index.ts'
import { askedUnder } from '../records/asked.ts'
import type { Records } from '../records/database.ts'
import type { Tables } from '../records/tables.ts'
import { type Asker, settingsOf } from './asker.ts'
import { type LedgerReads, RecordReads } from './reads.ts'
import type { Turns } from './turns.ts'
import type { BulkView } from './visible.ts'

/** What questions are asked of. */
export interface AskingOf {
  agreement: string
  records: Records
  keyring: Keyring
  /** Where engines spill, each in a folder of its own. */
  staging: string
  memory: string
  /** How many engines may be open at once. */
  turns: Turns
  at(path: string): string
}

/** Does the work of an asker inside one transaction that shows them what they may see, and nothing after it. */
export async function askingOf<T>(of: AskingOf, asker: Asker, work: (reads: LedgerReads) => Promise<T>): Promise<T> {
  const role = asker.customer ? 'convenio_customer' : 'convenio_asker'
  return askedUnder(of.records, role, settingsOf(asker, of.agreement), async (db) => {
    const reads = new AskedReads(of, asker, db)
    try {
      return await work(reads)
    } finally {
      reads.end()
    }
  })
}

class AskedReads extends RecordReads {
  readonly agreement: string
  readonly db: Kysely<Tables>
  readonly keyring: Keyring
  readonly asker: Asker
  readonly #of: AskingOf
  /** Files that a manifest read under the asker's role listed. */
  readonly #listed = new Set<string>()
  readonly #engines: { engine: BulkEngine; files: ReadonlySet<string>; spill: string }[] = []
  #turn: Promise<() => void> | undefined
  #opening: Promise<unknown> = Promise.resolve()
  #ended = false

  constructor(of: AskingOf, asker: Asker, db: Kysely<Tables>) {
    super()
    this.agreement = of.agreement
    this.keyring = of.keyring
    this.asker = asker
    this.db = db
    this.#of = of
  }

  at(path: string): string {
    return this.#of.at(path)
  }

  override async bulk(knownAt: string): Promise<BulkView> {
    const view = await super.bulk(knownAt)
    for (const { path } of [...view.segments, ...view.dead]) this.#listed.add(this.at(path))
    return view
  }

  engine(): Promise<BulkEngine> {
    const opened = this.#opening.then(() => this.#open())
    this.#opening = opened.catch(() => undefined)
    return opened
  }

  async #open(): Promise<BulkEngine> {
    // An engine's list can't grow once nothing else may be opened: what was listed since needs another engine.
    const last = this.#engines.at(-1)
    if (last && last.files.size === this.#listed.size) return last.engine
    this.#turn ??= this.#of.turns.take()
    await this.#turn
    const spill = join(this.#of.staging, `spill-${randomUUID()}`)
    mkdirSync(spill, { recursive: true })
    const files = new Set(this.#listed)
    const engine = await BulkEngine.open({ memory: this.#of.memory, spill, files: [...files] })
    this.#engines.push({ engine, files, spill })
    if (this.#ended) this.end()
    return engine
  }

  end(): void {
    this.#ended = true
    for (const { engine, spill } of this.#engines.splice(0)) {
      engine.close()
      rmSync(spill, { recursive: true, force: true })
    }
    this.#turn?.then((free) => free())
    this.#turn = undefined
  }
}
