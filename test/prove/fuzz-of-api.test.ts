import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyChain } from '../../src/evidence/audit/index.ts'
import { auditEntries, type Ledger } from '../../src/evidence/ledger/index.ts'
import { Fuzzer, heldBytes } from '../api/fuzz.ts'
import { type Serving, serving } from '../api/serving.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_000)
const WARM = 4000
const REQUESTS = 20_000
// What a server holds on purpose: people, jobs, answers that were kept, views of a few days.
const GROWTH_BYTES = 48 * 1024 * 1024

let server: Serving
let fuzzer: Fuzzer

beforeAll(async () => {
  server = await serving()
  fuzzer = new Fuzzer(server)
})
afterAll(async () => {
  fuzzer.close()
  await server.close()
})

const soundChain = async (ledger: Ledger) => (await verifyChain(auditEntries(ledger.db))).broken

test('20,000 requests made from the document: none fails here, none hangs, and nothing grows', async () => {
  const first = await fuzzer.run(SEED, WARM)
  expect([...first.failures.values()].join('\n\n')).toBe('')
  const before = await heldBytes()
  const rest = await fuzzer.run(SEED, REQUESTS - WARM, WARM)
  expect([...rest.failures.values()].join('\n\n')).toBe('')
  const after = await heldBytes()
  const mib = (bytes: number) => Math.round(bytes / 1024 / 1024)
  console.log(
    `${first.sent + rest.sent} requests in ${first.seconds + rest.seconds} s, slowest ${rest.slowest.ms} ms (${rest.slowest.operation}), ` +
      `held ${mib(before)} MiB after ${WARM}, ${mib(after)} MiB after all; ${JSON.stringify(rest.statuses)}`,
  )
  const never = fuzzer.operations.filter((id) => !first.fulfilled.has(id) && !rest.fulfilled.has(id))
  console.log(`never fulfilled: ${never.join(' ')}`)
  expect(first.sent + rest.sent).toBe(REQUESTS)
  expect(after - before).toBeLessThan(GROWTH_BYTES)
  expect(never.length).toBeLessThan(10)
  expect(await soundChain(server.ledger)).toBeUndefined()
  expect(readdirSync(server.services.uploads)).toEqual([])
})
