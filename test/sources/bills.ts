import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { literal, literals } from '../../src/evidence/index.ts'
import { costAndUsage } from '../../src/sources/cost-and-usage/index.ts'
import type { BulkReading, FoundFile } from '../../src/sources/room.ts'
import { type BulkBench, found } from './bulk-context.ts'

/** Columns of a small FOCUS file. */
export const FOCUS_HEADER =
  'BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,EffectiveCost,ListCost,RegionId,ServiceName,InvoiceIssuerName,Tags'

/** One charge, with plain defaults. */
export interface Charge {
  cost: string
  payer?: string
  currency?: string
  month?: string
  category?: string
  region?: string
  service?: string
  issuer?: string
  day?: string
}

/** A FOCUS record. */
export function focusRecord(charge: Charge): string {
  const {
    cost,
    payer = '111122223333',
    currency = 'USD',
    month = '2024-01',
    category = 'Usage',
    region = 'us-east-1',
  } = charge
  const { service = 'Amazon Connect', issuer = 'AWS Inc.', day = '05' } = charge
  const next = nextMonth(month)
  return [
    cost,
    payer,
    currency,
    `${month}-01T00:00:00Z`,
    `${next}-01T00:00:00Z`,
    category,
    `${month}-${day}T00:00:00Z`,
    `${month}-${day}T01:00:00Z`,
    cost,
    cost,
    region,
    service,
    issuer,
    '"{""team"":""care, one""}"',
  ].join(',')
}

/** The month after. */
export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** A FOCUS file of charges. */
export function focusCsv(charges: readonly Charge[]): string {
  return `${[FOCUS_HEADER, ...charges.map(focusRecord)].join('\n')}\n`
}

/** Writes a file below the bench's folder. */
export function write(bench: BulkBench, name: string, content: string | Uint8Array): FoundFile {
  const path = join(bench.folder, 'in', name)
  mkdirSync(dirname(path), { recursive: true })
  const packs = name.endsWith('.gz') && typeof content === 'string'
  writeFileSync(path, packs ? gzipSync(content) : content)
  return found(path, name)
}

/** Reads files as an import does: grouped into deliveries, each kept before the next. */
export async function importFiles(
  bench: BulkBench,
  files: readonly FoundFile[],
): Promise<{ readings: BulkReading[]; notes: string[] }> {
  const { deliveries, notes } = costAndUsage.deliveries(files)
  const readings: BulkReading[] = []
  for (const delivery of deliveries) {
    const context = bench.context()
    const reading = await costAndUsage.read(delivery, context)
    bench.keep(reading, context)
    readings.push(reading)
  }
  return { readings, notes: notes.map(({ code }) => code) }
}

/** All tallies of a reading summed. */
export function tallyOf(reading: BulkReading): {
  read: number
  kept: number
  duplicate: number
  superseded: number
  rejected: number
} {
  const total = { read: 0, kept: 0, duplicate: 0, superseded: 0, rejected: 0 }
  for (const { tally } of reading.files)
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += tally[key]
  return total
}

/** Whether read = kept + duplicate + superseded + rejected for every file, and the rejects are as many as told. */
export function addsUp(reading: BulkReading): boolean {
  return reading.files.every(({ file, tally: { read, kept, duplicate, superseded, rejected } }) => {
    const told = reading.rejects.filter((each) => each.file === file).length
    return read === kept + duplicate + superseded + rejected && told === rejected
  })
}

/** Rows of a dataset as the ledger shows them. */
export function visible(bench: BulkBench): (dataset: string, shape?: string) => string | undefined {
  return (dataset, shape) => {
    const paths = bench.standing
      .filter((each) => each.dataset === dataset && (shape === undefined || each.shape === shape))
      .map(({ path }) => path)
    return paths.length === 0 ? undefined : `(SELECT * FROM read_parquet(${literals(paths)}))`
  }
}

/** Facts of what stands. */
export async function factsOf(bench: BulkBench, asOf = '2026-06-30') {
  const setting = (name: string): string | undefined => bench.settings.get(name)
  return costAndUsage.facts({ engine: bench.engine, rows: visible(bench), asOf, setting })
}

/** The exact sum of a canonical column over what stands. */
export async function sumOf(bench: BulkBench, column = 'BilledCost'): Promise<string> {
  const rows = visible(bench)('cost-and-usage')
  if (!rows) return '0'
  const [sum] = await bench.engine.all<{ sum: string }>(`SELECT sum(${column})::VARCHAR AS sum FROM ${rows}`)
  return sum?.sum ?? '0'
}

/** Writes a Parquet file from SQL. */
export async function parquet(bench: BulkBench, name: string, sql: string): Promise<FoundFile> {
  const path = join(bench.folder, 'in', name)
  mkdirSync(dirname(path), { recursive: true })
  await bench.engine.run(`COPY (${sql}) TO ${literal(path)} (FORMAT parquet)`)
  return found(path, name)
}

const UNITS = 16

/** Sums decimal texts exactly, as units of 10⁻¹⁶: an own way, beside the engine's. */
export function exactSum(texts: Iterable<string>): string {
  let sum = 0n
  for (const text of texts) sum += unitsOf(text)
  return textOf(sum)
}

/** A decimal text, with an exponent or not, in units of 10⁻¹⁶; digits beyond are rounded half away from zero. */
export function unitsOf(text: string): bigint {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? []
  const digits = BigInt(`${whole}${fraction}` || '0')
  const shift = UNITS + Number(power) - fraction.length
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : rounded(digits, 10n ** BigInt(-shift))
  return sign === '-' ? -scaled : scaled
}

function rounded(digits: bigint, by: bigint): bigint {
  return (digits + by / 2n) / by
}

/** Units of 10⁻¹⁶ as the engine writes them. */
export function textOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(UNITS + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -UNITS)}.${digits.slice(-UNITS)}`
}
