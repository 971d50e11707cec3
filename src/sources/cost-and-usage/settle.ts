import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type KnownSegment, literal, PARTNER, type StagedSegment, type Tally } from '../../evidence/index.ts'
import { amountOf, decimalText } from '../../language/index.ts'
import type { BulkContext, BulkReading } from '../room.ts'
import { addDigests, billedIn, type Digest, digestFormat, digestOf, digestText, isEqual } from './digest.ts'
import { problem } from './problems.ts'
import type { StagedFile } from './stage.ts'
import { DATASET, type Layout } from './terms.ts'

/** The rows of one file that bill one payer's month in one shape. */
interface Part {
  file: StagedFile
  payer: string
  month: string
  shape: string
  digest: Digest
  from: string
  to: string
  /** SQL condition that selects them in the file. */
  where: string
}

/** How a delivery came, which says what it may do to months that stand. */
export interface Manner {
  layout: Layout
  isProForma: boolean
  /** When its export was made; undefined for loose files. */
  deliveredAt: string | undefined
  label: string
}

/** Decides for each payer's month whether its rows are new, told already, older than what stands, or stand instead of it. */
export async function settle(
  files: readonly StagedFile[],
  manner: Manner,
  context: BulkContext,
  reading: BulkReading,
): Promise<void> {
  const bySubject = new Map<string, Part[]>()
  for (const file of files) {
    for (const part of await partsOf(file, manner, context)) {
      const subject = `${part.payer}/${part.month}/${part.shape}`
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), part])
    }
  }
  const known = context.known(DATASET)
  for (const [subject, parts] of bySubject) {
    const standing = known.filter((segment) => segment.subject === subject)
    await settleMonth(subject, parts, standing, manner, context, reading)
  }
}

async function partsOf(file: StagedFile, manner: Manner, { engine }: BulkContext): Promise<Part[]> {
  if (!file.rows) return []
  const isProForma = manner.isProForma
    ? 'true'
    : `(regexp_full_match(lower(coalesce(x_BillingView, '')), 'pro[_ -]?forma')
      OR regexp_full_match(lower(coalesce(x_BillType, '')), 'pro[_ -]?forma'))`
  const happened = 'coalesce(ChargePeriodStart, BillingPeriodStart)'
  // Grouped by what stands in the rows first: formats and patterns are for the few groups.
  const rows = await engine.all<Record<'payer' | 'month' | 'pro' | 'rows' | 'sum' | 'first' | 'last', string>>(
    `SELECT payer, strftime(BillingPeriodStart, '%Y-%m') AS month, ${isProForma}::VARCHAR AS pro,
      sum(rows)::VARCHAR AS rows, sum(sum)::VARCHAR AS sum,
      strftime(min(first), '%Y-%m-%dT%H:%M:%SZ') AS first, strftime(max(last), '%Y-%m-%dT%H:%M:%SZ') AS last
    FROM (SELECT BillingAccountId AS payer, BillingPeriodStart, x_BillingView, x_BillType, count(*) AS rows, sum(_hash) AS sum,
      min(${happened}) AS first, max(${happened}) AS last FROM ${literal(file.rows)} GROUP BY ALL)
    GROUP BY ALL ORDER BY ALL`,
  )
  return rows.map(({ payer, month, pro, rows, sum, first, last }) => ({
    file,
    payer,
    month,
    shape: pro === 'true' ? 'pro-forma' : manner.layout,
    digest: { rows: Number(rows), sum: BigInt(sum) },
    from: first,
    to: last,
    where: `BillingAccountId = ${literal(payer)} AND strftime(BillingPeriodStart, '%Y-%m') = ${literal(month)} AND ${isProForma} = ${pro}`,
  }))
}

type Fate = 'kept' | 'duplicate' | 'superseded'

