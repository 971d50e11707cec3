import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PARTS } from '../../src/twin/parts.ts'
import { filled, wholeScenario } from './core-setting.ts'

describe('all parts together', () => {
  it('have ids of their own', () => {
    expect(new Set(PARTS.map((each) => each.id)).size).toBe(PARTS.length)
  })

  // At full size and for all months in test/prove/twin.test.ts.
  it('give the same bytes twice', { timeout: 60_000 }, async () => {
    const whole = wholeScenario()
    const few = { contacts: { deployments: 1, months: 1 }, 'agent-events': { deployments: 1, days: 1 } }
    const scenario = { ...whole, parts: { ...whole.parts, ...few } }
    const request = { scenario, parts: PARTS, seed: 3, from: '2024-06', to: '2024-06', scale: 0.02 }
    const first = await filled(request)
    const again = await filled(request)
    expect(again.hash).toBe(first.hash)
    expect((await filled({ ...request, seed: 4 })).hash).not.toBe(first.hash)
    expect(first.truth.folders.length).toBeGreaterThan(16)
  })

  it('plant exactly the kinds that FAULTS.md describes', { timeout: 120_000 }, async () => {
    const described = [...readFileSync('src/twin/FAULTS.md', 'utf8').matchAll(/^### (.+)$/gm)].map(([, kind]) => kind)
    const { truth } = await filled({ scenario: wholeScenario(), parts: PARTS, seed: 1, scale: 0.05 })
    const planted = new Set(truth.faults.map((each) => each.kind))
    expect([...planted].sort()).toEqual(described.sort())
    expect(new Set(truth.faults.map((each) => each.id)).size).toBe(truth.faults.length)
  })
})
