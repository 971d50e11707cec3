import { afterAll, describe, expect, test } from 'vitest'
import { KINDS, stopServer } from '../evidence/places.ts'
import { clearAway, smallBusiness } from '../faults/business.ts'
import { killImports } from '../faults/kill.ts'

afterAll(async () => {
  await stopServer()
  clearAway()
})

describe('kill -9 at 200 random moments', () => {
  test.each(KINDS)('100 of them on %s', async (kind) => {
    const hits = await killImports(kind, smallBusiness(7).files, 100, Math.random)
    console.log(`${kind}: ${hits} imports killed`)
    expect(hits).toBe(100)
  })
})
