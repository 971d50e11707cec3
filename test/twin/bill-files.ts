import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse/sync'

export type FocusRow = Record<string, string>

/** Rows of one FOCUS file; absent values are empty texts. */
export function focusRowsOf(out: string, folder: string, month: string): FocusRow[] {
  const path = join(out, folder, 'focus-daily/data', `BILLING_PERIOD=${month}`, 'focus-daily-00001.csv.gz')
  return parse(gunzipSync(readFileSync(path)), { columns: true })
}

/** Rows of one CUR file, numbers as exact decimal text. */
export async function curRowsOf(out: string, folder: string, month: string): Promise<Record<string, string | null>[]> {
  const path = join(out, folder, 'cur-daily/data', `BILLING_PERIOD=${month}`, 'cur-daily-00001.snappy.parquet')
  return await ask(`
    SELECT identity_line_item_id AS id, line_item_line_item_type AS type, line_item_usage_account_id AS account,
      line_item_resource_id AS resource, line_item_usage_type AS usage_type, line_item_product_code AS product,
      strftime(line_item_usage_start_date, '%Y-%m-%d') AS start, bill_invoice_id AS invoice,
      CAST(CAST(line_item_usage_amount AS VARCHAR) AS DECIMAL(38, 12)) AS amount,
      line_item_unblended_rate AS rate, product_region_code AS region,
      CAST(CAST(line_item_unblended_cost AS VARCHAR) AS DECIMAL(38, 12)) AS unblended,
      CAST(CAST(line_item_net_unblended_cost AS VARCHAR) AS DECIMAL(38, 12)) AS net,
      CAST(CAST(discount['edp_discount'] AS VARCHAR) AS DECIMAL(38, 12)) AS taken,
      resource_tags['user_customer'] AS customer, product['product_name'] AS product_name,
      cost_category['business'] AS business
    FROM '${path}'`)
}

/** Answers of the database as text. */
export async function ask(sql: string): Promise<Record<string, string | null>[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(sql)
  const rows = reader.getRowObjectsJson().map((row) => {
    const texts = Object.entries(row).map(([key, value]) => [key, value === null ? null : String(value)])
    return Object.fromEntries(texts) as Record<string, string | null>
  })
  connection.closeSync()
  instance.closeSync()
  return rows
}

/** A decimal as whole 1e-12: enough for every product in the bill. */
export function exactly(decimal: string | null | undefined): bigint {
  const [whole = '0', fraction = ''] = (decimal ?? '0').replace('-', '').split('.')
  if (fraction.length > 12) throw new RangeError(`too fine: ${decimal}`)
  const units = BigInt(`${whole === '' ? '0' : whole}${fraction.padEnd(12, '0')}`)
  return decimal?.startsWith('-') ? -units : units
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, each) => total + each, 0n)
}
