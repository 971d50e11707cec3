import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { usageMetrics } from '../../src/sources/usage-metrics/index.ts'
import { type BulkBench, bulkBench } from './bulk-context.ts'
import { addsUp, dice, file, INSTANCE, imported, mutated, visible } from './contact-files.ts'

let bench: BulkBench
beforeAll(async () => {
  bench = await bulkBench()
})
beforeEach(() => {
  bench.standing = []
  bench.owners.length = 0
  bench.settings.clear()
  bench.receivedAt = '2024-03-01'
})
afterAll(() => bench.close())

type Collection = [name: string, value: unknown, threshold?: number]

/** One saved call with a day's metrics for each entry; days are those of Santiago. */
function call(days: Record<string, Collection[]>, more: { instance?: string; dimensions?: object } = {}): string {
  const { instance = INSTANCE, dimensions = {} } = more
  const results = Object.entries(days).map(([day, collections]) => ({
    Dimensions: dimensions,
    MetricInterval: { Interval: 'DAY', StartTime: `${day}T03:00:00Z`, EndTime: `${next(day)}T03:00:00Z` },
    Collections: collections.map(([Name, Value, ThresholdValue]) => ({
      Metric: { Name, ...(ThresholdValue ? { Threshold: [{ Comparison: 'LT', ThresholdValue }] } : {}) },
      Value,
    })),
  }))
  const request = {
    ResourceArn: `arn:aws:connect:us-east-1:123456789012:instance/${instance}`,
    Interval: { IntervalPeriod: 'DAY', TimeZone: 'America/Santiago' },
    Filters: [{ FilterKey: 'QUEUE', FilterValues: ['q1'] }],
    Groupings: [],
  }
  return JSON.stringify({ Request: request, Response: { MetricResults: results } })
}

