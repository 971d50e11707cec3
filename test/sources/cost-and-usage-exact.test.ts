import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decimalOfDouble } from '../../src/sources/cost-and-usage/exact.ts'
import { slashOrder } from '../../src/sources/cost-and-usage/survey.ts'
import { numbers } from './bill-mutations.ts'
import {
  type Charge,
  exactSum,
  FOCUS_HEADER,
  focusCsv,
  focusRecord,
  importFiles,
  parquet,
  sumOf,
  textOf,
  unitsOf,
  write,
} from './bills.ts'
import { type BulkBench, bulkBench } from './bulk-context.ts'

let bench: BulkBench
beforeEach(async () => {
  bench = await bulkBench()
})
afterEach(() => bench.close())

/** Doubles as bills have them and as they never should: few digits, all digits, large, tiny, sums of others, edges of the steps. */
function doubles(seed: number, count: number): number[] {
  const next = numbers(seed)
  const fraction = (): number => next() / 2 ** 32
  const found: number[] = [
    0,
    -0,
    0.1 + 0.2,
    1e21,
    -1e21,
    1999.999999999999,
    2000,
    2000.000000000001,
    1.999999999999999,
    2e9,
    5e-324,
    9e-300,
    6e-18,
    9.9e-20,
    4.9e-17,
    5e-17,
    5.1e-17,
    1.5e-16,
  ]
  while (found.length < count) {
    const decimals = next() % 17
    const size = 10 ** (next() % 9)
    found.push(Number((fraction() * size).toFixed(decimals)))
    found.push(-fraction() * size)
    found.push(fraction() * 1e-9)
    found.push((found[next() % found.length] as number) + fraction())
    found.push(Number(`${next() % 3_000_000}.${String(next() % 1_000_000).padStart(6, '0')}`))
  }
  return found
}

test('a double is its shortest decimal: 20,000 against digits of another kind', async () => {
  const values = doubles(11, 20_000)
  const texts = values.map((value) => (Object.is(value, -0) ? '-0' : String(value)))
  await bench.engine.run(`CREATE TABLE doubles AS SELECT generate_subscripts(x, 1) AS n, unnest(x)::DOUBLE AS x
    FROM (SELECT [${texts.map((text) => `'${text}'`).join(', ')}]::VARCHAR[] AS x)`)
  const rows = await bench.engine.all<{ d: string }>(
    `SELECT (${decimalOfDouble('x')})::VARCHAR AS d FROM doubles ORDER BY n`,
  )
  const wrong = texts.flatMap((text, at) => (rows[at]?.d === textOf(unitsOf(text)) ? [] : [`${text}: ${rows[at]?.d}`]))
  expect(wrong).toEqual([])
})

const charges = fc.array(
  fc.record({
    cost: fc
      .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.nat(999_999_999))
      .map(([whole, part]) => `${whole}.${String(part).padStart(11, '0')}`),
    month: fc.constantFrom('2024-01', '2024-02'),
    region: fc.constantFrom('us-east-1', 'sa-east-1', ''),
    service: fc.constantFrom('Amazon Connect', '"Amazon ""Connect"", voice"', 'AWS Support', '"two\nlines"'),
  }),
  { minLength: 1, maxLength: 30 },
)

describe('order, cut and packing of the same rows', () => {
  test('never change a sum, and the second import adds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(charges, fc.integer({ min: 1, max: 1000 }), fc.nat(29), async (rows: Charge[], seed, cut) => {
        bench.standing = []
        const first = await importFiles(bench, [write(bench, 'a.csv', focusCsv(rows))])
        expect(first.readings[0]?.rejects).toEqual([])
        expect(await sumOf(bench)).toBe(exactSum(rows.map(({ cost }) => cost)))
        const order = numbers(seed)
        const mixed = rows
          .map((row) => ({ row, at: order() }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row)
        const files = [mixed.slice(0, cut), mixed.slice(cut)].filter((part) => part.length > 0)
        const names = ['b-1.csv.gz', 'b-2.csv']
        const second = await importFiles(
          bench,
          files.map((part, at) => write(bench, names[at] ?? '', focusCsv(part))),
        )
        const tallies = second.readings.flatMap(({ files }) => files.map(({ tally }) => tally))
        // Two files of one import with the same rows for a month are copies, so both tallies may be cut down by it.
        expect(tallies.reduce((sum, { kept }) => sum + kept, 0)).toBe(areCopies(files) ? expect.anything() : 0)
        if (!areCopies(files)) expect(await sumOf(bench)).toBe(exactSum(rows.map(({ cost }) => cost)))
      }),
      { numRuns: 12, seed: 5 },
    )
  }, 120_000)

  test('the same bill as Parquet with doubles is the same bill', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => ({ cost: `${n}.0${n}25` }))
    await importFiles(bench, [write(bench, 'a.csv', focusCsv(rows))])
    const list = [FOCUS_HEADER, ...rows.map(focusRecord)].join('\n')
    const text = write(bench, 'text.csv', list)
    const again = await parquet(
      bench,
      'a.parquet',
      `SELECT * REPLACE (BilledCost::DOUBLE AS BilledCost, EffectiveCost::DOUBLE AS EffectiveCost,
      ListCost::DECIMAL(18,8) AS ListCost, BillingPeriodStart::TIMESTAMP AS BillingPeriodStart, ChargePeriodEnd::TIMESTAMPTZ AS ChargePeriodEnd)
      FROM read_csv('${text.path}', all_varchar = true, header = true) ORDER BY random()`,
    )
    const { readings } = await importFiles(bench, [again])
    expect(readings[0]?.files[0]?.tally).toMatchObject({ read: 40, duplicate: 40, kept: 0 })
  })
})

function areCopies(files: readonly Charge[][]): boolean {
  const key = (part: readonly Charge[], month: string): string =>
    JSON.stringify(
      part
        .filter((row) => row.month === month)
        .map((row) => JSON.stringify(row))
        .sort(),
    )
  const [a, b] = files
  if (!a || !b) return false
  return ['2024-01', '2024-02'].some((month) => key(a, month) !== '[]' && key(a, month) === key(b, month))
}

test('slash dates: the order that lets billing periods begin on the first, or none', () => {
  const seen = { firstBeyond: 0, secondBeyond: 0, firstNotOne: 0, secondNotOne: 0 }
  expect(slashOrder(seen)).toBeUndefined()
  expect(slashOrder({ ...seen, secondBeyond: 1 })).toBe('month-first')
  expect(slashOrder({ ...seen, firstBeyond: 1 })).toBe('day-first')
  expect(slashOrder({ ...seen, firstBeyond: 1, secondBeyond: 1 })).toBeUndefined()
  expect(slashOrder({ ...seen, firstNotOne: 3 })).toBe('month-first')
  expect(slashOrder({ ...seen, secondNotOne: 3 })).toBe('day-first')
  expect(slashOrder({ ...seen, firstNotOne: 1, secondNotOne: 1 })).toBeUndefined()
})
