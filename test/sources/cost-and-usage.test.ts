import { createHash } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { costAndUsage } from '../../src/sources/cost-and-usage/index.ts'
import { addsUp, exactSum, focusCsv, importFiles, parquet, sumOf, tallyOf, write } from './bills.ts'
import { type BulkBench, bulkBench, found } from './bulk-context.ts'

let bench: BulkBench
beforeEach(async () => {
  bench = await bulkBench()
})
afterEach(() => bench.close())

const shared = process.env.CONVENIO_SHARED

describe.skipIf(!shared)('published files', () => {
  const folder = join(shared ?? '', 'data/focus')

  test('the real sample is read whole, its oddities counted, its cost exact', async () => {
    const path = join(folder, 'focus_sample_1.0.csv')
    const { readings } = await importFiles(bench, [found(path)])
    const [reading] = readings
    if (!reading) throw new Error('no reading')
    expect(reading.refused).toEqual([])
    const text = readFileSync(path, 'utf8')
    const rows: Record<string, string>[] = parse(text, { columns: true })
    expect(tallyOf(reading)).toMatchObject({ read: rows.length, rejected: 0, kept: 1000 })
    for (const column of ['BilledCost', 'ListCost', 'EffectiveCost', 'ConsumedQuantity', 'ListUnitPrice'])
      expect(await sumOf(bench, column)).toBe(
        exactSum(rows.map((row) => (row[column] === 'NULL' ? '0' : (row[column] ?? '0')))),
      )
    const counted = new Map(reading.quirks.map(({ code, field, count }) => [`${code} ${field}`, count]))
    for (const column of Object.keys(rows[0] ?? {})) {
      const nulls = rows.filter((row) => row[column] === 'NULL').length
      expect(counted.get(`literal-null ${column}`) ?? 0).toBe(nulls)
    }
    const cased = rows.filter((row) => row.ChargeFrequency === 'Usage-based').length
    expect(cased).toBe(7)
    expect(counted.get('casing ChargeFrequency')).toBe(cased)
    expect(counted.get('time-format BillingPeriodStart')).toBe(rows.length)
    expect(reading.segments.map(({ period, shape, rows }) => ({ period, shape, rows }))).toMatchInlineSnapshot(`
      [
        {
          "period": "2024-09",
          "rows": 51,
          "shape": "focus",
        },
        {
          "period": "2024-09",
          "rows": 942,
          "shape": "focus",
        },
        {
          "period": "2024-09",
          "rows": 6,
          "shape": "focus",
        },
        {
          "period": "2024-10",
          "rows": 1,
          "shape": "focus",
        },
      ]
    `)
  })

  test('the examples of the specification: whole bills go in, excerpts without account or currency are refused by column', async () => {
    const names = readdirSync(join(folder, 'spec_examples_1_2')).sort()
    const files = names.map((name) => found(join(folder, 'spec_examples_1_2', name)))
    const { readings } = await importFiles(bench, files)
    const codes = readings.flatMap(({ refused }) => refused.map(({ code, where }) => `${code} ${where.file}`))
    expect(codes).toMatchInlineSnapshot(`
      [
        "cost-and-usage.refused.columns commitment_discount_purchase_scenario_1.csv",
        "cost-and-usage.refused.columns commitment_discount_purchase_scenario_2.csv",
        "cost-and-usage.refused.columns commitment_discount_purchase_scenario_3.csv",
        "cost-and-usage.refused.columns commitment_discount_usage_scenario_1.csv",
        "cost-and-usage.refused.columns commitment_discount_usage_scenario_2.csv",
        "cost-and-usage.refused.columns commitment_discount_usage_scenario_3.csv",
        "cost-and-usage.refused.columns commitment_discount_usage_scenario_4.csv",
        "cost-and-usage.refused.columns one_hundred_percent_utilization_with_commitment_discount_flexibility_with_1_resource.csv",
        "cost-and-usage.refused.columns one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources.csv",
        "cost-and-usage.refused.columns one_hundred_percent_utilization_without_commitment_discount_flexibility.csv",
        "cost-and-usage.refused.columns zero_percent_utilization_without_commitment_discount_flexibility.csv",
      ]
    `)
    const whole = readings.find(({ refused }) => refused.length === 0)
    if (!whole) throw new Error('nothing read')
    expect(addsUp(whole)).toBe(true)
    expect(
      whole.rejects.map(({ file, row, faults }) => `${file}:${row} ${JSON.stringify(faults)}`),
    ).toMatchInlineSnapshot(`[]`)
    expect(tallyOf(whole)).toMatchInlineSnapshot(`
      {
        "duplicate": 2,
        "kept": 35,
        "read": 37,
        "rejected": 0,
        "superseded": 0,
      }
    `)
    expect([...new Set(whole.quirks.map(({ code }) => code))].sort()).toEqual(['number-format', 'time-format'])
  })
})

