import { rm, writeFile } from 'node:fs/promises'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { addDays } from '../../language/index.ts'
import type { Month } from '../calendar.ts'
import { Gzip } from '../gzip.ts'
import { jsonFile } from '../text.ts'
import type { Output } from '../world.ts'
import type { Book } from './book.ts'
import { type CurTexts, curTexts, type DiscountShape, parquetStatements } from './cur.ts'
import { focusRows } from './focus.ts'
import type { Line } from './line.ts'
import type { DeliveredRows } from './tally.ts'

const FOCUS = { name: 'focus-daily', table: 'FOCUS_1_2_AWS', compression: 'GZIP', suffix: 'csv.gz' }
const CUR = { name: 'cur-daily', table: 'COST_AND_USAGE_REPORT', compression: 'PARQUET', suffix: 'snappy.parquet' }
const PIECE = 1_048_576

/** A month's delivery: which lines, into which folder, when. */
export interface Delivery {
  month: Month
  lines: readonly Line[]
  folder: 'bill' | 'bill-refreshed'
  afterDays: number
  invoiceOf: (line: Line) => string
}

/** Where the data of a month are, below OUT. */
export function dataFile(folder: Delivery['folder'], month: string, format: 'focus' | 'cur'): string {
  const { name, suffix } = format === 'focus' ? FOCUS : CUR
  return `${folder}/${name}/data/BILLING_PERIOD=${month}/${name}-00001.${suffix}`
}

/** Writes months in both formats. */
export class Exporter {
  readonly #book: Book
  readonly #output: Output
  readonly #connection: DuckDBConnection
  readonly #instance: DuckDBInstance
  /** The Parquet file under way; the next month's lines are made meanwhile. */
  #running: Promise<void> = Promise.resolve()

  private constructor(book: Book, output: Output, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#book = book
    this.#output = output
    this.#instance = instance
    this.#connection = connection
  }

  static async open(book: Book, output: Output): Promise<Exporter> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
    return new Exporter(book, output, instance, await instance.connect())
  }

  /** Waits for the last file. */
  async finish(): Promise<void> {
    await this.#running
  }

  async close(): Promise<void> {
    await this.#running.catch(() => {})
    this.#connection.closeSync()
    this.#instance.closeSync()
  }

  /** Writes the data of both formats, and each manifest only after the data that it names. */
  async deliver(delivery: Delivery): Promise<DeliveredRows> {
    const { month, lines, folder, invoiceOf } = delivery
    const chance = this.#book.world.chance(`bill export ${folder} ${month.id}`)
    const shape: DiscountShape = month.id >= this.#book.terms.separateDiscountRowsFrom ? 'rows' : 'map'
    const nextId = (): string => chance.uuid().replaceAll('-', '')
    const texts = curTexts(this.#book, lines, { shape, nextId, invoiceOf })
    await this.#running
    this.#running = this.#writeParquet(delivery, texts)
    // Whoever awaits it learns of its failure; until then it must not end the process.
    this.#running.catch(() => {})
    await this.#output.file(dataFile(folder, month.id, 'focus'), zipped(focusRows(this.#book, month, lines, invoiceOf)))
    await this.#manifest(delivery, FOCUS)
    return { focusRows: lines.length, curRows: texts.rows.length }
  }

  async #writeParquet(delivery: Delivery, { rows, subjects }: CurTexts): Promise<void> {
    const { month, folder } = delivery
    const parquet = this.#output.path(dataFile(folder, month.id, 'cur'))
    // Beside the file that they become: what an interrupted run leaves of them is known as the twin's.
    const files = { parquet, rows: `${parquet}.rows`, subjects: `${parquet}.subjects` }
    await writeFile(files.rows, `${rows.join('\n')}\n`)
    await writeFile(files.subjects, `${subjects.join('\n')}\n`)
    for (const statement of parquetStatements(this.#book, month, files)) await this.#connection.run(statement)
    await Promise.all([rm(files.rows), rm(files.subjects)])
    await this.#manifest(delivery, CUR)
  }

  async #manifest({ month, folder, afterDays }: Delivery, format: typeof FOCUS): Promise<void> {
    const { terms, payer, world } = this.#book
    const { name, table, compression } = format
    const exportId = world.chance(`bill export ${name}`).uuid()
    const executionId = world.chance(`bill execution ${name} ${folder} ${month.id}`).uuid()
    const file = dataFile('bill', month.id, format === FOCUS ? 'focus' : 'cur')
    const manifest = {
      executionId,
      exportArn: `arn:aws:bcm-data-exports:us-east-1:${payer.id}:export/${name}-${exportId}`,
      name,
      billingPeriod: month.id,
      createdAt: `${addDays(month.next, afterDays - 1)}T08:00:00Z`,
      tableName: table,
      compression,
      dataFiles: [`s3://${terms.exportBucket}/${file}`],
    }
    const path = `${folder}/${name}/metadata/BILLING_PERIOD=${month.id}/${name}-Manifest.json`
    await this.#output.file(path, jsonFile(manifest))
  }
}

/** Compressed in pieces, so that a month's text is never there as a whole. */
function zipped(rows: Iterable<string>): Uint8Array {
  const gzip = new Gzip()
  const buffer = Buffer.allocUnsafe(PIECE)
  let filled = 0
  for (const row of rows) {
    // A character takes three bytes at most.
    if (filled + row.length * 3 > PIECE) {
      gzip.push(buffer.subarray(0, filled))
      filled = 0
    }
    filled += buffer.write(row, filled)
  }
  gzip.push(buffer.subarray(0, filled))
  return gzip.finish()
}
