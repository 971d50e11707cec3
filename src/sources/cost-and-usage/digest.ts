import { type BulkEngine, literal, literals } from '../../evidence/index.ts'
import { rowHash, wholeRows } from './rows-sql.ts'

/** What rows contain, whatever their order and the files they came in: how many, and the sum of a number made of each. */
export interface Digest {
  rows: number
  sum: bigint
}

// The number of a row is the engine's own; another version may make another, and another list of columns does.
let format: string | undefined

/** What digests are made by; those of another make cannot be compared. */
export async function digestFormat(engine: BulkEngine): Promise<string> {
  if (format === undefined) {
    const [found] = await engine.all<{ version: string }>('SELECT version() AS version')
    format = `rows-1/duckdb-${found?.version ?? ''}`
  }
  return format
}

/** The digest as a segment carries it. */
export function digestText(digest: Digest, format: string): string {
  return `${format}:${digest.rows}:${digest.sum}`
}

/** Sums digests: the content of several segments together. */
export function addDigests(digests: readonly Digest[]): Digest {
  return digests.reduce((a, b) => ({ rows: a.rows + b.rows, sum: a.sum + b.sum }), { rows: 0, sum: 0n })
}

/** Whether two are the same content. */
export function isEqual(a: Digest, b: Digest): boolean {
  return a.rows === b.rows && a.sum === b.sum
}

/** The digest of a segment: as it carries it, or counted again when another version made that. */
export async function digestOf(engine: BulkEngine, segment: { path: string; digest?: string }): Promise<Digest> {
  const made = await digestFormat(engine)
  const carried = segment.digest?.startsWith(`${made}:`) ? segment.digest.slice(made.length + 1).split(':') : undefined
  if (carried) return { rows: Number(carried[0]), sum: BigInt(carried[1] ?? 0) }
  const [counted] = await engine.all<{ rows: string; sum: string }>(
    `SELECT count(*)::VARCHAR AS rows, coalesce(sum(${rowHash()}), 0)::VARCHAR AS sum FROM ${wholeRows(literal(segment.path))}`,
  )
  return { rows: Number(counted?.rows ?? 0), sum: BigInt(counted?.sum ?? 0) }
}

/** What segments bill, by currency; exact. */
export async function billedIn(engine: BulkEngine, paths: readonly string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map()
  const rows = await engine.all<{ currency: string; billed: string }>(
    `SELECT BillingCurrency AS currency, sum(BilledCost)::VARCHAR AS billed FROM read_parquet(${literals(paths)}) GROUP BY 1 ORDER BY 1`,
  )
  return new Map(rows.map(({ currency, billed }) => [currency, billed]))
}
