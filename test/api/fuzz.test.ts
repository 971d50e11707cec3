import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fuzzer } from './fuzz.ts'
import { HOOK_MS, type Serving, serving } from './serving.ts'

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2000)
const SEED = Number(process.env.FUZZ_SEED ?? 4600)

let server: Serving
let fuzzer: Fuzzer

beforeAll(async () => {
  server = await serving({ logLevel: process.env.FUZZ_SHOW ? 'error' : 'silent' })
  fuzzer = new Fuzzer(server)
}, HOOK_MS)
afterAll(async () => {
  fuzzer.close()
  await server.close()
})

test('requests made from the document, right and wrong ones, are all answered as it promises', async () => {
  const report = await fuzzer.run(SEED, REQUESTS)
  if (process.env.FUZZ_SHOW)
    console.log({ ...report, fulfilled: report.fulfilled.size, failures: report.failures.size })
  if (process.env.FUZZ_SHOW)
    console.log('never fulfilled:', fuzzer.operations.filter((id) => !report.fulfilled.has(id)).join(' '))
  expect([...report.failures.values()].join('\n\n')).toBe('')
  expect(report.sent).toBe(REQUESTS)
  // The fuzzer reaches what lies behind the checks of its requests, not the checks alone.
  expect(report.fulfilled.size).toBeGreaterThan(fuzzer.operations.length * 0.6)
  expect((await fetch(`${server.url}/ready`)).status).toBe(200)
}, 300_000)
