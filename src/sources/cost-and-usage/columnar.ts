import { type BulkEngine, literal } from '../../evidence/index.ts'
import { bind, type Field, type Input } from './binding.ts'
import { quoted } from './terms.ts'

/** What a Parquet file's own statistics say of a column; undefined where they do not say it. */
interface Statistics {
  rows: number
  values: number | undefined
  /** Whether no text in it is empty. */
  isFilled: boolean
  /** Whether every text in it is empty. */
  isBlank: boolean
}

/** A Parquet file as a table; what its statistics say need not be looked at. */
export async function parquetInput(path: string, engine: BulkEngine): Promise<Input> {
  const from = `read_parquet(${literal(path)}, file_row_number = true, hive_partitioning = false)`
  const columns = await engine.all<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${from}`)
  const fields = columns
    .map(({ column_name: name, column_type: type }): Field => ({ name, sql: quoted(name), type }))
    .filter(({ name }) => name !== 'file_row_number')
  const statistics = await statisticsOf(engine, path)
  const rows = statistics.values().next().value?.rows ?? 0
  const input = {
    given: new Map<string, number>(),
    full: new Set<string>(),
    filled: new Set<string>(),
    empty: new Set<string>(),
  }
  for (const { name, type } of fields) {
    const found = statistics.get(name)
    if (!found) continue
    const isText = type === 'VARCHAR'
    if (found.values !== undefined && !isText) input.given.set(name, found.values)
    if (found.values === rows && !isText) input.full.add(name)
    if (isText && found.isFilled) input.filled.add(name)
    if (found.values === 0 || (isText && found.isBlank)) input.empty.add(name)
  }
  // A column without a single value says nothing; AWS writes dozens of them.
  const isNothing = ({ name }: Field): boolean => statistics.get(name)?.values === 0 && !isOurs(name)
  return { from, row: 'file_row_number + 1', fields: fields.filter((field) => !isNothing(field)), rows, ...input }
}

function isOurs(name: string): boolean {
  const field = { name, sql: '', type: '' }
  return bind([field], 'focus').fields.size + bind([field], 'cur').fields.size > 0
}

async function statisticsOf(engine: BulkEngine, path: string): Promise<Map<string, Statistics>> {
  const found = await engine.all<{
    name: string
    rows: string
    count: string | null
    filled: boolean | null
    blank: boolean | null
  }>(
    `SELECT path_in_schema AS name, sum(row_group_num_rows)::VARCHAR AS rows,
      CASE WHEN bool_and(stats_null_count IS NOT NULL) THEN sum(num_values - stats_null_count)::VARCHAR END AS count,
      bool_and(coalesce(stats_min_value <> '' OR stats_null_count = num_values, false)) AS filled,
      bool_and(coalesce(stats_max_value = '' OR stats_null_count = num_values, false)) AS blank
    FROM parquet_metadata(${literal(path)}) GROUP BY 1`,
  )
  return new Map(
    found.map(({ name, rows, count, filled, blank }) => [
      name,
      {
        rows: Number(rows),
        values: count === null ? undefined : Number(count),
        isFilled: filled === true,
        isBlank: blank === true,
      },
    ]),
  )
}

/** What was written into a Parquet file: its rows, and how many of them have a value in each column. */
export interface Written {
  rows: number
  values: Map<string, number>
}

interface Returned {
  count: string
  column_statistics: { key: string; value: { key: string; value: string }[] }[]
}

/** Writes rows into a Parquet file and says what was written, without reading it. */
export async function writeParquet(engine: BulkEngine, sql: string, path: string): Promise<Written> {
  const [done] = await engine.all<Returned>(`COPY (${sql}) TO ${literal(path)} (FORMAT parquet, RETURN_STATS)`)
  const rows = Number(done?.count ?? 0)
  const values = new Map<string, number>()
  for (const { key, value } of done?.column_statistics ?? []) {
    const nulls = value.find((each) => each.key === 'null_count')?.value
    if (nulls !== undefined) values.set(key.replace(/^"|"$/g, ''), rows - Number(nulls))
  }
  return { rows, values }
}
