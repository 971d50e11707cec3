import { afterEach, beforeEach, expect, test } from 'vitest'
import { forms, mutate } from './bill-mutations.ts'
import { type BulkBench, bulkBench } from './bulk-context.ts'

let bench: BulkBench
beforeEach(async () => {
  bench = await bulkBench()
})
afterEach(() => bench.close())

// `npm run prove` tries 500 of each.
const TIMES = 60

for (const form of ['csv', 'csv.gz', 'parquet'] as const) {
  test(`damaged ${form}: refused, or every row kept or told`, async () => {
    const bytes = (await forms(bench))[form]
    const outcomes = await mutate(bench, form, bytes, TIMES, 20240131)
    expect(outcomes.broken).toEqual([])
    // A test in which nothing was read, or nothing refused, would show nothing.
    if (form === 'csv') expect(outcomes.read).toBeGreaterThan(TIMES / 4)
    else expect(outcomes.refused + outcomes.unrecognised).toBeGreaterThan(TIMES / 4)
  }, 120_000)
}