function next(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

const BUSINESS = `date,metric,value,unit,currency,deployment
2024-01-31,Monthly Revenue,180000.10,amount,USD,
2024-01-31,Monthly Revenue,7200.00,amount,USD,austral
2024-01-31,Subscribers,3800,subscribers,,
`

async function facts(asOf = '2024-12-31') {
  const rows = (dataset: string) => visible(bench, dataset)
  const given = await usageMetrics.facts({ engine: bench.engine, rows, asOf, setting: () => undefined })
  return given.map(({ from, to, values }) => ({ from, to, values }))
}

describe('saved calls', () => {
  test('each value is a row with its exact digits, its threshold and the days of the business', async () => {
    bench.owners.push({ instance: INSTANCE, account: '1', owner: 'C-001', from: '2023-01-01', to: null })
    const text = `${call({
      '2024-01-31': [
        ['CONTACTS_HANDLED', 123],
        ['SERVICE_LEVEL', 85.123456789012, 20],
        ['AVG_HANDLE_TIME', null],
      ],
    })}\n`
    const reading = await imported(bench, usageMetrics, [file(bench, 'one.jsonl', text)])
    expect(reading.files[0]?.tally).toMatchObject({ read: 2, kept: 2 })
    expect(reading.quirks).toEqual([{ file: 'one.jsonl', code: 'no-value', field: 'AVG_HANDLE_TIME', count: 1 }])
    expect(reading.segments.map(({ owner, period }) => [owner, period])).toEqual([['C-001', '2024-01']])
    const rows = await bench.engine.all(
      `SELECT metric, digits, threshold, first_day, last_day FROM ${visible(bench, 'usage-metrics')} ORDER BY metric`,
    )
    expect(rows).toEqual([
      { metric: 'CONTACTS_HANDLED', digits: '123', threshold: null, first_day: '2024-01-31', last_day: '2024-01-31' },
      {
        metric: 'SERVICE_LEVEL',
        digits: '85.123456789012',
        threshold: '[{"Comparison":"LT","ThresholdValue":"20"}]',
        first_day: '2024-01-31',
        last_day: '2024-01-31',
      },
    ])
  })

  test('counts are summed by month over days and deployments; shares, means and groups are not', async () => {
    const other = 'ffffffff-0000-4000-8000-000000000001'
    const lines = [
      call({
        '2024-01-30': [
          ['CONTACTS_HANDLED', 10],
          ['SERVICE_LEVEL', 80, 20],
        ],
        '2024-01-31': [['CONTACTS_HANDLED', 5.5]],
      }),
      call({
        '2024-02-01': [
          ['CONTACTS_HANDLED', 7],
          ['AVG_HANDLE_TIME', 300],
        ],
      }),
      call({ '2024-01-31': [['CONTACTS_HANDLED', 100]] }, { instance: other }),
      call({ '2024-01-31': [['CONTACTS_HANDLED', 4000]] }, { dimensions: { CHANNEL: 'VOICE' } }),
    ]
    await imported(bench, usageMetrics, [file(bench, 'sums.jsonl', lines.join('\n'))])
    expect(await facts()).toEqual([
      { from: '2024-01-01', to: '2024-01-31', values: { metric: 'CONTACTS_HANDLED', value: '115.5' } },
      { from: '2024-02-01', to: '2024-02-01', values: { metric: 'CONTACTS_HANDLED', value: '7' } },
    ])
    expect(await facts('2024-01-30')).toEqual([
      { from: '2024-01-01', to: '2024-01-30', values: { metric: 'CONTACTS_HANDLED', value: '10' } },
    ])
  })
})

test('business metrics are facts of their day, for all deployments together', async () => {
  const reading = await imported(bench, usageMetrics, [file(bench, 'business.csv', BUSINESS)])
  expect(reading.files[0]?.tally).toMatchObject({ read: 3, kept: 3 })
  expect(await facts()).toEqual([
    { from: '2024-01-31', to: '2024-01-31', values: { metric: 'Monthly Revenue', value: '180000.1', currency: 'USD' } },
    { from: '2024-01-31', to: '2024-01-31', values: { metric: 'Subscribers', value: '3800' } },
  ])
})

describe('two tellings', () => {
  const of = (value: number) =>
    file(bench, `value-${value}.jsonl`, call({ '2024-01-31': [['CONTACTS_HANDLED', value]] }))
  const value = async () => (await facts()).map((fact) => fact.values.value)

  test('the same again is a duplicate, on any later day; what differs and was received later wins', async () => {
    await imported(bench, usageMetrics, [of(1)])
    bench.receivedAt = '2024-03-02'
    const again = await imported(bench, usageMetrics, [of(1)])
    expect(again.files[0]?.tally).toMatchObject({ kept: 0, duplicate: 1 })
    const changed = await imported(bench, usageMetrics, [of(2)])
    expect(changed.files[0]?.tally).toMatchObject({ kept: 1 })
    expect(await value()).toEqual(['2'])
    const changedAgain = await imported(bench, usageMetrics, [of(3)])
    expect(changedAgain.files[0]?.tally).toMatchObject({ kept: 1 })
    expect(await value()).toEqual(['3'])
    bench.receivedAt = '2024-03-05'
    // Back to what it was first: news all the same.
    await imported(bench, usageMetrics, [of(1)])
    expect(await value()).toEqual(['1'])
  })

  test('a file that was received earlier but imported later changes nothing', async () => {
    await imported(bench, usageMetrics, [of(2)])
    bench.receivedAt = '2024-02-15'
    const reading = await imported(bench, usageMetrics, [of(1)])
    expect(reading.files[0]?.tally).toMatchObject({ kept: 0, superseded: 1 })
    expect(await value()).toEqual(['2'])
  })

  test('within one import what stands later wins', async () => {
    const reading = await imported(bench, usageMetrics, [of(1), of(2), of(2)])
    expect(reading.files.map(({ tally }) => [tally.kept, tally.duplicate, tally.superseded])).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ])
    expect(await value()).toEqual(['2'])
  })
})

test('500 mutations of either format: no exception, and every tally adds up', async () => {
  const calls = `${call({ '2024-01-30': [['CONTACTS_HANDLED', 10]], '2024-01-31': [['SERVICE_LEVEL', 80.5, 20]] })}\n${call({ '2024-02-01': [['CONTACTS_QUEUED', 3]] })}\n`
  const roll = dice(11)
  let good = 0
  for (let lot = 0; lot < 10; lot += 1) {
    const files = Array.from({ length: 50 }, (_, at) => {
      const bytes = mutated(Buffer.from(at % 2 === 0 ? calls : BUSINESS), roll)
      return file(bench, `mutation-${lot}-${at}`, bytes)
    })
    const reading = await imported(bench, usageMetrics, files)
    expect(addsUp(reading)).toBe(true)
    const refused = [...reading.refused, ...reading.notes].filter(({ code }) => code.startsWith('source.refused'))
    expect(reading.files.length + refused.length).toBe(50)
    good += reading.files.reduce((sum, { tally }) => sum + tally.read - tally.rejected, 0)
  }
  expect(good).toBeGreaterThan(500)
}, 120_000)