async function settleMonth(
  subject: string,
  parts: Part[],
  standing: readonly KnownSegment[],
  manner: Manner,
  context: BulkContext,
  reading: BulkReading,
): Promise<void> {
  const fresh = manner.deliveredAt === undefined ? withoutCopies(parts, reading) : parts
  const fate = await fateOf(fresh, standing, manner, context)
  for (const { file, digest } of fresh) count(reading, file.file, fate, digest.rows)
  const where = { payer: fresh[0]?.payer ?? '', month: fresh[0]?.month ?? '', shape: fresh[0]?.shape ?? '' }
  if (fate === 'superseded') reading.notes.push(problem('note.older', manner.label, where))
  if (fate !== 'kept') return
  const staged: StagedSegment[] = []
  for (const part of fresh) staged.push(await segmentOf(part, subject, context))
  reading.segments.push(...staged)
  if (where.shape === 'pro-forma') reading.notes.push(problem('note.pro-forma', manner.label, where))
  if (standing.length === 0) return
  const isAdded = manner.deliveredAt === undefined && context.setting('bill-append') === 'yes'
  if (!isAdded) reading.replaces.push(...standing.map(({ id }) => id))
  if (manner.deliveredAt !== undefined) return
  const before = await billedIn(
    context.engine,
    standing.map(({ path }) => path),
  )
  const after = await billedIn(
    context.engine,
    staged.map(({ path }) => path),
  )
  const rows = { rowsBefore: rowsOf(standing), rowsAfter: rowsOf(staged) }
  const billed = { billedBefore: amounts(before), billedAfter: amounts(after) }
  reading.notes.push(problem(isAdded ? 'note.added' : 'note.replaced', manner.label, { ...where, ...rows, ...billed }))
}

function rowsOf(segments: readonly { rows: number }[]): number {
  return segments.reduce((rows, segment) => rows + segment.rows, 0)
}

function amounts(billed: ReadonlyMap<string, string>): string {
  return [...billed].map(([currency, amount]) => `${decimalText(amountOf(amount, currency))} ${currency}`).join(', ')
}

/** Loose files may be copies of one another, packed or not; the same rows for the same month count once. */
function withoutCopies(parts: readonly Part[], reading: BulkReading): Part[] {
  const fresh: Part[] = []
  for (const part of parts) {
    if (fresh.some(({ digest }) => isEqual(digest, part.digest)))
      count(reading, part.file.file, 'duplicate', part.digest.rows)
    else fresh.push(part)
  }
  return fresh
}

async function fateOf(
  parts: readonly Part[],
  standing: readonly KnownSegment[],
  manner: Manner,
  context: BulkContext,
): Promise<Fate> {
  if (standing.length === 0) return 'kept'
  const told = addDigests(parts.map(({ digest }) => digest))
  const digests = new Map<KnownSegment, Digest>()
  for (const segment of standing) digests.set(segment, await digestOf(context.engine, segment))
  const imports = [...new Set(standing.map((segment) => segment.import))]
  const wholes = [standing, ...imports.map((id) => standing.filter((segment) => segment.import === id))]
  if (wholes.some((whole) => isEqual(told, addDigests(whole.flatMap((each) => digests.get(each) ?? [])))))
    return 'duplicate'
  if (manner.deliveredAt === undefined || manner.deliveredAt === '') return 'kept'
  const list = standing.map(({ path }) => literal(path)).join(', ')
  const [found] = await context.engine.all<{ last: string | null }>(
    `SELECT max(_delivered) AS last FROM read_parquet([${list}])`,
  )
  return (found?.last ?? '') > manner.deliveredAt ? 'superseded' : 'kept'
}

/** The part as a segment of its own; a file that bills one month alone is one already. */
async function segmentOf(part: Part, subject: string, context: BulkContext): Promise<StagedSegment> {
  const id = context.segmentId()
  const path = join(context.staging, `${id}.parquet`)
  const source = part.file.rows as string
  if (part.digest.rows === rowsIn(part.file)) renameSync(source, path)
  else
    await context.engine.run(
      `COPY (SELECT * FROM ${literal(source)} WHERE ${part.where}) TO ${literal(path)} (FORMAT parquet)`,
    )
  const { month, shape, digest, from, to } = part
  return {
    id,
    path,
    dataset: DATASET,
    owner: PARTNER,
    period: month,
    rows: digest.rows,
    from,
    to,
    shape,
    subject,
    digest: digestText(digest, await digestFormat(context.engine)),
  }
}

function rowsIn(file: StagedFile): number {
  return file.read - file.rejects.length
}

/** Removes what was staged and is part of no segment. */
export function clearStaged(files: readonly StagedFile[]): void {
  for (const { rows } of files) if (rows) rmSync(rows, { force: true })
}

function count(reading: BulkReading, file: string, fate: Fate, rows: number): void {
  const tally = reading.files.find((each) => each.file === file)?.tally as Tally
  tally[fate] += rows
}
