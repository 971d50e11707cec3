// Reads of the interface on PostgreSQL at 200 connections, beside a bare Fastify route that asks the same inside the same transaction.
// node bench/api-reads.mjs [seconds] [rounds]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { ownedDatabase, startServer } from '../scripts/parts/postgres.mjs'
import { run, served, started, stopAll } from './parts/served.mjs'

const [seconds = 10, rounds = 3] = process.argv.slice(2).map(Number)
const CONNECTIONS = 20
const LIMIT = 50
const DATASET = 'incidents'
const root = mkdtempSync(join(tmpdir(), 'convenio-bench-'))
const postgres = await startServer()
try {
  const url = await ownedDatabase(await postgres.database())
  const env = { ...process.env, DATABASE_URL: url, CONVENIO_PER_MINUTE: '0', CONVENIO_CONNECTIONS: String(CONNECTIONS) }
  const data = join(root, 'data')
  const files = join(root, 'files')
  await run(
    [
      'simulate',
      'agreements/wom-aws-chile/twin.yaml',
      '--out',
      files,
      '--seed',
      '1',
      '--from',
      '2024-07',
      '--to',
      '2024-12',
    ],
    env,
  )
  await run(
    [
      'init',
      'agreements/wom-aws-chile',
      '--supplement',
      'agreements/wom-aws-chile/twin-supplement.yaml',
      '--data',
      data,
    ],
    env,
  )
  await run(['import', files, '--data', data], env)
  const { origin: address, token } = await served(data, env)
  const today = new Date().toISOString().slice(0, 10)
  const bareAddress = await started(
    ['bench/parts/bare-reads.mjs'],
    {
      ...env,
      ...{ CONNECTIONS, AGREEMENT: 'wom-aws-chile', DATASET, KNOWN_AT: today, LIMIT },
    },
    /(http:\S+)/,
  )
  const ours = {
    url: `${address}/api/v1/facts?dataset=${DATASET}&limit=${LIMIT}`,
    headers: { authorization: `Bearer ${token}` },
  }
  const bare = { url: `${bareAddress}/facts` }
  const sizes = await Promise.all(
    [ours, bare].map(async (each) => (await (await fetch(each.url, each)).json()).items.length),
  )
  if (sizes[0] !== sizes[1] || sizes[0] === 0) throw new Error(`not the same answer: ${sizes}`)
  const results = { ours: [], bare: [] }
  for (const target of [ours, bare]) await shoot(target, 3)
  for (let round = 0; round < rounds; round += 1) {
    results.bare.push(await shoot(bare, seconds))
    results.ours.push(await shoot(ours, seconds))
  }
  const [a, b] = [summary(results.ours), summary(results.bare)]
  console.log(
    `rows an answer: ${sizes[0]}; 200 connections, ${rounds} rounds of ${seconds} s each, pool of ${CONNECTIONS}`,
  )
  console.log(`Convenio  ${a.rate.toFixed(0)} req/s, p50 ${a.p50} ms, p99 ${a.p99} ms`)
  console.log(`bare      ${b.rate.toFixed(0)} req/s, p50 ${b.p50} ms, p99 ${b.p99} ms`)
  console.log(
    `ratio     ${(a.rate / b.rate).toFixed(2)} of the throughput (wanted: at least 0.8), p99 ${(a.p99 / b.p99).toFixed(2)} times (wanted: under 2)`,
  )
} finally {
  await stopAll()
  await postgres.stop()
  rmSync(root, { recursive: true, force: true })
}

async function shoot({ url, headers = {} }, duration) {
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    headers,
    connections: 200,
    duration,
    workers: 1,
  })
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} errors`)
  return { rate: requests.average, p50: latency.p50, p99: latency.p99 }
}

function summary(results) {
  const median = (name) => results.map((each) => each[name]).sort((a, b) => a - b)[Math.floor(results.length / 2)]
  return { rate: median('rate'), p50: median('p50'), p99: median('p99') }
}
