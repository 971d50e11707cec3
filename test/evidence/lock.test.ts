import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { acquireLock, describeHolder, holderOfFolder, type Lock } from '../../src/evidence/lock.ts'
import { type Child, compile, run, says } from './compiled.ts'

let compiled = ''
beforeAll(() => {
  compiled = compile('evidence/lock.ts')
}, 60_000)

const newFolder = () => mkdtempSync(join(tmpdir(), 'convenio-lock-'))
const purpose = 'a test'

async function take(folder: string, waitMs = 0): Promise<Lock> {
  const lock = await acquireLock(folder, { purpose, waitMs })
  if ('heldBy' in lock) throw new Error(`held by ${JSON.stringify(lock.heldBy)}`)
  return lock
}

function holder(folder: string, rest = 'setInterval(() => {}, 1000)'): Child {
  const text = JSON.stringify(folder)
  return run(
    compiled,
    `import { acquireLock } from './evidence/lock.js'
    const lock = await acquireLock(${text}, { purpose: 'child', waitMs: 10000 })
    console.log('heldBy' in lock ? 'refused' : 'holding')
    ${rest}`,
  )
}

describe('the lock of a folder', () => {
  it('belongs to one, says who, and can be given back and taken again', async () => {
    const folder = newFolder()
    const lock = await take(folder)
    const other = await acquireLock(folder, { purpose: 'another', waitMs: 20 })
    expect(other).toEqual({ heldBy: expect.objectContaining({ pid: process.pid, purpose, elsewhere: false }) })
    expect(holderOfFolder(folder)?.pid).toBe(process.pid)
    lock.release()
    lock.release()
    expect(holderOfFolder(folder)).toBeUndefined()
    for (let again = 0; again < 50; again += 1) (await take(folder)).release()
    expect(readdirSync(folder)).toEqual(['installation.lock'])
  })

  it('waits for as long as it is told', async () => {
    const folder = newFolder()
    const lock = await take(folder)
    setTimeout(() => lock.release(), 150)
    ;(await take(folder, 5000)).release()
  })

  it('keeps two folders of one process apart', async () => {
    const [one, two] = [await take(newFolder()), await take(newFolder())]
    one.release()
    expect(holderOfFolder(one.folder)).toBeUndefined()
    expect(holderOfFolder(two.folder)?.pid).toBe(process.pid)
    two.release()
  })

  it.each([
    ['another machine', { host: 'elsewhere.example' }, 'evidence/locked-elsewhere'],
    ['another container', { space: 'pid:[1]' }, 'evidence/locked-elsewhere'],
  ])('of %s is not taken over but explained', async (_, change, id) => {
    const folder = newFolder()
    await plant(folder, { pid: 1, ...change })
    const answer = await acquireLock(folder, { purpose, waitMs: 0 })
    if (!('heldBy' in answer)) throw new Error('taken')
    expect(answer.heldBy.elsewhere).toBe(true)
    const said = describeHolder(answer.heldBy, folder)
    expect(said.id).toBe(id)
    rmSync(String(said.params.file))
    ;(await take(folder)).release()
  })

  it('that nobody can read is left to a person', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'installation.lock'), '{"id"')
    expect(await acquireLock(folder, { purpose, waitMs: 0 })).toHaveProperty('heldBy')
  })

  it.each([
    ['a number that another process has now', { start: '1' }],
    ['a number that no process has', { pid: 4_194_304 }],
    ['the time before the machine was started anew', { boot: 'another' }],
  ])('of %s is taken over', async (_, change) => {
    const folder = newFolder()
    await plant(folder, { pid: process.ppid, ...change })
    ;(await take(folder)).release()
  })

  async function plant(folder: string, change: Record<string, unknown>): Promise<void> {
    const lock = await take(folder)
    const file = join(folder, 'installation.lock')
    const turn = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    lock.release()
    writeFileSync(file, JSON.stringify({ ...turn, ...change }))
  }
})

describe('the lock among processes', () => {
  it('is held by one of twenty at a time, though some of them die holding it', { timeout: 120_000 }, async () => {
    const folder = newFolder()
    const log = join(folder, 'log')
    const dying = 'if (process.argv.length > 0 && Math.random() < 0.15) process.kill(process.pid, "SIGKILL")'
    const script = `
      import { appendFileSync } from 'node:fs'
      import { setTimeout } from 'node:timers/promises'
      import { acquireLock } from './evidence/lock.js'
      const say = (word) => appendFileSync(${JSON.stringify(log)}, word + ' ' + process.pid + '\\n')
      for (let turn = 0; turn < 10; turn += 1) {
        const lock = await acquireLock(${JSON.stringify(folder)}, { purpose: 'one of twenty', waitMs: 60000 })
        if ('heldBy' in lock) { console.log('starved'); process.exit(3) }
        say('in')
        await setTimeout(Math.random() * 3)
        ${dying}
        say('out')
        lock.release()
      }`
    const children = [...Array(20).keys()].map(() => run(compiled, script))
    const ends = await Promise.all(children.map((child) => child.ended))
    const died = ends.filter(({ signal }) => signal === 'SIGKILL').length
    expect(ends.filter(({ code, signal }) => code !== 0 && signal !== 'SIGKILL')).toEqual([])
    // "In" after "in" is allowed only where the first of them died inside.
    let inside: string | undefined
    let deaths = 0
    let turns = 0
    for (const line of readFileSync(log, 'utf8').trimEnd().split('\n')) {
      const [word, pid] = line.split(' ')
      if (word === 'in') {
        if (inside !== undefined) deaths += 1
        inside = pid
        turns += 1
      } else {
        expect(pid).toBe(inside)
        inside = undefined
      }
    }
    expect(deaths + (inside === undefined ? 0 : 1)).toBe(died)
    expect(turns).toBeGreaterThan(20)
  })

  it('of a killed process is taken by the next, twenty times', { timeout: 120_000 }, async () => {
    const folder = newFolder()
    for (let time = 0; time < 20; time += 1) {
      const child = holder(folder)
      await says(child, 'holding')
      expect(await acquireLock(folder, { purpose, waitMs: 0 })).toEqual({
        heldBy: expect.objectContaining({ pid: child.pid, purpose: 'child' }),
      })
      child.kill('SIGKILL')
      ;(await take(folder, 2000)).release()
      await child.ended
    }
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is given back on %s, which still ends the process',
    async (signal) => {
      const folder = newFolder()
      const child = holder(folder)
      await says(child, 'holding')
      child.kill(signal)
      expect((await child.ended).signal).toBe(signal)
      expect(JSON.parse(readFileSync(join(folder, 'installation.lock'), 'utf8'))).toHaveProperty('pid', 0)
    },
  )

  it('is kept through a signal that the process finishes its work at, and given back at its end', async () => {
    const folder = newFolder()
    const child = holder(
      folder,
      `process.on('SIGTERM', () => { console.log('finishing'); setTimeout(() => process.exit(5), 300) })
       setInterval(() => {}, 1000)`,
    )
    await says(child, 'holding')
    child.kill('SIGTERM')
    await says(child, 'finishing')
    expect(holderOfFolder(folder)?.pid).toBe(child.pid)
    expect((await child.ended).code).toBe(5)
    expect(JSON.parse(readFileSync(join(folder, 'installation.lock'), 'utf8'))).toHaveProperty('pid', 0)
  })
})
