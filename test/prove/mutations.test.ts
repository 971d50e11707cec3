import { expect, it } from 'vitest'
import { mutate } from '../reading/mutate.ts'
import { realDocument, textOf } from '../reading/setting.ts'
import { survive } from '../reading/survive.ts'

const SEEDS = 10_000

it(`survives ${SEEDS} seeded mutations of the document`, () => {
  const text = realDocument() ?? textOf('agreements/wom-aws-chile/agreement.md')
  const outcomes = { read: 0, refused: 0 }
  let slowest = 0
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const begun = performance.now()
    try {
      outcomes[survive(mutate(text, seed))] += 1
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`)
    }
    slowest = Math.max(slowest, performance.now() - begun)
  }
  console.info(
    `${SEEDS} mutations: ${outcomes.read} read, ${outcomes.refused} refused with a problem, slowest ${Math.round(slowest)} ms`,
  )
  expect(outcomes.read + outcomes.refused).toBe(SEEDS)
})
