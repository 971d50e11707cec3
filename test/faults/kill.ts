import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { verifyChain } from '../../src/evidence/audit/index.ts'
import { auditEntries, damagedFiles, type Ledger } from '../../src/evidence/ledger/index.ts'
import { type Home, type Kind, newHome, openLedger } from '../evidence/places.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const main = join(root, 'dist/cli/main.js')
const scenario = join(root, 'agreements/wom-aws-chile/twin.yaml')
const EVER = '9999-12-31'

/** Files of a small simulated business: every source, a few months. */
export function smallBusiness(seed: number, months: [string, string] = ['2024-12', '2025-01'], scale = '0.02'): string {
  const out = join(mkdtempSync(join(tmpdir(), 'convenio-business-')), 'files')
  const [from, to] = months
  const range = ['--from', from, '--to', to, '--scale', scale, '--seed', String(seed)]
  const made = spawnSync(process.execPath, [main, 'simulate', scenario, '--out', out, ...range], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr + made.stdout)
  return out
}

/** The environment in which the command line works on a home. */
export function environment(home: Home): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env
  const own = { CONVENIO_DATA: home.root, CONVENIO_LANGUAGE: 'en', NO_COLOR: '1', CONVENIO_WAIT: '30' }
  return { ...rest, ...own, ...(home.databaseUrl ? { DATABASE_URL: home.databaseUrl } : {}) }
}

/** Runs the command line to its end. */
export function run(home: Home, ...args: string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    env: environment(home),
    encoding: 'utf8',
    timeout: 240_000,
  })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

/** A home with an installation of the example. */
export async function installed(kind: Kind): Promise<Home> {
  const home = await newHome(kind)
  const made = run(home, 'init', 'agreements/wom-aws-chile')
  if (made.code !== 0) throw new Error(made.err)
  return home
}

/** Everything that a ledger says, whatever its imports are called: facts, and a digest of every bulk dataset's rows. */
export async function contentOf(ledger: Ledger): Promise<unknown> {
  const facts = (await ledger.facts(EVER)).map(({ import: _, personal: sealed, ...fact }) => ({
    ...fact,
    personal: sealed === undefined ? null : ledger.keyring.open(fact.owner, sealed),
  }))
  const view = await ledger.bulk(EVER)
  const bulk: Record<string, unknown> = {}
  for (const dataset of [...new Set(view.segments.map((each) => each.dataset))].sort()) {
    const rows = ledger.rows(view, dataset)
    const digest = `count(*) as rows, sum(hash(t::varchar)::hugeint)::varchar as digest`
    const [line] = await (await ledger.engine()).all(`select ${digest} from ${rows} t`)
    bulk[dataset] = line
  }
  return { facts: withoutPseudonyms(facts), bulk }
}

// Pseudonyms are made with keys of the installation's own: two installations name the same person differently.
function withoutPseudonyms(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/person-[0-9a-f]+/g, 'person'))
}

/** What must be true of a ledger at any moment, whatever was killed before. */
export async function expectSound(ledger: Ledger, acknowledged: readonly string[]): Promise<string[]> {
  const imports = await ledger.imports()
  const ids = imports.map((each) => each.id)
  // Nothing that was there once may ever be gone.
  expect(ids).toEqual(expect.arrayContaining([...acknowledged]))
  for (const { tally } of imports)
    expect(tally.read).toBe(tally.kept + tally.duplicate + tally.superseded + tally.rejected)
  const { rows: doubled } = await ledger.records.db
    .selectFrom('import_files')
    .innerJoin('imports', 'imports.id', 'import_files.import')
    .select(['source', 'name', 'sha256'])
    .groupBy(['source', 'name', 'sha256'])
    .having((each) => each.fn.countAll(), '>', '1')
    .execute()
    .then((rows) => ({ rows }))
  expect(doubled).toEqual([])
  const { damaged } = await damagedFiles(ledger)
  expect(damaged).toEqual([])
  expect(await verifyChain(auditEntries(ledger.records.db))).not.toHaveProperty('broken')
  return ids
}

/**
 * Kills an import at so many moments, looks after each whether the ledger is sound, lets the last one finish, and expects what an
 * import that was never disturbed gives. Returns how many of the kills hit a running import.
 */
export async function killImports(kind: Kind, files: string, kills: number, random: () => number): Promise<number> {
  const calm = await installed(kind)
  const begun = performance.now()
  const first = run(calm, 'import', files, '--received-at', '2025-02-10')
  expect(first.code, first.err).toBe(0)
  const whole = performance.now() - begun
  const calmLedger = await openLedger(calm)
  const expected = await contentOf(calmLedger)
  await calmLedger.close()
  let hits = 0
  for (let done = 0; done < kills; ) {
    const home = await installed(kind)
    let acknowledged: string[] = []
    // A few kills in a row on one installation, so that also what a kill left is killed while it is being mended.
    for (const last = Math.min(done + 5, kills); done < last; done += 1) {
      if (await killedAfter(home, files, random() * whole * 0.9)) hits += 1
      const ledger = await openLedger(home)
      acknowledged = await expectSound(ledger, acknowledged)
      await ledger.close()
    }
    const finished = run(home, 'import', files, '--received-at', '2025-02-10')
    expect(finished.code, finished.err).toBe(0)
    const ledger = await openLedger(home)
    await expectSound(ledger, acknowledged)
    expect(await contentOf(ledger)).toEqual(expected)
    await ledger.close()
  }
  return hits
}

async function killedAfter(home: Home, files: string, ms: number): Promise<boolean> {
  const child = spawn(process.execPath, [main, 'import', files, '--received-at', '2025-02-10'], {
    cwd: root,
    env: environment(home),
    stdio: 'ignore',
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  await Promise.race([sleep(ms), ended])
  child.kill('SIGKILL')
  return (await ended) === 'SIGKILL'
}

/** Whether the command line is built; the tests of it cannot run without. */
export function isBuilt(): boolean {
  return existsSync(main)
}
