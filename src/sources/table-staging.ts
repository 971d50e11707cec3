import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { literal } from '../evidence/index.ts'
import { ownerSql } from './bulk-owners.ts'
import { quoted } from './json-columns.ts'
import type { BulkContext } from './room.ts'
import type { TableRow, TableShape } from './table-shape.ts'

/** Columns that the engine gives every row. */
const MADE = ['_key', '_content', '_version', '_received', '_import']

// Bytes of text that are held before they are written, and that become one lot.
const HELD = 256 << 10
const LOT = 8 << 20
// One line must not grow with its file.
const INNER_MAX = 1000

/** Rows on their way into the ledger, in lots on disk: `_owner`, `_month` and `_seq` beside the columns, still without versions. */
export class TableLots {
  /** Rows taken so far. */
  rows = 0
  private readonly lots: string[] = []
  private readonly lines: string[] = []
  private held = 0
  private written = 0
  private readonly shape: TableShape
  private readonly context: BulkContext
  private readonly text: string
  private readonly select: string

  constructor(shape: TableShape, context: BulkContext) {
    this.shape = shape
    this.context = context
    this.text = join(context.staging, 'rows.json')
    this.select = selectOf(shape, context, this.text)
  }

  async add(file: string, rows: readonly TableRow[]): Promise<void> {
    for (const row of rows) {
      this.line(file, row)
      if (this.held >= HELD) await this.flush(LOT)
    }
  }

  /** The lots, as paths. */
  async finish(): Promise<readonly string[]> {
    await this.flush(0)
    return this.lots
  }

  remove(): void {
    for (const path of this.lots) rmSync(path)
  }

  private line(file: string, { row, values, each }: TableRow): void {
    const { inner } = this.shape
    const all = each ?? [values]
    for (let from = 0; from < all.length; from += INNER_MAX) {
      const some = all.length <= INNER_MAX ? all : all.slice(from, from + INNER_MAX)
      const place = { _file: file, _row: row, _seq: this.rows }
      const line = textOf(inner ? { ...values, ...place, _each: some } : { ...values, ...place })
      this.rows += some.length
      this.lines.push(line)
      this.held += line.length
    }
  }

  private async flush(lot: number): Promise<void> {
    if (this.lines.length > 0) appendFileSync(this.text, `${this.lines.join('\n')}\n`)
    this.written += this.held
    this.held = 0
    this.lines.length = 0
    if (this.written === 0 || this.written < lot) return
    this.written = 0
    const path = join(this.context.staging, `lot-${this.lots.length + 1}.parquet`)
    await this.context.engine.run(`COPY (${this.select}) TO ${literal(path)} (FORMAT parquet, ROW_GROUP_SIZE 20480)`)
    rmSync(this.text)
    this.lots.push(path)
  }
}

function selectOf(shape: TableShape, context: BulkContext, path: string): string {
  const inner = shape.inner ?? []
  const outer = Object.keys(shape.columns).filter((name) => !name.startsWith('_') && !inner.includes(name))
  const element = inner.map((name) => `${quoted(name)} VARCHAR`).join(', ')
  const fields = [
    ...outer.map((name) => `${quoted(name)}: 'VARCHAR'`),
    `_file: 'VARCHAR', _row: 'BIGINT', _seq: 'BIGINT'`,
    ...(inner.length > 0 ? [`_each: ${literal(`STRUCT(${element})[]`)}`] : []),
  ]
  const read = `read_json(${literal(path)}, format = 'newline_delimited', columns = {${fields.join(', ')}})`
  const own = inner.map((name) => `_one.${quoted(name)} AS ${quoted(name)}`).join(', ')
  const rows =
    inner.length === 0
      ? read
      : `(SELECT * EXCLUDE (_one, _at, _seq), ${own}, _seq + _at AS _seq FROM
          (SELECT * EXCLUDE (_each), unnest(_each) AS _one, unnest(range(len(_each))) AS _at FROM ${read}))`
  const columns = Object.entries(shape.columns)
    .filter(([name]) => !MADE.includes(name))
    .map(([name, sql]) => `${sql} AS ${quoted(name)}`)
  const happened = quoted(shape.happened)
  const { receivedAt, importId, owners } = context
  return `SELECT *, ${ownerSql(owners, quoted(shape.instance), happened)} AS _owner,
      strftime(${happened}, '%Y-%m') AS _month FROM
    (SELECT ${columns.join(', ')}, ${shape.key} AS _key, ${shape.content} AS _content,
      ${literal(receivedAt)} AS _received, ${literal(importId)} AS _import, _file, _row, _seq FROM ${rows})`
}

// Half a character is no text to DuckDB.
function textOf(line: object): string {
  const text = JSON.stringify(line)
  if (!/\\ud[89a-f]/.test(text)) return text
  return JSON.stringify(line, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Cs}/gu, '\ufffd') : value,
  )
}
