import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openScenario } from '../../src/twin/index.ts'
import { PARTS } from '../../src/twin/parts.ts'
import type { Scenario } from '../../src/twin/world.ts'
import { filled, SCENARIO_FILE, SCENARIO_TEXT } from './core-setting.ts'

function wholeScenario(): Scenario {
  const { scenario, problems } = openScenario(SCENARIO_TEXT, SCENARIO_FILE)
  if (!scenario) throw new Error(JSON.stringify(problems, null, 1))
  return scenario
}

describe('all parts together', () => {
  it('have ids of their own', () => {
    expect(new Set(PARTS.map((each) => each.id)).size).toBe(PARTS.length)
  })

  it('give the same bytes twice', { timeout: 120_000 }, async () => {
    const request = { scenario: wholeScenario(), parts: PARTS, seed: 3, from: '2024-06', to: '2024-06', scale: 0.02 }
    const first = await filled(request)
    const again = await filled(request)
    expect(again.hash).toBe(first.hash)
    expect((await filled({ ...request, seed: 4 })).hash).not.toBe(first.hash)
  })

  it('plant exactly the kinds that FAULTS.md describes', { timeout: 240_000 }, async () => {
    const described = [...readFileSync('src/twin/FAULTS.md', 'utf8').matchAll(/^### (.+)$/gm)].map(([, kind]) => kind)
    const { truth } = await filled({ scenario: wholeScenario(), parts: PARTS, seed: 1, scale: 0.05 })
    const planted = new Set(truth.faults.map((each) => each.kind))
    expect([...planted].sort()).toEqual(described.sort())
    expect(new Set(truth.faults.map((each) => each.id)).size).toBe(truth.faults.length)
  })
})
