import type { Kysely } from 'kysely'
import type { BulkEngine } from '../bulk/engine.ts'
import type { Keyring } from '../keyring/index.ts'
import type { Tables } from '../records/tables.ts'
import type { Asker } from './asker.ts'
import { type FactsFilter, type FactsPage, type FactsPlace, factsPage } from './facts-page.ts'
import { fileHashes, type ImportLine, importLines, type RejectLine, rejectLines } from './import-lines.ts'
import type { ReadParts } from './parts.ts'
import { type BulkView, bulkKnownAt, factsKnownAt, type LedgerFact, rowsOf } from './visible.ts'

/** What can be read of a ledger: all of it by the owner of the tables, or what an asker may see. */
export interface LedgerReads extends ReadParts {
  /** Facts that stood by a day. */
  facts(knownAt: string, datasets?: readonly string[]): Promise<LedgerFact[]>
  /** A page of them in the order of dataset and key. */
  factsPage(knownAt: string, filter: FactsFilter, place: FactsPlace): Promise<FactsPage>
  /** Bulk evidence that stood by a day. */
  bulk(knownAt: string): Promise<BulkView>
  /** The SQL of a dataset's standing rows in a view; undefined when there are none. */
  rows(view: BulkView, dataset: string, shape?: string): string | undefined
  /** Settings as they stood by a day. */
  settings(knownAt: string): Promise<Map<string, string>>
  /** The imports, oldest first. */
  imports(): Promise<ImportLine[]>
  /** The hashes of a source's files by name, as known by a day; of one name told twice, the later. */
  fileHashes(source: string, knownAt: string): Promise<ReadonlyMap<string, string>>
  /** The rejected rows of an import; `raw` is null once its owner's personal data was erased. */
  rejects(id: string): Promise<RejectLine[]>
  /** The query engine over bulk rows. An asker's opens no file but those that `bulk` listed before. */
  engine(): Promise<BulkEngine>
}

/** The reads that owner and asker have in common. */
export abstract class RecordReads implements LedgerReads {
  abstract readonly agreement: string
  abstract readonly db: Kysely<Tables>
  abstract readonly keyring: Keyring
  abstract readonly asker: Asker | undefined
  abstract at(path: string): string
  abstract engine(): Promise<BulkEngine>

  facts(knownAt: string, datasets?: readonly string[]): Promise<LedgerFact[]> {
    return factsKnownAt(this, knownAt, datasets)
  }

  factsPage(knownAt: string, filter: FactsFilter, place: FactsPlace): Promise<FactsPage> {
    return factsPage(this, knownAt, filter, place)
  }

  bulk(knownAt: string): Promise<BulkView> {
    return bulkKnownAt(this, knownAt)
  }

  rows(view: BulkView, dataset: string, shape?: string): string | undefined {
    return rowsOf(view, dataset, (path) => this.at(path), shape)
  }

  async settings(knownAt: string): Promise<Map<string, string>> {
    const rows = await this.db
      .selectFrom('settings')
      .select(['name', 'value'])
      .where('agreement', '=', this.agreement)
      .where('received_at', '<=', knownAt)
      .orderBy('received_at')
      .orderBy('seq')
      .execute()
    return new Map(rows.map((row) => [row.name, row.value]))
  }

  imports(): Promise<ImportLine[]> {
    return importLines(this)
  }

  fileHashes(source: string, knownAt: string): Promise<ReadonlyMap<string, string>> {
    return fileHashes(this, source, knownAt)
  }

  rejects(id: string): Promise<RejectLine[]> {
    return rejectLines(this, id)
  }
}
