import { expect, it } from 'vitest'
import { mutate } from './mutate.ts'
import { realDocument, textOf } from './setting.ts'
import { survive } from './survive.ts'

const SEEDS = 300

it(`survives ${SEEDS} seeded mutations (npm run prove tries 10,000)`, { timeout: 120_000 }, () => {
  const text = realDocument() ?? textOf('agreements/wom-aws-chile/agreement.md')
  const outcomes = { read: 0, refused: 0 }
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    try {
      outcomes[survive(mutate(text, seed))] += 1
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`)
    }
  }
  expect(outcomes.read + outcomes.refused).toBe(SEEDS)
  expect(outcomes.read).toBeGreaterThan(SEEDS / 2)
})
