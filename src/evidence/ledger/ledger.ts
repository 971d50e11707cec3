import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { BulkEngine } from '../bulk/engine.ts'
import { Keyring } from '../keyring/index.ts'
import { acquireLock, type Holder, type Lock } from '../lock.ts'
import { openRecords, type Records } from '../records/database.ts'
import type { Tables } from '../records/tables.ts'
import type { Asker } from './asker.ts'
import { askingOf } from './asking.ts'
import { type Installation, type Places, placesOf, readInstallation } from './installation.ts'
import type { LedgerParts } from './parts.ts'
import { type LedgerReads, RecordReads } from './reads.ts'
import { sweep, sweepUnlisted } from './sweep.ts'
import { Turns } from './turns.ts'

/** How a ledger is opened. */
export interface LedgerOptions {
  root: string
  /** Where a PostgreSQL server holds the records; without it PGlite does, below `root`. */
  databaseUrl?: string
  /** Who acts, for the audit. */
  actor: string
  /** ISO timestamp of this moment; asked again for every act. */
  now: () => string
  /** What the lock says of its holder. */
  purpose: string
  /** How long to wait for another process to finish. */
  waitMs?: number
  /** What the keys are wrapped with, if anything. */
  passphrase?: string | undefined
  /** Others read while somebody writes: a server. */
  serves?: boolean
  /** Memory of a query engine, such as "1GB". */
  memory?: string
  /** How many connections to a PostgreSQL server at most. */
  connections?: number
}

/** Another process owns the installation's folder. */
export class LedgerHeld extends Error {
  readonly holder: Holder
  constructor(holder: Holder) {
    super(`held by process ${holder.pid}`)
    this.holder = holder
  }
}

/** Thrown to undo the transaction of a rehearsal. */
class Rehearsed extends Error {}

/** There is no installation in the folder. */
export class NoInstallation extends Error {}

/** What everybody who acts on one open ledger shares. */
interface Opened {
  places: Places
  installation: Installation
  keyring: Keyring
  records: Records
  lock: Lock
  now: () => string
  memory: string
  serves: boolean
  /** Whose turn it is to write. */
  writing: Turns
  /** How many engines of askers are open. */
  asking: Turns
  /** Who wants to know that something was written. */
  listeners: ((datasets?: readonly string[]) => void)[]
}

// Each may take as much memory as the owner's own.
const ENGINES_AT_ONCE = 2

// Whether the work that runs here has the turn to write already, in the ledger that is opened.
const hasTurn = new AsyncLocalStorage<ReadonlySet<Turns>>()
let writers = 0

/** Evidence of one agreement: records, bulk segments, keys and audit. One process has it open at a time. */
export class Ledger extends RecordReads implements LedgerParts {
  readonly actor: string
  readonly #opened: Opened
  /** The one that was opened closes it; those who act beside it only let go of their own. */
  readonly #isFirst: boolean
  readonly #stagings = new Set<string>()
  #records: Records
  #engine: BulkEngine | undefined

  private constructor(opened: Opened, actor: string, isFirst: boolean) {
    super()
    this.#opened = opened
    this.#records = opened.records
    this.actor = actor
    this.#isFirst = isFirst
  }

  /** Opens what `createInstallation` made. Throws NoInstallation, LedgerHeld, NewerRecords, NeedsRoles, or what the database says. */
  static async open(options: LedgerOptions): Promise<Ledger> {
    const installation = readInstallation(options.root)
    if (!installation) throw new NoInstallation(options.root)
    const places = placesOf(options.root)
    const lock = await acquireLock(options.root, { purpose: options.purpose, waitMs: options.waitMs ?? 5000 })
    if ('heldBy' in lock) throw new LedgerHeld(lock.heldBy)
    try {
      const keyring = await Keyring.open(places.keys, { passphrase: options.passphrase })
      const records = await openRecords(
        options.databaseUrl === undefined ? { folder: places.records } : { url: options.databaseUrl },
        options.connections === undefined ? {} : { connections: options.connections },
      )
      const { now, memory = '1GB' } = options
      const [writing, asking] = [new Turns(1), new Turns(ENGINES_AT_ONCE)]
      const { serves = false } = options
      const opened = {
        places,
        installation,
        keyring,
        records,
        lock,
        now,
        memory,
        serves,
        writing,
        asking,
        listeners: [],
      }
      const ledger = new Ledger(opened, options.actor, true)
      await sweep(ledger)
      return ledger
    } catch (error) {
      lock.release()
      throw error
    }
  }

