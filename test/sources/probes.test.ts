import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { probes } from '../../src/sources/probes/index.ts'
import { secondsByMonth, secondsOf, type Told } from '../../src/sources/probes/months.ts'
import { type BulkBench, bulkBench } from './bulk-context.ts'
import { addsUp, dice, file, imported, mutated, visible } from './contact-files.ts'

let bench: BulkBench
beforeAll(async () => {
  bench = await bulkBench()
})
beforeEach(() => {
  bench.standing = []
  bench.settings.clear()
  bench.receivedAt = '2024-03-01'
})
afterAll(() => bench.close())

const JANUARY = secondsOf('2024-01-01')
const HOUR = 3600

/** An outage summary: states one after another, each with its hours, from the first of January on. */
function summary(states: [status: string, hours: number][], from = JANUARY): string {
  let at = from
  const told = states.map(([status, hours]) => {
    const state = { status, timefrom: at, timeto: at + hours * HOUR }
    at = state.timeto
    return state
  })
  return JSON.stringify({
    check: { id: 7001, name: 'austral voice path', hostname: 'austral.my.connect.aws' },
    summary: { states: told },
  })
}

async function facts(asOf = '2024-12-31') {
  const rows = (dataset: string) => visible(bench, dataset)
  const given = await probes.facts({ engine: bench.engine, rows, asOf, setting: () => undefined })
  return given.map(({ from, to, values }) => [from, to, values.service, values.upMinutes, values.totalMinutes])
}

describe('outage summaries', () => {
  test('unknown time is neither up nor known', async () => {
    const text = summary([
      ['up', 700],
      ['down', 2],
      ['unknown', 4],
      ['up', 38],
    ])
    const reading = await imported(bench, probes, [file(bench, 'january.json', text)])
    expect(reading.files[0]?.tally).toMatchObject({ read: 4, kept: 4 })
    expect(await facts()).toEqual([['2024-01-01', '2024-01-31', 'austral.my.connect.aws', '44280', '44400']])
  })

  test('an interval over the end of a month is cut there, and at the day asked about', async () => {
    await imported(bench, probes, [file(bench, 'two.json', summary([['up', 31 * 24 + 48]]))])
    expect(await facts()).toEqual([
      ['2024-01-01', '2024-01-31', 'austral.my.connect.aws', '44640', '44640'],
      ['2024-02-01', '2024-02-29', 'austral.my.connect.aws', '2880', '2880'],
    ])
    expect(await facts('2024-02-01')).toEqual([
      ['2024-01-01', '2024-01-31', 'austral.my.connect.aws', '44640', '44640'],
      ['2024-02-01', '2024-02-01', 'austral.my.connect.aws', '1440', '1440'],
    ])
  })

  test('of two tellings of the same time the later received counts, whatever the order of import', async () => {
    const first = () => file(bench, 'first.json', summary([['up', 744]]))
    const later = () =>
      file(
        bench,
        'later.json',
        summary([
          ['up', 100],
          ['down', 1],
          ['up', 643],
        ]),
      )
    await imported(bench, probes, [first()])
    bench.receivedAt = '2024-03-02'
    await imported(bench, probes, [later()])
    const wanted = [['2024-01-01', '2024-01-31', 'austral.my.connect.aws', '44580', '44640']]
    expect(await facts()).toEqual(wanted)
    bench.standing = []
    bench.settings.clear()
    await imported(bench, probes, [later()])
    bench.receivedAt = '2024-03-01'
    await imported(bench, probes, [first()])
    expect(await facts()).toEqual(wanted)
  })

  test('the same summary again adds nothing', async () => {
    await imported(bench, probes, [file(bench, 'same.json', summary([['up', 744]]))])
    bench.receivedAt = '2024-03-09'
    const reading = await imported(bench, probes, [file(bench, 'same-again.json', ` ${summary([['up', 744]])}\n`)])
    expect(reading.files[0]?.tally).toMatchObject({ read: 1, duplicate: 1, kept: 0 })
  })
})

