import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { startServer } from '../scripts/parts/postgres.mjs'

// Records going in, on PGlite and on PostgreSQL: single facts, each acknowledged on its own, and a million in one import. Beside
// each, in the same run, the least that the same database could do: bare inserts of the same columns into a table without history.

const SINGLES = Number(process.env.SINGLES ?? 10_000)
const BULK = Number(process.env.BULK ?? 1_000_000)
const dist = process.env.CONVENIO_DIST ?? fileURLToPath(new URL('../dist', import.meta.url))
const { commitRecords, createInstallation, Ledger } = await import(join(dist, 'evidence/ledger/index.js'))
const { sql } = await import('kysely')

const { model } = cpus()[0]
console.log(`Node ${process.version}, ${cpus().length} × ${model}, ${new Date().toISOString().slice(0, 10)}`)
const server = await startServer()
try {
  for (const kind of ['pglite', 'postgresql']) await measure(kind)
} finally {
  await server.stop()
}

async function measure(kind) {
  const root = mkdtempSync(join(tmpdir(), 'convenio-bench-'))
  await createInstallation(root, 'bench', '2025-01-01T00:00:00Z')
  const database = kind === 'postgresql' ? { databaseUrl: await server.database() } : {}
  const ledger = await Ledger.open({
    root,
    ...database,
    actor: 'bench',
    purpose: 'bench',
    now: () => new Date().toISOString(),
  })
  try {
    const { db } = ledger.records
    await sql`create table bare (dataset text, key text, version text, happened_from date, happened_to date, "values" text)`.execute(
      db,
    )
    const bareSingles = await timed(async () => {
      for (let at = 0; at < SINGLES; at += 1) await bare(db, [factOf(at)])
    })
    const singles = await timed(async () => {
      for (let at = 0; at < SINGLES; at += 1) await bring(ledger, [factOf(at)])
    })
    tell(kind, `${SINGLES} single facts`, SINGLES, singles, bareSingles)
    const many = Array.from({ length: BULK }, (_, at) => factOf(SINGLES + at))
    const bareBulk = await timed(async () => {
      for (let at = 0; at < BULK; at += 2000) await bare(db, many.slice(at, at + 2000))
    })
    const bulk = await timed(() => bring(ledger, many))
    tell(kind, `${BULK} facts in one import`, BULK, bulk, bareBulk)
    const again = await timed(() => bring(ledger, many))
    tell(kind, 'the same again: all duplicates', BULK, again, bareBulk)
  } finally {
    await ledger.close()
    rmSync(root, { recursive: true, force: true })
  }
}

function factOf(at) {
  const day = new Date(Date.UTC(2023, 6, 1 + (at % 1000))).toISOString().slice(0, 10)
  const values = { number: `INC${at}`, minutesToResolve: String(at % 300), priority: '3' }
  const common = { dataset: 'incidents', key: `INC${at}`, version: day, from: day, to: day, values }
  return { ...common, owner: 'C-001', grade: 'reported', file: 'bench.json', row: String(at), sha256: '00' }
}

function bring(ledger, facts) {
  const brought = {
    source: 'incidents',
    sourceVersion: 1,
    label: 'bench',
    receivedAt: '2025-01-31',
    remarks: {},
    rejects: [],
  }
  const file = { name: 'bench.json', sha256: '00', bytes: 0, rejected: 0, rows: facts.map((fact) => [fact]) }
  return commitRecords(ledger, brought, [file])
}

async function bare(db, facts) {
  const list = JSON.stringify(
    facts.map(({ dataset, key, version, from, to, values }) => ({
      dataset,
      key,
      version,
      from,
      to,
      values: JSON.stringify(values),
    })),
  )
  await sql`insert into bare select * from jsonb_to_recordset(${list}::jsonb)
    as t (dataset text, key text, version text, "from" date, "to" date, "values" text)`.execute(db)
}

async function timed(work) {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

function tell(kind, what, count, seconds, bareSeconds) {
  const rate = Math.round(count / seconds)
  const ratio = (bareSeconds / seconds).toFixed(2)
  console.log(
    `${kind.padEnd(11)} ${what.padEnd(32)} ${seconds.toFixed(1).padStart(7)} s ${String(rate).padStart(8)}/s  ${ratio} of the bare insert's speed`,
  )
}
