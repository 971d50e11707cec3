import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { literal } from '../bulk/engine.ts'
import { addTally, emptyTally, type StagedDead, type StagedSegment, type Tally } from '../bulk/staged.ts'
import { hashFile, placeDurably, writeDurably } from '../files.ts'
import type { Tables } from '../records/tables.ts'
import { appendAudit } from './audit-log.ts'
import type { Ledger } from './ledger.ts'
import { recordFacts } from './record-facts.ts'
import type { Fate, ToldFact } from './told.ts'
import { inTransaction } from './transaction.ts'

/** A row that did not go in. `raw` is what stood in the file. */
export interface RejectedRow {
  file: string
  row: number
  faults: readonly { code: string; field: string; detail?: string }[]
  raw: string
  owner: string
}

/** What one import brings: from one delivery, in one transaction. */
export interface Brought {
  source: string
  sourceVersion: number
  label: string
  receivedAt: string
  /** Quirks and notes, for whoever asks later; plain JSON. */
  remarks: unknown
  rejects: readonly RejectedRow[]
}

/** One file with the facts that each of its rows tells. A row without facts says nothing new. */
export interface BroughtFile {
  name: string
  sha256: string
  bytes: number
  rejected: number
  rows: readonly (readonly ToldFact[])[]
}

/** What became of an import. */
export interface Committed {
  import: string
  files: { name: string; tally: Tally }[]
  tally: Tally
  /** Facts or segments that stood before and are now replaced. */
  replaced: number
}

/** A new import's id: it sorts by time and never repeats. */
export function newImportId(now: string): string {
  return `${now.slice(0, 19).replace(/[-:T]/g, '')}-${randomBytes(5).toString('hex')}`
}

/** Takes in files of records. */
export async function commitRecords(
  ledger: Ledger,
  brought: Brought,
  files: readonly BroughtFile[],
): Promise<Committed> {
  const committed = await ledger.exclusive(() => takeInRecords(ledger, brought, files))
  ledger.written(datasetsOf(files.flatMap((file) => file.rows.flat())))
  return committed
}

async function takeInRecords(ledger: Ledger, brought: Brought, files: readonly BroughtFile[]): Promise<Committed> {
  const id = newImportId(ledger.now())
  const rejects = await writeRejects(ledger, id, brought.rejects)
  return inTransaction(ledger.records.db, async (db) => {
    await sql`set constraints all deferred`.execute(db)
    const told = files.flatMap((file) => file.rows.flat())
    const target = { ...brought, db, keyring: ledger.keyring, agreement: ledger.agreement, import: id }
    const { fates, replaced } = await recordFacts(target, told)
    const tallies = talliesOf(files, fates)
    const committed = { import: id, files: tallies, tally: totalOf(tallies), replaced }
    await insertImport(ledger, db, brought, committed, files)
    await insertRejects(db, rejects)
    await auditImport(ledger, db, brought, committed, files)
    return committed
  })
}

function talliesOf(files: readonly BroughtFile[], fates: readonly Fate[]): Committed['files'] {
  let at = 0
  return files.map((file) => {
    const tally = { ...emptyTally(), read: file.rows.length + file.rejected, rejected: file.rejected }
    for (const facts of file.rows) {
      const own = fates.slice(at, at + facts.length)
      at += facts.length
      tally[own.includes('kept') ? 'kept' : own.includes('superseded') ? 'superseded' : 'duplicate'] += 1
    }
    return { name: file.name, tally }
  })
}

function totalOf(files: Committed['files']): Tally {
  return files.reduce((total, file) => addTally(total, file.tally), emptyTally())
}

/** What a bulk source read, ready to go in. */
export interface BroughtBulk extends Brought {
  import: string
  files: readonly { file: string; sha256: string; bytes: number; tally: Tally }[]
  segments: readonly StagedSegment[]
  dead: readonly StagedDead[]
  replaces: readonly string[]
}

/**
 * Takes in a bulk delivery: files are sealed, hashed, flushed and moved to their final place, and exist only once the transaction that
 * lists them has committed. What an interruption leaves unlisted is swept at the next opening.
 */
export async function commitBulk(ledger: Ledger, brought: BroughtBulk): Promise<Committed> {
  const committed = await ledger.exclusive(() => takeInBulk(ledger, brought))
  ledger.written(datasetsOf(brought.segments))
  return committed
}

function datasetsOf(parts: readonly { dataset: string }[]): string[] {
  return [...new Set(parts.map((each) => each.dataset))]
}

async function takeInBulk(ledger: Ledger, brought: BroughtBulk): Promise<Committed> {
  const placed: Awaited<ReturnType<typeof placeSegment>>[] = []
  for (const segment of brought.segments) placed.push(await placeSegment(ledger, segment))
  const graves: Awaited<ReturnType<typeof placeDead>>[] = []
  for (const [at, dead] of brought.dead.entries()) graves.push(await placeDead(ledger, brought, dead, at))
  const rejects = await writeRejects(ledger, brought.import, brought.rejects)
  const files = brought.files.map(({ file, sha256, bytes, tally }) => ({ name: file, sha256, bytes, tally }))
  const committed = { import: brought.import, files, tally: totalOf(files), replaced: brought.replaces.length }
  await inTransaction(ledger.records.db, async (db) => {
    await insertImport(ledger, db, brought, committed, files)
    const common = { agreement: ledger.agreement, import: brought.import }
    for (const some of lotsOf(placed))
      await db
        .insertInto('segments')
        .values(some.map((segment) => ({ ...segment, ...common, received_at: brought.receivedAt })))
        .execute()
    for (const dead of graves)
      await db
        .insertInto('dead_rows')
        .values({ ...dead, ...common })
        .execute()
    for (const segment of brought.replaces)
      await db.insertInto('segment_replacements').values({ segment, import: brought.import }).execute()
    await insertRejects(db, rejects)
    await auditImport(ledger, db, brought, committed, files)
  })
  return committed
}

