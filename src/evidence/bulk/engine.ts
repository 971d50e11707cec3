import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** How much of the machine a bulk query may use, and where it may spill. */
export interface EngineSettings {
  threads?: number
  /** Such as "1GB". */
  memory?: string
  /** A folder for what does not fit into memory. */
  spill?: string
  /** The only files it may open, as absolute paths; without the list any. No statement can lift it. */
  files?: readonly string[]
}

/** DuckDB in memory: only a query engine over Parquet and text files; it keeps no database of its own. */
export class BulkEngine {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  readonly #threads: number
  #isSingle = false

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, threads: number) {
    this.#instance = instance
    this.#connection = connection
    this.#threads = threads
  }

  /** Opens an engine; times are UTC whatever the machine thinks. */
  static async open(settings: EngineSettings = {}): Promise<BulkEngine> {
    // Loaded here, so that a command that asks no bulk evidence does not wait for the library.
    const duckdb = await import('@duckdb/node-api')
    const threads = settings.threads ?? 2
    const instance = await duckdb.DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: settings.memory ?? '1GB',
      // No extension can be downloaded, and none shall be tried.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      ...(settings.spill ? { temp_directory: settings.spill } : {}),
    })
    const connection = await instance.connect()
    await connection.run(`SET TimeZone = 'UTC'`)
    if (settings.files) {
      await connection.run('SET parquet_metadata_cache = true')
      await connection.run(`SET allowed_paths = ${literals(settings.files)}`)
      await connection.run('SET enable_external_access = false')
      await connection.run('SET lock_configuration = true')
    }
    return new BulkEngine(instance, connection, threads)
  }

  /** Runs a statement for its effect. */
  async run(sql: string): Promise<void> {
    await this.#connection.run(sql)
  }

  /** All rows, each value as JSON would carry it: decimals, 64-bit numbers, dates and times are strings. */
  async all<Row = Record<string, unknown>>(sql: string): Promise<Row[]> {
    const reader = await this.#connection.runAndReadAll(sql)
    return reader.getRowObjectsJson() as Row[]
  }

  /**
   * Takes one thread, or as many as it was opened with: over a few thousand rows several spend more on waiting for one another than
   * they save.
   */
  async single(isSingle: boolean): Promise<void> {
    if (this.#isSingle === isSingle) return
    this.#isSingle = isSingle
    await this.run(`SET threads = ${isSingle ? 1 : this.#threads}`)
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A list of texts as an SQL list literal. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`
}
