import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PlantedFault } from '../../src/twin/world.ts'
import { filled } from './core-setting.ts'

const described = [
  ...readFileSync('src/twin/FAULTS.md', 'utf8').matchAll(/^### (.+)\n((?:- .+\n(?: {2}.+\n)*)+)/gm),
].map(([, kind = '', text = '']) => ({ kind, text }))
const OWN = [
  ...['accreditation-lapsed', 'certificate-lapsed', 'certificate-of-leaver', 'declared-not-evidenced'],
  ...['inventory-missing-instance', 'subscribers-over-paid', 'training-overspent', 'unencrypted-bucket'],
]

describe('FAULTS.md', () => {
  it('describes at least 25 kinds, each once, with all four of its lines', () => {
    const kinds = described.map((each) => each.kind)
    expect(kinds.length).toBeGreaterThanOrEqual(25)
    expect(new Set(kinds).size).toBe(kinds.length)
    for (const { kind, text } of described) {
      expect(kind).toMatch(/^[a-z]+(-[a-z]+)+$/)
      for (const line of ['In the world', 'Shows in', 'Found by', 'Not to be taken for']) {
        expect(text.split(`- ${line}: `)).toHaveLength(2)
      }
    }
  })
})

describe('the faults of the people and the estate', () => {
  it.each([1, 8, 99])('are all kinds that are ours, told completely, with seed %i', async (seed) => {
    const { truth, files } = await filled({ seed })
    const kinds = [...new Set(truth.faults.map((each) => each.kind))]
    expect(kinds).toEqual(OWN)
    for (const each of truth.faults) wellTold(each, files)
    expect(new Set(truth.faults.map((each) => each.id)).size).toBe(truth.faults.length)
    const byKind = (a: PlantedFault, b: PlantedFault): number => (a.id < b.id ? -1 : 1)
    expect(truth.faults).toEqual([...truth.faults].sort(byKind))
  })

  it('lie in the months asked for', async () => {
    const { truth, files } = await filled({ seed: 8, from: '2024-02', to: '2024-07' })
    for (const each of truth.faults) {
      expect(each.on >= '2024-02-01' && each.on <= '2024-07-31').toBe(true)
      wellTold(each, files)
    }
    expect(truth.faults.length).toBeGreaterThan(2)
  })
})

function wellTold({ kind, id, on, file, subject, effect }: PlantedFault, files: ReadonlyMap<string, string>): void {
  expect(described.map((each) => each.kind)).toContain(kind)
  expect(id).toMatch(new RegExp(`^${kind}-\\d{3}$`))
  expect(on).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  expect([...files.keys()]).toContain(file)
  expect(Object.values(subject).every((each) => each !== '')).toBe(true)
  if (effect) expect(effect.value).toMatch(/^\d+(\.\d+)?$/)
}
