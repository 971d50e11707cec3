// Reads contact records as an import does, beside a bare DuckDB COPY of the same columns with declared types.
// Usage: node bench/import-contacts.mjs [RECORDS…]   (default 1000000 10000000; CONVENIO_DIST names another build, BENCH_DIR a folder)
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createGzip } from 'node:zlib'

const dist = process.env.CONVENIO_DIST ?? new URL('../dist', import.meta.url).pathname
const load = (path) => import(pathToFileURL(join(dist, path)).href)

const INSTANCE = 'arn:aws:connect:us-east-1:123456789012:instance/1d908e11-3d5f-4cfb-b34d-1e7e0f216898'
const hex = (number, length) => number.toString(16).padStart(length, '0')
const stamp = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`

function dice(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 4
  }
}

function record(roll, at) {
  const [wait, talk] = [roll() % 300, 30 + (roll() % 600)]
  const [a, b, c, d] = [roll(), roll(), roll(), roll()].map((each) => hex(each, 8))
  const id = `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
  const agent = hex(roll() % 160, 4)
  const queue = roll() % 20
  const left = roll() % 12 === 0
  const handled = left
    ? 'null'
    : `{"ARN":"${INSTANCE}/agent/57db30ae-8c01-44e6-abd5-80b7b519${agent}","AfterContactWorkDuration":32,"AfterContactWorkEndTimestamp":"${stamp(at + (wait + talk + 32) * 1000)}","AfterContactWorkStartTimestamp":"${stamp(at + (wait + talk) * 1000)}","AgentInteractionDuration":${talk},"ConnectedToAgentTimestamp":"${stamp(at + wait * 1000)}","CustomerHoldDuration":0,"HierarchyGroups":null,"LongestHoldDuration":0,"NumberOfHolds":0,"RoutingProfile":{"ARN":"${INSTANCE}/routing-profile/6e16b957-b7c7-44c7-b959-c9380699c7cc","Name":"Basic Routing Profile"},"Username":"agent.${agent}"}`
  return `{"AWSAccountId":"123456789012","AWSContactTraceRecordFormatVersion":"2017-03-10","Agent":${handled},"AgentConnectionAttempts":1,"AnsweringMachineDetectionStatus":null,"Attributes":{"greetingPlayed":"true"},"Channel":"VOICE","ConnectedToSystemTimestamp":"${stamp(at)}","ContactId":"${id}","CustomerEndpoint":{"Address":"+569${hex(roll() % 100000000, 8)}","Type":"TELEPHONE_NUMBER"},"DisconnectReason":"CUSTOMER_DISCONNECT","DisconnectTimestamp":"${stamp(at + (wait + talk) * 1000)}","InitialContactId":null,"InitiationMethod":"INBOUND","InitiationTimestamp":"${stamp(at)}","InstanceARN":"${INSTANCE}","LastUpdateTimestamp":"${stamp(at + (wait + talk + 100) * 1000)}","NextContactId":null,"PreviousContactId":null,"Queue":{"ARN":"${INSTANCE}/queue/c677a7a5-1d56-4ce3-a890-79fc53f7${hex(queue, 4)}","DequeueTimestamp":"${stamp(at + wait * 1000)}","Duration":${wait},"EnqueueTimestamp":"${stamp(at)}","Name":"Queue ${queue}"},"SystemEndpoint":{"Address":"+15550100002","Type":"TELEPHONE_NUMBER"},"TransferCompletedTimestamp":null,"TransferredToEndpoint":null}`
}

async function generate(path, records, separator) {
  if (existsSync(path)) return
  const gzip = createGzip({ level: 1 })
  // Under its own name only once it is whole: an interrupted run must not leave half a file to be measured.
  const file = createWriteStream(`${path}.part`)
  gzip.pipe(file)
  const roll = dice(7)
  const step = (366 * 86_400_000) / records
  let lines = []
  for (let index = 0; index < records; index += 1) {
    lines.push(record(roll, Date.UTC(2024, 0, 1) + index * step), separator)
    if (lines.length < 4000) continue
    if (!gzip.write(lines.join(''))) await once(gzip, 'drain')
    lines = []
  }
  gzip.end(lines.join(''))
  await once(file, 'finish')
  renameSync(`${path}.part`, path)
}

