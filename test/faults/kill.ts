import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { verifyChain } from '../../src/evidence/audit/index.ts'
import { auditEntries, damagedFiles, type Ledger } from '../../src/evidence/ledger/index.ts'
import { type Home, type Kind, openLedger } from '../evidence/places.ts'
import { environment, filesBelow, installed, MAIN, ROOT, run } from './business.ts'

const EVER = '9999-12-31'

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
    const engine = await ledger.engine()
    const columns = await engine.all<{ column_name: string }>(`describe select * from ${rows}`)
    // Imports have other names in each installation, and so have persons; everything else is the same to the letter.
    const sums = columns
      .map(({ column_name: name }) => name)
      .filter((name) => name !== '_import')
      .map((name) => {
        const text = String.raw`regexp_replace("${name}"::varchar, '\b([a-z]+)-[0-9a-f]{16}\b', '\1', 'g')`
        return `sum(hash(${text})::hugeint)::varchar as "${name}"`
      })
    const [digests] = await engine.all(`select count(*) as rows, ${sums.join(', ')} from ${rows}`)
    bulk[dataset] = digests
  }
  return { facts: withoutPseudonyms(facts), bulk }
}

// Pseudonyms are made with keys of the installation's own: two installations name the same person differently.
function withoutPseudonyms(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/person-[0-9a-f]+/g, 'person'))
}

/** What must be true of a ledger at any moment, whatever was killed before; gives the imports that it has. */
export async function expectSound(ledger: Ledger, acknowledged: readonly string[] = []): Promise<string[]> {
  const { db } = ledger.records
  const imports = await ledger.imports()
  const ids = imports.map((each) => each.id)
  // Nothing that was there once may ever be gone.
  expect(ids).toEqual(expect.arrayContaining([...acknowledged]))
  for (const { tally } of imports)
    expect(tally.read).toBe(tally.kept + tally.duplicate + tally.superseded + tally.rejected)
  const files = await db
    .selectFrom('import_files')
    .innerJoin('imports', 'imports.id', 'import_files.import')
    .select(['source', 'name', 'sha256'])
    .execute()
  const names = files.map(({ source, name, sha256 }) => `${source} ${name} ${sha256}`)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  // Each file on the disk belongs to an import, and each import's files are there, to the bit.
  const { files: listed, damaged } = await damagedFiles(ledger)
  expect(damaged).toEqual([])
  const { bulk, rejects, staging } = ledger.places
  expect(filesBelow(bulk).length + filesBelow(rejects).length).toBe(listed)
  expect(filesBelow(staging)).toEqual([])
  expect(await verifyChain(auditEntries(db))).not.toHaveProperty('broken')
  return ids
}

/**
 * Kills an import at so many moments, looks after each whether the ledger is sound, lets the last one finish, and expects what an
 * import that was never disturbed gives. An import that was faster than its killer is no kill; returns how many there were.
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
  for (let tries = 0; hits < kills && tries < kills * 4; ) {
    const home = await installed(kind)
    let acknowledged: string[] = []
    // A few kills in a row on one installation, so that also what a kill left is killed while it is being mended.
    for (let inRow = 0; inRow < 4 && hits < kills; inRow += 1) {
      tries += 1
      const hit = await killedAfter(home, files, ((0.1 + random() * 0.8) * whole) / (1 + inRow / 2))
      const ledger = await openLedger(home)
      acknowledged = await expectSound(ledger, acknowledged)
      await ledger.close()
      if (!hit) break
      hits += 1
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
  const args = [MAIN, 'import', files, '--received-at', '2025-02-10']
  const child = spawn(process.execPath, args, { cwd: ROOT, env: environment(home), stdio: 'ignore' })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  await Promise.race([sleep(ms), ended])
  child.kill('SIGKILL')
  return (await ended) === 'SIGKILL'
}
