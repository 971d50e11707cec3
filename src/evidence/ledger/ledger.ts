import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { BulkEngine } from '../bulk/engine.ts'
import { Keyring } from '../keyring/index.ts'
import { acquireLock, type Holder, type Lock } from '../lock.ts'
import { openRecords, type Records } from '../records/database.ts'
import { fileHashes, type ImportLine, importLines, type RejectLine, rejectLines } from './import-lines.ts'
import { type Installation, type Places, placesOf, readInstallation } from './installation.ts'
import type { LedgerParts } from './parts.ts'
import { sweep } from './sweep.ts'
import { type BulkView, bulkKnownAt, factsKnownAt, type LedgerFact, rowsOf } from './visible.ts'

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
  /** Memory of the query engine, such as "1GB". */
  memory?: string
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

/** Evidence of one agreement: records, bulk segments, keys and audit. One process has it open at a time. */
export class Ledger implements LedgerParts {
  readonly places: Places
  readonly installation: Installation
  readonly keyring: Keyring
  readonly actor: string
  readonly now: () => string
  readonly #lock: Lock
  #records: Records
  readonly #memory: string
  #engine: BulkEngine | undefined

  private constructor(
    options: LedgerOptions,
    installation: Installation,
    records: Records,
    keyring: Keyring,
    lock: Lock,
  ) {
    this.places = placesOf(options.root)
    this.installation = installation
    this.#records = records
    this.keyring = keyring
    this.actor = options.actor
    this.now = options.now
    this.#memory = options.memory ?? '1GB'
    this.#lock = lock
  }

  /** Opens what `createInstallation` made. Throws NoInstallation, LedgerHeld, NewerRecords, or what the database says. */
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
      )
      const ledger = new Ledger(options, installation, records, keyring, lock)
      await sweep(ledger)
      return ledger
    } catch (error) {
      lock.release()
      throw error
    }
  }

  /** The records database; during a rehearsal its transaction. */
  get records(): Records {
    return this.#records
  }

  /** The agreement this evidence belongs to. */
  get agreement(): string {
    return this.installation.agreement
  }

  /** The query engine, opened at its first use; it spills into the installation's own folder. */
  async engine(): Promise<BulkEngine> {
    if (!this.#engine) {
      const spill = join(this.places.staging, 'spill')
      mkdirSync(spill, { recursive: true })
      this.#engine = await BulkEngine.open({ memory: this.#memory, spill })
    }
    return this.#engine
  }

  /** A path below the installation's folder, as it can be opened. */
  at(path: string): string {
    return isAbsolute(path) ? path : join(this.places.root, path)
  }

  /** Does what would change the ledger, gives what it came to, and leaves no record, file or key of it. */
  async rehearse<T>(work: () => Promise<T>): Promise<T> {
    const records = this.#records
    const owners = new Set(this.keyring.owners())
    const done: T[] = []
    try {
      await records.db.transaction().execute(async (db) => {
        this.#records = { ...records, db }
        done.push(await work())
        throw new Rehearsed()
      })
    } catch (error) {
      if (!(error instanceof Rehearsed)) throw error
    } finally {
      this.#records = records
      for (const owner of this.keyring.owners()) if (!owners.has(owner)) this.keyring.forget(owner)
      await sweep(this)
      if (this.#engine) mkdirSync(join(this.places.staging, 'spill'), { recursive: true })
    }
    return done[0] as T
  }

  /** A fresh folder for one delivery. */
  staging(): string {
    const folder = join(this.places.staging, randomUUID())
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** Facts that stood by a day. */
  facts(knownAt: string, datasets?: readonly string[]): Promise<LedgerFact[]> {
    return factsKnownAt(this.records.db, this.agreement, knownAt, datasets)
  }

  /** Bulk evidence that stood by a day. */
  bulk(knownAt: string): Promise<BulkView> {
    return bulkKnownAt(this.records.db, this.agreement, knownAt)
  }

  /** The SQL of a dataset's standing rows in a view; undefined when there are none. */
  rows(view: BulkView, dataset: string, shape?: string): string | undefined {
    return rowsOf(view, dataset, (path) => this.at(path), shape)
  }

  /** A setting as it stood by a day. */
  async settings(knownAt: string): Promise<Map<string, string>> {
    const rows = await this.records.db
      .selectFrom('settings')
      .select(['name', 'value'])
      .where('agreement', '=', this.agreement)
      .where('received_at', '<=', knownAt)
      .orderBy('received_at')
      .orderBy('seq')
      .execute()
    return new Map(rows.map((row) => [row.name, row.value]))
  }

  /** The imports, oldest first. */
  imports(): Promise<ImportLine[]> {
    return importLines(this)
  }

  /** The hashes of a source's files by name, as known by a day; of one name told twice, the later. */
  fileHashes(source: string, knownAt: string): Promise<ReadonlyMap<string, string>> {
    return fileHashes(this, source, knownAt)
  }

  /** The rejected rows of an import; `raw` is undefined once its owner's personal data was erased. */
  rejects(id: string): Promise<RejectLine[]> {
    return rejectLines(this, id)
  }

  /** Closes everything and lets the next process in. */
  async close(): Promise<void> {
    this.#engine?.close()
    await this.records.close()
    if (existsSync(this.places.staging)) rmSync(this.places.staging, { recursive: true, force: true })
    this.#lock.release()
  }
}
