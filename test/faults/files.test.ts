import { spawn } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Home, KINDS, openLedger, stopServer } from '../evidence/places.ts'
import {
  clearAway,
  copyOf,
  type Ended,
  environment,
  filesBelow,
  installed,
  MAIN,
  newFolder,
  ROOT,
  run,
  smallBusiness,
} from './business.ts'
import { contentOf, expectSound } from './kill.ts'

const STACK = /\n\s+at .+:\d+:\d+|TypeError|ReferenceError|Convenio itself failed/
const RECEIVED = ['--received-at', '2025-02-10']
const AS_OF = ['--as-of', '2025-01-31', '--known-at', '2025-02-28']

let business = ''
let contacts: string[] = []
let filled: Home

beforeAll(async () => {
  business = smallBusiness(7).files
  contacts = filesBelow(join(business, 'contacts')).map((path) => join(business, 'contacts', path))
  filled = await installed('pglite')
  const few = ['deployments', 'contacts', 'surveys', 'metrics'].map((name) => join(business, name))
  expectPlain(run(filled, 'import', ...few, ...RECEIVED), 0)
}, 240_000)
afterAll(async () => {
  await stopServer()
  clearAway()
})

function expectPlain(ended: Ended, code: number): Ended {
  expect(ended.code, ended.err + ended.out).toBe(code)
  expect(ended.err + ended.out).not.toMatch(STACK)
  return ended
}