describe('samples', () => {
  const line = (minute: number, status = 'up') =>
    `${new Date((JANUARY + minute * 60) * 1000).toISOString()},sip,austral.my.connect.aws,${status},12`
  const table = (...lines: string[]) => `timestamp,check,target,status,latency_ms\n${lines.join('\n')}\n`

  test('each covers the time until the next, at most twice the usual interval', async () => {
    const text = table(line(0), line(1), line(2, 'down'), line(3), line(60), line(61, 'unknown'), line(62))
    const reading = await imported(bench, probes, [file(bench, 'samples.csv', text)])
    expect(reading.files[0]?.tally).toMatchObject({ read: 7, kept: 7 })
    // 0, 1, 2 and 60, 62 a minute each, the one before the silence two; the unknown one nothing.
    expect(await facts()).toEqual([['2024-01-01', '2024-01-31', 'austral.my.connect.aws', '6', '7']])
  })

  test('a bad sample is a reject and silence', async () => {
    const text = table(line(0), line(1, 'maybe'), 'never,sip,austral.my.connect.aws,up,1', line(2), line(3), line(4))
    const reading = await imported(bench, probes, [file(bench, 'bad.csv', text)])
    expect(reading.files[0]?.tally).toMatchObject({ read: 6, kept: 4, rejected: 2 })
    expect(reading.rejects.map(({ row, faults }) => [row, faults[0]?.field])).toEqual([
      [2, 'status'],
      [3, 'timestamp'],
    ])
  })
})

test('every second counts once, as it was told last', () => {
  const telling = fc.record({
    from: fc.integer({ min: 0, max: 40 }),
    length: fc.integer({ min: 1, max: 20 }),
    status: fc.constantFrom('up', 'down', 'unknown'),
  })
  fc.assert(
    fc.property(fc.array(telling, { maxLength: 8 }), (given) => {
      const base = secondsOf('2024-02-01') - 20
      const tellings: Told[] = given.map(({ from, length, status }, at) => ({
        from: base + from,
        to: base + from + length,
        isKnown: status !== 'unknown',
        isUp: status === 'up',
        order: String(at),
      }))
      const wanted = new Map<string, { up: number; known: number }>()
      for (let second = base; second < base + 60; second += 1) {
        const last = tellings.findLast(({ from, to }) => from <= second && second < to)
        if (!last?.isKnown) continue
        const month = new Date(second * 1000).toISOString().slice(0, 7)
        const sum = wanted.get(month) ?? { up: 0, known: 0 }
        wanted.set(month, { up: sum.up + (last.isUp ? 1 : 0), known: sum.known + 1 })
      }
      expect([...secondsByMonth(tellings)].sort()).toEqual([...wanted].sort())
    }),
    { numRuns: 300 },
  )
})

test('500 mutations of either format: no exception, and every tally adds up', async () => {
  const states = summary([
    ['up', 700],
    ['down', 2],
    ['unknown', 4],
    ['up', 38],
  ])
  const samples = `timestamp,check,target,status,latency_ms\n${Array.from({ length: 5 }, (_, at) => `2024-01-01T00:0${at}:00Z,sip,a,up,1`).join('\n')}\n`
  const roll = dice(5)
  let good = 0
  for (let lot = 0; lot < 10; lot += 1) {
    const files = Array.from({ length: 50 }, (_, at) =>
      file(bench, `p-${lot}-${at}`, mutated(Buffer.from(at % 2 === 0 ? states : samples), roll)),
    )
    const reading = await imported(bench, probes, files)
    expect(addsUp(reading)).toBe(true)
    const refused = [...reading.refused, ...reading.notes].filter(({ code }) => code.startsWith('source.refused'))
    expect(reading.files.length + refused.length).toBe(50)
    good += reading.files.reduce((sum, { tally }) => sum + tally.read - tally.rejected, 0)
  }
  expect(good).toBeGreaterThan(600)
  expect((await facts()).length).toBeGreaterThan(0)
}, 120_000)
