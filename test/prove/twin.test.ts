import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PARTS } from '../../src/twin/parts.ts'
import { filled, wholeScenario } from '../twin/core-setting.ts'

describe('the whole twin at full size', () => {
  const request = { scenario: wholeScenario(), parts: PARTS }

  test('gives the same bytes twice, and others with another seed', async () => {
    const first = await filled({ ...request, seed: 1 })
    expect((await filled({ ...request, seed: 1 })).hash).toBe(first.hash)
    expect((await filled({ ...request, seed: 2 })).hash).not.toBe(first.hash)
  })

  test.each([1, 2, 3])('plants exactly the kinds that FAULTS.md describes with seed %i', async (seed) => {
    const described = [...readFileSync('src/twin/FAULTS.md', 'utf8').matchAll(/^### (.+)$/gm)].map(([, kind]) => kind)
    const { truth } = await filled({ ...request, seed })
    expect([...new Set(truth.faults.map((each) => each.kind))].sort()).toEqual(described.sort())
    expect(new Set(truth.faults.map((each) => each.id)).size).toBe(truth.faults.length)
  })
})
