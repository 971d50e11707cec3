import { afterAll, describe, expect, test } from 'vitest'
import { KINDS, stopServer } from '../evidence/places.ts'
import { clearAway, smallBusiness } from './business.ts'
import { killImports } from './kill.ts'

afterAll(async () => {
  await stopServer()
  clearAway()
}, 60_000)

/** A repeatable stream of numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('kill -9 while importing', { timeout: 600_000 }, () => {
  test.each(KINDS)('on %s: nothing lost, nothing doubled, and the next import completes', async (kind) => {
    const hits = await killImports(kind, smallBusiness(7).files, 10, numbers(kind.length))
    expect(hits).toBe(10)
  })
})
