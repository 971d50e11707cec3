import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentEvents } from '../../src/sources/agent-events/index.ts'
import { type BulkBench, bulkBench } from './bulk-context.ts'
import { addsUp, dice, file, imported, mutated, visible } from './contact-files.ts'

let bench: BulkBench
beforeAll(async () => {
  bench = await bulkBench()
})
afterAll(() => bench.close())

const shared = process.env.CONVENIO_SHARED ?? new URL('../../../shared', import.meta.url).pathname
const samples = ['agent-events/STATE_CHANGE.json', 'docs/agent-event-HEART_BEAT.json'].map((name) =>
  readFileSync(join(shared, 'data/connect', name), 'utf8'),
)

test('the published events, of 2019 and of today, and no name of an agent outside of the personal file', async () => {
  const text = samples.join('')
  const given = file(bench, 'events.json.gz', text)
  expect(agentEvents.recognise(given)).toBe(true)
  const reading = await imported(bench, agentEvents, [given])
  expect(reading.files[0]?.tally).toMatchObject({ read: 2, kept: 2 })
  const rows = await bench.engine.all(`SELECT * FROM ${visible(bench, 'agent-events')} ORDER BY event_at`)
  expect(rows).toMatchObject([
    {
      event_type: 'STATE_CHANGE',
      event_at: '2019-01-21 09:16:02.002',
      status: 'Available',
      previous_status: 'Available',
    },
    { event_id: 'EventId-1', event_type: 'HEART_BEAT', next_status: 'Lunch', previous_status: 'Offline' },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/agent\.001|aestest|AgentEventStreamTest/)
  const again = await imported(bench, agentEvents, [
    file(bench, 'again.json', samples.map((one) => JSON.stringify(JSON.parse(one))).join('\n')),
  ])
  expect(again.files[0]?.tally).toMatchObject({ read: 2, duplicate: 2 })
})

test('500 mutations: no exception, and every tally adds up', async () => {
  const events = samples.map((one) => JSON.stringify(JSON.parse(one)))
  const roll = dice(9)
  let good = 0
  for (let lot = 0; lot < 5; lot += 1) {
    const files = Array.from({ length: 100 }, (_, at) =>
      file(bench, `m-${lot}-${at}`, mutated(Buffer.from(events.join(['\n', ''][at % 2])), roll)),
    )
    const reading = await imported(bench, agentEvents, files)
    expect(addsUp(reading)).toBe(true)
    expect(reading.files).toHaveLength(100)
    good += reading.files.reduce((sum, { tally }) => sum + tally.read - tally.rejected, 0)
  }
  expect(good).toBeGreaterThan(300)
}, 120_000)