async function bare(path, folder) {
  const { BulkEngine, literal } = await load('evidence/index.js')
  const { CONTACT_RECORDS } = await load('sources/contact-records/terms.js')
  const { columnsLiteral } = await load('sources/json-columns.js')
  const engine = await BulkEngine.open({ memory: '1GB', spill: join(folder, 'spill') })
  const columns = Object.entries({ ...CONTACT_RECORDS.columns, ...CONTACT_RECORDS.personal })
  const select = columns.map(([name, sql]) => `${sql} AS "${name}"`).join(', ')
  const source = `read_json(${literal(path)}, format = 'newline_delimited', columns = ${columnsLiteral(CONTACT_RECORDS.fields)})`
  await engine.run(
    `COPY (SELECT ${select} FROM ${source}) TO ${literal(join(folder, 'bare.parquet'))} (FORMAT parquet)`,
  )
  engine.close()
  return { rows: undefined }
}

async function ours(path, folder) {
  const { BulkEngine } = await load('evidence/index.js')
  const { contactRecords } = await load('sources/contact-records/index.js')
  const { foundFile } = await load('sources/find-files.js')
  const engine = await BulkEngine.open({ memory: '768MB', spill: join(folder, 'spill') })
  const staging = join(folder, 'staging')
  mkdirSync(staging, { recursive: true })
  let segments = 0
  const context = {
    engine,
    staging,
    importId: 'import-1',
    segmentId: () => `segment-${++segments}`,
    known: () => [],
    owners: [],
    receivedAt: '2025-01-31',
    progress: () => undefined,
    setting: () => undefined,
  }
  const { deliveries } = contactRecords.deliveries([foundFile(path, 'contacts.gz')])
  const tally = { read: 0, kept: 0, duplicate: 0, superseded: 0, rejected: 0 }
  for (const delivery of deliveries) {
    const reading = await contactRecords.read(delivery, context)
    if (reading.refused.length > 0) throw new Error(JSON.stringify(reading.refused))
    for (const file of reading.files) for (const key of Object.keys(tally)) tally[key] += file.tally[key]
  }
  engine.close()
  return { tally, segments }
}

async function apart(what, path) {
  const child = fork(process.argv[1], ['--child', what, path], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [result] = await once(child, 'message')
  await once(child, 'exit')
  return result
}

if (process.argv[2] === '--child') {
  const [, , , what, path] = process.argv
  const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'contacts-'))
  const begun = performance.now()
  const told = await (what === 'bare' ? bare : ours)(path, folder)
  const seconds = (performance.now() - begun) / 1000
  rmSync(folder, { recursive: true, force: true })
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  process.send({ ...told, seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, rss: Math.round(maxRSS / 1024) })
  process.disconnect()
} else {
  const counts = process.argv.slice(2).map(Number)
  const folder = process.env.BENCH_DIR ?? mkdtempSync(join(tmpdir(), 'contacts-'))
  mkdirSync(folder, { recursive: true })
  for (const records of counts.length > 0 ? counts : [1_000_000, 10_000_000]) {
    const lines = join(folder, `lines-${records}.gz`)
    const joined = join(folder, `joined-${records}.gz`)
    await generate(lines, records, '\n')
    await generate(joined, records, '')
    console.log(`${records} records, ${Math.round(statSync(lines).size / 1e6)} MB packed`)
    const copy = await apart('bare', lines)
    console.log(
      `  bare COPY, newline-separated  ${copy.seconds.toFixed(1)} s, ${copy.cpu.toFixed(1)} s of processor, ${copy.rss} MB`,
    )
    for (const [name, path] of [
      ['newline-separated', lines],
      ['concatenated     ', joined],
    ]) {
      const read = await apart('ours', path)
      const figures = `${read.seconds.toFixed(1)} s, ${read.cpu.toFixed(1)} s of processor, ${read.rss} MB`
      console.log(`  import, ${name}     ${figures}; ${(copy.seconds / read.seconds).toFixed(2)} of the bare speed`)
      console.log(`    ${JSON.stringify(read.tally)}, ${read.segments} segments`)
    }
  }
  if (!process.env.BENCH_DIR) rmSync(folder, { recursive: true, force: true })
}