async function placeSegment(ledger: Ledger, segment: StagedSegment) {
  const folder = ['bulk', segment.dataset, encodeURIComponent(segment.owner), segment.period].join('/')
  const path = `${folder}/${segment.id}.parquet`
  const sha256 = await hashFile(segment.path)
  await place(ledger, segment.path, path)
  const personal = segment.personal
    ? await placePersonal(ledger, segment, `${folder}/${segment.id}.personal.sealed`)
    : undefined
  return {
    id: segment.id,
    dataset: segment.dataset,
    owner: segment.owner,
    period: segment.period,
    shape: segment.shape ?? null,
    subject: segment.subject ?? null,
    digest: segment.digest ?? null,
    path,
    sha256,
    bytes: String(statSync(ledger.at(path)).size),
    rows: String(segment.rows),
    happened_from: segment.from,
    happened_to: segment.to,
    personal_path: personal?.path ?? null,
    personal_sha256: personal?.sha256 ?? null,
  }
}

async function placePersonal(ledger: Ledger, { personal, owner }: StagedSegment, path: string) {
  if (!personal || !existsSync(personal)) return undefined
  const sealed = `${personal}.sealed`
  // Whoever was erased stays erased: nothing personal of theirs comes back with a late file.
  const done = await ledger.keyring.sealFile(owner, personal, sealed)
  rmSync(personal)
  if (!done) return undefined
  const sha256 = await hashFile(sealed)
  await place(ledger, sealed, path)
  return { path, sha256 }
}

async function placeDead(ledger: Ledger, brought: BroughtBulk, dead: StagedDead, at: number) {
  const id = `${brought.import}-dead-${at}`
  const path = `bulk/${dead.dataset}/dead/${id}.parquet`
  const owners = await ownersOfDead(ledger, brought, dead)
  const sha256 = await hashFile(dead.path)
  await place(ledger, dead.path, path)
  return { id, dataset: dead.dataset, path, sha256, rows: String(dead.rows), owners }
}

// Whoever may see one of the segments must be shown what is dead in it.
async function ownersOfDead(ledger: Ledger, { segments }: BroughtBulk, dead: StagedDead): Promise<string[]> {
  const engine = await ledger.engine()
  const lines = await engine.all<{ segment: string }>(
    `select distinct segment from read_parquet(${literal(dead.path)})`,
  )
  const ids = lines.map((each) => each.segment)
  const { rows } = await sql<{ owner: string }>`select distinct owner from segments
    where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`.execute(ledger.db)
  const own = segments.filter((each) => ids.includes(each.id))
  return [...new Set([...own, ...rows].map((each) => each.owner))].sort()
}

async function place(ledger: Ledger, from: string, path: string): Promise<void> {
  mkdirSync(dirname(ledger.at(path)), { recursive: true })
  await placeDurably(from, ledger.at(path))
}

async function writeRejects(ledger: Ledger, importId: string, rejects: readonly RejectedRow[]) {
  if (rejects.length === 0) return undefined
  const lines = rejects.map(
    ({ raw, ...rest }) => `${JSON.stringify({ ...rest, raw: ledger.keyring.seal(rest.owner, raw) })}
`,
  )
  const path = `rejects/${importId}.jsonl`
  await writeDurably(ledger.at(path), lines.join(''))
  return { import: importId, path, sha256: await hashFile(ledger.at(path)), rows: rejects.length }
}

async function insertRejects(db: Kysely<Tables>, rejects: Awaited<ReturnType<typeof writeRejects>>): Promise<void> {
  if (rejects) await db.insertInto('reject_files').values(rejects).execute()
}

async function insertImport(
  ledger: Ledger,
  db: Kysely<Tables>,
  brought: Brought,
  committed: Committed,
  files: readonly { name: string; sha256: string; bytes: number }[],
): Promise<void> {
  await db
    .insertInto('imports')
    .values({
      id: committed.import,
      agreement: ledger.agreement,
      source: brought.source,
      source_version: brought.sourceVersion,
      label: brought.label,
      received_at: brought.receivedAt,
      recorded_at: ledger.now(),
      actor: ledger.actor,
      remarks: JSON.stringify(brought.remarks),
      ...columnsOf(committed.tally),
    })
    .execute()
  const lines = files.map(({ name, sha256, bytes }, at) => {
    const tally = committed.files[at]?.tally ?? emptyTally()
    return { import: committed.import, ordinal: at, name, sha256, bytes: String(bytes), ...columnsOf(tally) }
  })
  for (const some of lotsOf(lines)) await db.insertInto('import_files').values(some).execute()
}

// A statement for each row would take longer than reading the files.
const ROWS_AT_ONCE = 500

function* lotsOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE)
}

function columnsOf(tally: Tally) {
  return {
    rows_read: String(tally.read),
    rows_kept: String(tally.kept),
    rows_duplicate: String(tally.duplicate),
    rows_superseded: String(tally.superseded),
    rows_rejected: String(tally.rejected),
  }
}

async function auditImport(
  ledger: Ledger,
  db: Kysely<Tables>,
  brought: Brought,
  { import: subject, tally, replaced }: Committed,
  files: readonly { name: string; sha256: string }[],
): Promise<void> {
  const detail = {
    source: brought.source,
    label: brought.label,
    receivedAt: brought.receivedAt,
    ...tally,
    replaced,
    files: files.map((file) => `${file.sha256} ${file.name}`),
  }
  await appendAudit(db, { at: ledger.now(), actor: ledger.actor, action: 'import', subject, detail })
}