  /** The same open ledger with somebody else acting: with an engine and rehearsals of their own. `release` when they are done. */
  by(actor: string): Ledger {
    return new Ledger(this.#opened, actor, false)
  }

  get places(): Places {
    return this.#opened.places
  }

  get installation(): Installation {
    return this.#opened.installation
  }

  get keyring(): Keyring {
    return this.#opened.keyring
  }

  get now(): () => string {
    return this.#opened.now
  }

  /** The records database; during a rehearsal its transaction. */
  get records(): Records {
    return this.#records
  }

  get db(): Kysely<Tables> {
    return this.#records.db
  }

  /** The owner of the tables asks for nobody else. */
  get asker(): undefined {
    return undefined
  }

  /** The agreement this evidence belongs to. */
  get agreement(): string {
    return this.installation.agreement
  }

  /** The query engine, opened at its first use; it spills into the installation's own folder. */
  async engine(): Promise<BulkEngine> {
    if (!this.#engine) {
      const spill = join(this.places.staging, `spill-${randomUUID()}`)
      mkdirSync(spill, { recursive: true })
      this.#engine = await BulkEngine.open({ memory: this.#opened.memory, spill })
    }
    return this.#engine
  }

  /** Asks the database whether it answers; throws what it says when it does not. */
  async reachable(): Promise<void> {
    await sql`select 1`.execute(this.db)
  }

  /** A path below the installation's folder, as it can be opened. */
  at(path: string): string {
    return resolve(this.places.root, path)
  }

  /**
   * Reads as somebody who may not see everything: in one transaction, on one snapshot, under a role of the database that row-level
   * security holds for. What is handed to `work` is of no use after it.
   */
  asking<T>(asker: Asker, work: (reads: LedgerReads) => Promise<T>): Promise<T> {
    const { places, memory, asking: turns, records, keyring } = this.#opened
    const of = { agreement: this.agreement, records, keyring, memory, turns, staging: places.staging }
    return askingOf({ ...of, at: (path) => this.at(path) }, asker, work)
  }

  /** Waits until nobody else of this process writes, then does work that writes; what it calls in turn need not wait. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const { writing } = this.#opened
    if (hasTurn.getStore()?.has(writing)) return work()
    const free = await writing.take()
    const held = new Set([...(hasTurn.getStore() ?? []), writing])
    writers += 1
    try {
      return await hasTurn.run(held, work)
    } finally {
      held.delete(writing)
      free()
      writers -= 1
      // While it is in use every promise of the process costs more, and a server reads far more often than it writes.
      if (writers === 0) hasTurn.disable()
    }
  }

  /** Calls back after each write of this process: with the datasets it touched, or without a list when it may have been any. */
  onWrite(listener: (datasets?: readonly string[]) => void): void {
    this.#opened.listeners.push(listener)
  }

  /** Says that something was written; a rehearsal wrote nothing. */
  written(datasets?: readonly string[]): void {
    if (this.#records !== this.#opened.records) return
    for (const listener of this.#opened.listeners) listener(datasets)
  }

  /** Does what would change the ledger, gives what it came to, and leaves no record, file or key of it. */
  rehearse<T>(work: () => Promise<T>): Promise<T> {
    return this.exclusive(() => this.#rehearse(work))
  }

  async #rehearse<T>(work: () => Promise<T>): Promise<T> {
    const records = this.#records
    const owners = new Set(this.keyring.owners())
    const stagings = new Set(this.#stagings)
    const done: T[] = []
    try {
      await this.#tried(records, async (tried) => {
        this.#records = tried
        done.push(await work())
      })
    } catch (error) {
      if (!(error instanceof Rehearsed)) throw error
    } finally {
      this.#records = records
      for (const owner of this.keyring.owners()) if (!owners.has(owner)) this.keyring.forget(owner)
      for (const folder of this.#stagings) if (!stagings.has(folder)) this.#drop(folder)
      await sweepUnlisted(this)
    }
    return done[0] as T
  }

  // Where others read meanwhile and there is one connection only, a transaction that long would keep them all waiting.
  async #tried(records: Records, work: (tried: Records) => Promise<void>): Promise<void> {
    const copy = this.#opened.serves ? await records.copy?.() : undefined
    if (copy) return work(copy).finally(() => copy.close())
    await records.db.transaction().execute(async (db) => {
      await work({ ...records, db })
      throw new Rehearsed()
    })
  }

  /** A fresh folder for one delivery. */
  staging(): string {
    const folder = join(this.places.staging, randomUUID())
    mkdirSync(folder, { recursive: true })
    this.#stagings.add(folder)
    return folder
  }

  #drop(folder: string): void {
    rmSync(folder, { recursive: true, force: true })
    this.#stagings.delete(folder)
  }

  /** Lets go of what only this actor used: the engine, and folders of deliveries. */
  release(): void {
    this.#engine?.close()
    this.#engine = undefined
    for (const folder of this.#stagings) this.#drop(folder)
  }

  /** Closes everything and lets the next process in; who only acts beside the one that was opened, lets go of their own. */
  async close(): Promise<void> {
    this.release()
    if (!this.#isFirst) return
    await this.records.close()
    if (existsSync(this.places.staging)) rmSync(this.places.staging, { recursive: true, force: true })
    this.#opened.lock.release()
  }
}