/** Runs the command line beside this process. */
function start(home: Home, args: string[], more: { uid?: number; env?: object } = {}): Promise<Ended> {
  const env = { ...environment(home), ...more.env }
  const options = more.uid === undefined ? { cwd: ROOT, env } : { cwd: ROOT, env, uid: more.uid, gid: more.uid }
  const child = spawn(process.execPath, [MAIN, ...args], options)
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

async function expectUntouched(home: Home): Promise<void> {
  const ledger = await openLedger(home)
  await expectSound(ledger)
  expect(await ledger.imports()).toEqual([])
  await ledger.close()
}

describe('files that are not whole', { timeout: 240_000 }, () => {
  test('a gzip file cut at any of 30 places is refused as a whole and named', async () => {
    const home = await installed('pglite')
    const folder = newFolder()
    const [path = ''] = contacts
    const bytes = readFileSync(path)
    const cuts = Array.from({ length: 30 }, (_, at) => Math.max(2, Math.floor((bytes.length - 1) * (at / 29) ** 2)))
    for (const [at, length] of cuts.entries()) writeFileSync(join(folder, `cut-${at}.gz`), bytes.subarray(0, length))
    const { out } = expectPlain(run(home, 'import', folder, ...RECEIVED, '--language', 'es', '--format', 'json'), 1)
    const report = JSON.parse(out)
    expect([report.read, report.kept]).toEqual([0, 0])
    const told = [...report.problems, ...report.deliveries.flatMap((each: { refused: object[] }) => each.refused)]
    const words = told.map(
      (each: { where: { file: string }; message: string }) => `${each.where.file}: ${each.message}`,
    )
    for (const at of cuts.keys())
      expect(words.join('\n'), `cut at ${cuts[at]}`).toMatch(new RegExp(`cut-${at}\\.gz.*(?:cortado|dañado)`))
    await expectUntouched(home)
    // The whole file goes in afterwards.
    expect(expectPlain(run(home, 'import', path, ...RECEIVED), 0).out).toMatch(/kept [1-9]/)
  })

  test('a file that grows while it is read is refused, and goes in when it is whole', async () => {
    const home = await installed('pglite')
    const [path = ''] = contacts
    const one = readFileSync(path)
    const file = join(newFolder(), 'growing.gz')
    writeFileSync(file, Buffer.concat(Array.from({ length: 400 }, () => one)))
    const import_ = start(home, ['import', file, ...RECEIVED, '--language', 'es'])
    const growing = setInterval(() => appendFileSync(file, one), 5)
    const ended = await import_
    clearInterval(growing)
    expectPlain(ended, 1)
    expect(ended.out).toMatch(/growing\.gz/)
    expect(ended.out).toMatch(/cambió\s+mientras/)
    await expectUntouched(home)
    expect(expectPlain(run(home, 'import', file, ...RECEIVED), 0).out).toMatch(/kept [1-9]/)
  })
})

describe('a folder that cannot be written to', { timeout: 240_000 }, () => {
  test('is said to be so, and nothing of it changes', async () => {
    const home = await copyOf(filled)
    const before = filesBelow(home.root)
    const asRoot = process.getuid?.() === 0
    chmodSync(dirname(business), 0o755)
    // Root may write everywhere: somebody else tries then.
    if (asRoot) {
      chmodSync(dirname(home.root), 0o755)
      chmodSync(home.root, 0o555)
      chownSync(home.root, 0, 0)
    } else chmodSync(home.root, 0o555)
    const more = asRoot ? { uid: 65534 } : {}
    const ended = expectPlain(await start(home, ['import', business, '--language', 'es'], more), 1)
    expect(ended.err).toMatch(/Faltan permisos sobre .*data/)
    expect(ended.err).toMatch(/Ejecute como el usuario dueño/)
    const place = join(home.root, 'deeper')
    expectPlain(await start({ root: place }, ['init', 'agreements/wom-aws-chile'], more), 1)
    chmodSync(home.root, 0o755)
    expect(filesBelow(home.root)).toEqual(before)
  })
})

describe.each(KINDS)('two imports at once on %s', { timeout: 240_000 }, (kind) => {
  test('one waits for the other, and the result is that of one after the other', async () => {
    const parts = [
      ['deployments', 'incidents', 'probes'],
      ['changes', 'surveys', 'certificates'],
    ]
    const paths = parts.map((names) => names.map((name) => join(business, name)))
    const calm = await installed(kind)
    for (const each of paths) expectPlain(run(calm, 'import', ...each, ...RECEIVED), 0)
    const home = await installed(kind)
    const ended = await Promise.all(paths.map((each) => start(home, ['import', ...each, ...RECEIVED])))
    for (const each of ended) expectPlain(each, 0)
    const [one, two] = [await openLedger(calm), await openLedger(home)]
    await expectSound(two)
    expect(await contentOf(two)).toEqual(await contentOf(one))
    await one.close()
    // Somebody who will not wait is told who has it.
    const impatient = ['import', ...(paths[0] ?? []), '--language', 'es']
    const held = expectPlain(await start(home, impatient, { env: { CONVENIO_WAIT: '0' } }), 1)
    expect(held.err).toContain(`está en uso por el proceso ${process.pid} (test, desde `)
    await two.close()
    expectPlain(await start(home, impatient, { env: { CONVENIO_WAIT: '0' } }), 0)
  })
})

describe('damage on the disk', { timeout: 240_000 }, () => {
  const listed = (home: Home, ending: string) =>
    filesBelow(join(home.root, 'bulk')).filter((path) => path.endsWith(ending))

  test('one bit in a segment or a sealed file is found and named', async () => {
    const home = await copyOf(filled)
    const files = [listed(home, '.parquet')[0] ?? '', listed(home, '.sealed')[0] ?? '']
    for (const path of files) {
      const place = join(home.root, 'bulk', path)
      const bytes = readFileSync(place)
      const at = Math.floor(bytes.length / 2)
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
      writeFileSync(place, bytes)
    }
    const { err } = expectPlain(run(home, 'audit', 'verify', '--language', 'es'), 1)
    for (const path of files) expect(err).toContain(`bulk/${path} no es lo que se importó`)
    expect(err.trim().split('\n')).toHaveLength(2)
  })

  test('a segment that is missing or no Parquet any more is named when standing is asked', async () => {
    const home = await copyOf(filled)
    const path =
      listed(home, '.parquet').find((each) => each.startsWith('contact-records/') && !each.includes('/dead/')) ?? ''
    const place = join(home.root, 'bulk', path)
    const whole = readFileSync(place)
    writeFileSync(place, whole.subarray(0, whole.length - 4))
    const damaged = expectPlain(run(home, 'standing', ...AS_OF), 1)
    expect([damaged.out, damaged.err]).toEqual(['', expect.stringContaining(`bulk/${path} is damaged`)])
    rmSync(place)
    const missing = expectPlain(run(home, 'standing', ...AS_OF, '--language', 'es'), 1)
    expect(missing.err).toMatch(new RegExp(`^Falta bulk/${path}.*Recupérelo de un respaldo`))
    expect(expectPlain(run(home, 'audit', 'verify'), 1).err).toContain(`bulk/${path} is missing`)
    writeFileSync(place, whole)
    expectPlain(run(home, 'standing', ...AS_OF), 0)
    expectPlain(run(home, 'audit', 'verify'), 0)
  })

  test('files that are no evidence of anything are named beside the good ones', async () => {
    const home = await installed('pglite')
    const folder = newFolder()
    mkdirSync(join(folder, 'odd'))
    writeFileSync(join(folder, 'odd', 'empty.json'), '')
    writeFileSync(join(folder, 'odd', 'zip.gz'), gzipSync('nothing that anybody knows'))
    cpSync(join(business, 'surveys'), join(folder, 'surveys'), { recursive: true })
    const report = JSON.parse(expectPlain(run(home, 'import', folder, '--format', 'json'), 0).out)
    expect(report.unrecognised).toEqual(['odd/empty.json', 'odd/zip.gz'])
    expect(report.kept).toBeGreaterThan(5)
  })
})
