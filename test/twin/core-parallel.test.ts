import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type * as parts from '../../src/twin/parts.ts'
import type * as run from '../../src/twin/run.ts'
import type { Part } from '../../src/twin/world.ts'
import { filled, wholeScenario } from './core-setting.ts'

// A thread begins with a file of JavaScript, so this is about the built package.
const built = pathToFileURL(join(import.meta.dirname, '../../dist/twin/'))
const { simulate } = (await import(new URL('run.js', built).href)) as typeof run
const { PARTS } = (await import(new URL('parts.js', built).href)) as typeof parts
const room = mkdtempSync(join(tmpdir(), 'twin-parallel-'))
afterAll(() => rmSync(room, { recursive: true }))

const scenario = wholeScenario()
const request = { scenario, seed: 5, from: '2024-05', to: '2024-06', scale: 0.02, parallel: true }
const bill = PARTS.find((each) => each.id === 'bill') as Part
const few = [...PARTS.slice(0, 6), bill]

describe('with a second thread', { timeout: 60_000 }, () => {
  it('the files and the truth are the same', async () => {
    const out = join(room, 'same')
    const told: run.SimulateProgress[] = []
    const { truth } = await simulate({ ...request, parts: few, out, onProgress: (each) => told.push({ ...each }) })
    const alone = await filled({ ...request, parallel: false, parts: few })
    expect(truth).toEqual(alone.truth)
    const hash = createHash('sha256')
    for (const name of [...alone.files.keys()].sort()) {
      const bytes = readFileSync(join(out, name))
      hash.update(`${name}\0${bytes.length}\0`).update(bytes)
    }
    expect(hash.digest('hex')).toBe(alone.hash)
    expect(told.map((each) => each.done)).toEqual(told.map((each) => each.done).sort((a, b) => a - b))
    expect(told.at(-1)?.done).toBeCloseTo(1, 10)
    expect(told.at(-1)?.files).toBe(truth?.files)
    expect(told.filter((each) => each.part === 'bill').length).toBeGreaterThan(1)
  })

  it('its failure ends the run, and the folder can be filled again', async () => {
    const out = join(room, 'thread')
    const broken = { ...scenario, parts: { ...scenario.parts, bill: { accounts: 'none' } } }
    const slow: Part = {
      id: 'slow',
      weight: () => 1,
      async write(_, output, progress) {
        for (let at = 0; at < 1000; at += 1) {
          await output.file(`slow/${at}`, 'x')
          await new Promise((resolve) => setTimeout(resolve, 50))
          progress(at / 1000)
        }
        return { totals: {}, faults: [] }
      },
    }
    const failing = simulate({ ...request, scenario: broken, parts: [slow, bill], out })
    await expect(failing).rejects.toThrow(/accounts/)
    expect(readdirSync(join(out, 'slow')).length).toBeLessThan(400)
    expect(existsSync(join(out, 'truth.json'))).toBe(false)
    expect((await simulate({ ...request, parts: few, out })).truth?.files).toBeGreaterThan(10)
    expect(existsSync(join(out, 'slow'))).toBe(false)
  })

  it('the failure of another part ends it before the run is given up', async () => {
    const out = join(room, 'other')
    const failing: Part = {
      id: 'failing',
      weight: () => 1,
      async write(_, __, progress) {
        while (!existsSync(join(out, 'bill'))) {
          await new Promise((resolve) => setTimeout(resolve, 20))
          progress(0)
        }
        throw new Error('power cut')
      },
    }
    const { from: _, ...long } = request
    await expect(simulate({ ...long, parts: [failing, bill], out })).rejects.toThrow('power cut')
    const left = readdirSync(out, { recursive: true }).length
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(readdirSync(out, { recursive: true })).toHaveLength(left)
    expect(readdirSync(join(out, 'bill/cur-daily/data')).length).toBeLessThan(12)
    expect((await simulate({ ...request, parts: few, out })).problems).toEqual([])
  })
})
