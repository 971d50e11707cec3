import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type SimulateProgress, simulate } from '../../src/twin/run.ts'
import type { Part } from '../../src/twin/world.ts'
import { exampleScenario, filled, OWN_PARTS } from './core-setting.ts'

const room = mkdtempSync(join(tmpdir(), 'twin-run-'))
afterAll(() => rmSync(room, { recursive: true }))
const scenario = exampleScenario()
const short = { scenario, seed: 4, from: '2024-11', to: '2025-01', scale: 0.3, parts: OWN_PARTS }

describe('simulate', () => {
  it('gives the same bytes twice, and others with another seed, range or scale', async () => {
    const first = await filled({ seed: 4 })
    const again = await filled({ seed: 4 })
    const other = await filled({ seed: 5 })
    const smaller = await filled({ seed: 4, scale: 0.2 })
    expect(again.hash).toBe(first.hash)
    expect(new Set([first.hash, other.hash, smaller.hash]).size).toBe(3)
    expect(JSON.parse(first.files.get('truth.json') ?? '')).toEqual(first.truth)
    expect(first.files.size).toBe(first.truth.files + 1)
    expect(first.truth.folders.length).toBeGreaterThan(5)
  })

  it('replaces its own earlier files and leaves nothing of them', async () => {
    const out = join(room, 'twice')
    await simulate({ ...short, out, from: '2024-01' })
    expect(existsSync(join(out, 'certificates/certifications-2024-03-31.csv'))).toBe(true)
    const { truth } = await simulate({ ...short, out })
    expect(truth?.from).toBe('2024-11')
    expect(readdirSync(join(out, 'certificates'))).toHaveLength(3)
    expect(readdirSync(out).sort()).toEqual([...(truth?.folders ?? []), 'truth.json'].sort())
  })

  it.each(['notes.txt', 'truth.json'])('refuses a folder that holds a foreign %s and touches nothing', async (name) => {
    const out = join(room, `foreign-${name}`)
    mkdirSync(out)
    writeFileSync(join(out, name), '{}')
    const { truth, problems } = await simulate({ ...short, out })
    expect(truth).toBeUndefined()
    expect(problems).toMatchObject([{ code: 'twin/not-empty', message: { params: { names: [name] } } }])
    expect(readdirSync(out)).toEqual([name])
  })

  it('refuses a folder of its own to which something was added', async () => {
    const out = join(room, 'added')
    await simulate({ ...short, out })
    writeFileSync(join(out, 'mine.csv'), 'x')
    const { problems } = await simulate({ ...short, out })
    expect(problems.map((each) => each.code)).toEqual(['twin/not-empty'])
    expect(readFileSync(join(out, 'mine.csv'), 'utf8')).toBe('x')
  })

  it('starts anew where a run was interrupted', async () => {
    const out = join(room, 'interrupted')
    const broken: Part = {
      id: 'broken',
      weight: () => 1,
      write: () => Promise.reject(new Error('power cut')),
    }
    await expect(simulate({ ...short, out, parts: [...OWN_PARTS, broken] })).rejects.toThrow('power cut')
    expect(existsSync(join(out, 'truth.json'))).toBe(false)
    const { truth } = await simulate({ ...short, out })
    expect(truth?.files).toBeGreaterThan(5)
    expect(readdirSync(out)).not.toContain('.simulating')
  })

  it.each([
    [{ from: '2023-06' }, 'twin/bad-month'],
    [{ to: '2026-07' }, 'twin/bad-month'],
    [{ from: '2024-1' }, 'twin/bad-month'],
    [{ from: '2025-01', to: '2024-12' }, 'twin/bad-order'],
    [{ scale: 0 }, 'twin/bad-scale'],
    [{ scale: Number.NaN }, 'twin/bad-scale'],
    [{ seed: 1.5 }, 'twin/bad-seed'],
  ])('with %j is a problem and writes nothing', async (wrong, code) => {
    const out = join(room, 'never')
    const { problems } = await simulate({ ...short, ...wrong, out })
    expect(problems.map((each) => each.code)).toContain(code)
    expect(existsSync(out)).toBe(false)
  })

  it('tells progress that only grows and ends with all', async () => {
    const told: SimulateProgress[] = []
    await simulate({ ...short, out: join(room, 'told'), onProgress: (each) => told.push({ ...each }) })
    const shares = told.map((each) => each.done)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBeCloseTo(1, 10)
    expect(new Set(told.map((each) => each.part))).toEqual(new Set(OWN_PARTS.map((each) => each.id)))
    expect(told.at(-1)?.bytes).toBeGreaterThan(10_000)
  })
})
