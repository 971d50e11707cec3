import { afterEach, beforeEach, expect, test } from 'vitest'
import { forms, mutate } from '../sources/bill-mutations.ts'
import { type BulkBench, bulkBench } from '../sources/bulk-context.ts'

let bench: BulkBench
beforeEach(async () => {
  bench = await bulkBench()
})
afterEach(() => bench.close())

for (const form of ['csv', 'csv.gz', 'parquet'] as const) {
  test(`500 damaged bills, ${form}: refused, or every row kept or told`, async () => {
    const bytes = (await forms(bench))[form]
    const { broken, ...counts } = await mutate(bench, form, bytes, 500, 7)
    expect(broken).toEqual([])
    expect(counts.read + counts.refused + counts.unrecognised).toBe(500)
    if (form === 'csv') expect(counts.read).toBeGreaterThan(250)
  })
}
