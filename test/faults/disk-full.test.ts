import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Home, openLedger, stopServer } from '../evidence/places.ts'
import { clearAway, type Ended, environment, installed, MAIN, newFolder, ROOT, run, smallBusiness } from './business.ts'
import { expectSound } from './kill.ts'

const STACK = /\n\s+at .+:\d+:\d+|TypeError|ReferenceError|Convenio itself failed/
const TIMEOUT = 240_000

let business = ''
beforeAll(() => {
  business = smallBusiness(7).files
}, TIMEOUT)
afterAll(async () => {
  await stopServer()
  clearAway()
})

/** Runs the command line where no file may grow beyond so many kilobytes. */
function limited(kilobytes: number, home: Home, ...args: string[]): Ended {
  // POSIX counts in blocks of 512 bytes; bash, where it is `sh`, would count in 1024.
  const script = `ulimit -f ${kilobytes * 2}; exec "$0" "$@"`
  const options = { cwd: ROOT, env: environment(home), encoding: 'utf8', timeout: 120_000 } as const
  const done = spawnSync('sh', ['-c', script, process.execPath, MAIN, ...args], options)
  return { code: done.status, out: done.stdout, err: done.stderr }
}

async function expectNothingOf(home: Home): Promise<void> {
  const ledger = await openLedger(home)
  await expectSound(ledger)
  expect(await ledger.imports()).toEqual([])
  await ledger.close()
}

// The records are elsewhere, so that the limit meets the files of the ledger and not the log of the embedded database.
test('a file that may not grow any more: said, nothing half there, and the next import works', {
  timeout: TIMEOUT,
}, async () => {
  const home = await installed('postgresql')
  const contacts = join(business, 'contacts')
  const ended = limited(4, home, 'import', contacts, '--language', 'es')
  expect(ended.code, ended.out).toBe(1)
  expect(ended.err).toMatch(/superó el tamaño que este sistema permite|No queda espacio/)
  expect(ended.out + ended.err).not.toMatch(STACK)
  await expectNothingOf(home)
  const after = run(home, 'import', contacts)
  expect(after.code, after.err).toBe(0)
  expect(after.out).toMatch(/kept [1-9]/)
})

test('rejected rows that find no room take the whole file with them', { timeout: TIMEOUT }, async () => {
  const home = await installed('postgresql')
  const [header, good] = readFileSync(join(business, 'surveys/responses-2024-Q4.csv'), 'utf8').split(/\r?\n/)
  const bad = Array.from({ length: 200 }, (_, at) => `R_${at},never,SV_1,C-001,gas-peumo,10,5,Ana Rojas,`)
  const file = join(newFolder(), 'responses.csv')
  writeFileSync(file, [header, good, ...bad].join('\n'))
  const ended = limited(8, home, 'import', file)
  expect(ended.code, ended.out).toBe(1)
  expect(ended.err).toMatch(/rejects\/.*grew larger than this system allows.*ulimit/s)
  await expectNothingOf(home)
  const after = run(home, 'import', file)
  expect(after.out).toMatch(/read 201 = kept 1 \+ .* rejected 200/)
})

/** A small disk of its own; undefined where this user may not have one. */
function smallDisk(megabytes: number): { folder: string; eject: () => void } | undefined {
  const folder = newFolder('convenio-disk-')
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (made.status !== 0) return undefined
  return { folder, eject: () => spawnSync('umount', ['-l', folder]) }
}

const disk = smallDisk(80)
afterAll(() => disk?.eject())

// Only root may mount a disk; the limit of a file's size is tried everywhere.
test.skipIf(!disk)(
  'a disk that is full or fills up, with the embedded database on it',
  { timeout: TIMEOUT },
  async () => {
    const { folder } = disk as NonNullable<typeof disk>
    const first = await installed('pglite')
    const big = join(newFolder(), 'many.gz')
    const incidents = JSON.parse(readFileSync(join(business, 'incidents/incident-2025-01.json'), 'utf8')).result
    const many = Array.from({ length: 20_000 }, (_, at) => ({
      ...incidents[0],
      number: `INC9${at}`,
      sys_id: `many${at}`,
    }))
    writeFileSync(big, gzipSync(JSON.stringify({ result: many })))
    for (const left of [0, 60, 600, 4000]) {
      const home = { root: join(folder, 'data') }
      rmSync(home.root, { recursive: true, force: true })
      mkdirSync(home.root)
      cpSync(first.root, home.root, { recursive: true })
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - left * 1024)))
      const ended = run(home, 'import', big, '--language', 'es')
      expect(ended.code, `${left} KB left: ${ended.out}${ended.err}`).toBe(1)
      expect(ended.err, `${left} KB left`).toMatch(/No queda espacio en el disco/)
      expect(ended.out + ended.err).not.toMatch(STACK)
      rmSync(join(folder, 'filler'))
      await expectNothingOf(home)
      const after = run(home, 'import', join(business, 'incidents'))
      expect(after.code, after.err).toBe(0)
      expect(after.out).toMatch(/kept [1-9]/)
    }
  },
)