describe('streams', () => {
  const bill = focusCsv(Array.from({ length: 200 }, (_, n) => ({ cost: `${n}.5` })))

  const changed = [
    { what: 'grows', name: 'grows.csv', change: (path: string) => appendFileSync(path, 'x') },
    {
      what: 'is written anew',
      name: 'anew.csv',
      change: (path: string) => writeFileSync(path, bill.replaceAll('.5', '.6')),
    },
    { what: 'grows, packed', name: 'packed.csv.gz', change: (path: string) => appendFileSync(path, gzipSync('1')) },
    { what: 'vanishes', name: 'gone.csv', change: (path: string) => rmSync(path) },
  ]
  test.each(changed)('a file that $what while it is read is refused', async ({ name, change }) => {
    const file = write(bench, name, bill)
    const [delivery] = costAndUsage.deliveries([file]).deliveries
    if (!delivery) throw new Error('no delivery')
    let isChanged = false
    const progress = (): void => {
      if (!isChanged) change(file.path)
      isChanged = true
    }
    const reading = await costAndUsage.read(delivery, { ...bench.context(), progress })
    expect(reading.refused.map(({ code }) => code)).toEqual(['cost-and-usage.refused.changed'])
    expect(reading.segments).toEqual([])
  })

  test('bytes behind a packed stream are not left out in silence', async () => {
    // In a large file the tail lies behind what the file is recognised by.
    const { head, text } = write(bench, 'whole.csv.gz', bill)
    const tail = write(bench, 'tail.bin', Buffer.concat([gzipSync(bill), Buffer.from('left over')]))
    const file = { ...tail, head, text }
    const { readings } = await importFiles(bench, [file])
    expect(readings[0]?.refused.map(({ code }) => code)).toEqual(['cost-and-usage.refused.packed'])
  })

  test('a stream of several packed members is one file', async () => {
    const half = bill.indexOf('\n', bill.length / 2) + 1
    const file = write(bench, 'members.bin', Buffer.concat([gzipSync(bill.slice(0, half)), gzipSync(bill.slice(half))]))
    const { readings } = await importFiles(bench, [file])
    expect(readings[0]?.files[0]).toMatchObject({
      sha256: createHash('sha256').update(readFileSync(file.path)).digest('hex'),
      bytes: file.bytes,
      tally: { read: 200, kept: 200 },
    })
  })

  test('Parquet without its end is no bill; its name may hold anything', async () => {
    const text = write(bench, 'text.csv', bill)
    const whole = await parquet(
      bench,
      'a.parquet',
      `SELECT * FROM read_csv('${text.path}', all_varchar = true, header = true)`,
    )
    const bytes = readFileSync(whole.path)
    const cut = write(bench, 'cut.parquet', bytes.subarray(0, -30))
    expect(costAndUsage.recognise(cut)).toBe(false)
    // A star and brackets in a name are no pattern.
    const { readings } = await importFiles(bench, [write(bench, 'bill [1]*.parquet', bytes)])
    expect(readings[0]?.files[0]?.tally).toMatchObject({ read: 200, kept: 200 })
  })
})
