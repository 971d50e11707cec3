// Reads contact records as an import does, beside a bare DuckDB COPY of the same columns with declared types. One record of a
// hundred is told again (half of these newer), one of ten thousand is broken. The bare COPY gets the file without the broken ones:
// an object that is cut off stops it even with ignore_errors.
// Usage: node bench/import-contacts.mjs [RECORDS…]   (default 1000000 10000000; CONVENIO_DIST names another build, BENCH_DIR a folder)
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
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

function record(roll, at, updated) {
  const [wait, talk] = [roll() % 300, 30 + (roll() % 600)]
  const [a, b, c, d] = [roll(), roll(), roll(), roll()].map((each) => hex(each, 8))
  const id = `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
  const agent = hex(roll() % 160, 4)
  const queue = roll() % 20
  const left = roll() % 12 === 0
  const handled = left
    ? 'null'
    : `{"ARN":"${INSTANCE}/agent/57db30ae-8c01-44e6-abd5-80b7b519${agent}","AfterContactWorkDuration":32,"AfterContactWorkEndTimestamp":"${stamp(at + (wait + talk + 32) * 1000)}","AfterContactWorkStartTimestamp":"${stamp(at + (wait + talk) * 1000)}","AgentInteractionDuration":${talk},"ConnectedToAgentTimestamp":"${stamp(at + wait * 1000)}","CustomerHoldDuration":0,"HierarchyGroups":null,"LongestHoldDuration":0,"NumberOfHolds":0,"RoutingProfile":{"ARN":"${INSTANCE}/routing-profile/6e16b957-b7c7-44c7-b959-c9380699c7cc","Name":"Basic Routing Profile"},"Username":"agent.${agent}"}`
  return `{"AWSAccountId":"123456789012","AWSContactTraceRecordFormatVersion":"2017-03-10","Agent":${handled},"AgentConnectionAttempts":1,"AnsweringMachineDetectionStatus":null,"Attributes":{"greetingPlayed":"true"},"Channel":"VOICE","ConnectedToSystemTimestamp":"${stamp(at)}","ContactId":"${id}","CustomerEndpoint":{"Address":"+569${hex(roll() % 100000000, 8)}","Type":"TELEPHONE_NUMBER"},"DisconnectReason":"CUSTOMER_DISCONNECT","DisconnectTimestamp":"${stamp(at + (wait + talk) * 1000)}","InitialContactId":null,"InitiationMethod":"INBOUND","InitiationTimestamp":"${stamp(at)}","InstanceARN":"${INSTANCE}","LastUpdateTimestamp":"${stamp(at + (wait + talk + 100 + updated) * 1000)}","NextContactId":null,"PreviousContactId":null,"Queue":{"ARN":"${INSTANCE}/queue/c677a7a5-1d56-4ce3-a890-79fc53f7${hex(queue, 4)}","DequeueTimestamp":"${stamp(at + wait * 1000)}","Duration":${wait},"EnqueueTimestamp":"${stamp(at)}","Name":"Queue ${queue}"},"SystemEndpoint":{"Address":"+15550100002","Type":"TELEPHONE_NUMBER"},"TransferCompletedTimestamp":null,"TransferredToEndpoint":null}`
}

/** The records as texts: each with whether it is sound. */
function* deliveries(records) {
  const [roll, chance] = [dice(7), dice(11)]
  const step = (366 * 86_400_000) / records
  const before = []
  for (let index = 0; index < records; index += 1) {
    const at = Date.UTC(2024, 0, 1) + index * step
    if (before.length === 100 && chance() % 100 === 0) {
      const { seed, at: then } = before[chance() % before.length]
      yield [record(dice(seed), then, chance() % 2 === 0 ? 0 : 600), true]
      continue
    }
    const seed = roll()
    const text = record(dice(seed), at, 0)
    if (chance() % 10_000 === 0) {
      yield [broken(text, chance), false]
      continue
    }
    yield [text, true]
    if (index % 50 > 0) continue
    before.push({ seed, at })
    if (before.length > 100) before.shift()
  }
}

function broken(text, chance) {
  const place = 1 + (chance() % (text.length - 2))
  if (chance() % 3 === 0) return text.replace(/"AgentConnectionAttempts":\d+/, '"AgentConnectionAttempts":"often"')
  return chance() % 2 === 0 ? text.slice(0, place) : `${text.slice(0, place)}\u0001${text.slice(place + 1)}`
}

class Packed {
  #lines = []
  constructor(path, level) {
    this.path = path
    this.gzip = createGzip({ level, chunkSize: 1 << 18 })
    // Under its own name only once it is whole: an interrupted run must not leave half a file to be measured.
    this.file = createWriteStream(`${path}.part`)
    this.gzip.pipe(this.file)
  }
  async add(text, separator) {
    this.#lines.push(text, separator)
    if (this.#lines.length >= 4000 && !this.gzip.write(this.#lines.splice(0).join(''))) await once(this.gzip, 'drain')
  }
  async close() {
    this.gzip.end(this.#lines.join(''))
    await once(this.file, 'finish')
    renameSync(`${this.path}.part`, this.path)
  }
}

const CUT = 3

/** The same records: by lines; without the broken ones; and concatenated, cut into several files and packed otherwise. */
async function generate(folder, records) {
  const clean = join(folder, `clean-${records}.gz`)
  const lines = join(folder, `delivered-${records}.gz`)
  const joined = Array.from({ length: CUT }, (_, at) => join(folder, `joined-${records}-${at + 1}.gz`))
  if ([clean, lines, ...joined].every((path) => existsSync(path))) return { clean, lines, joined }
  const files = [clean, lines, ...joined].map((path, at) => new Packed(path, at < 2 ? 1 : 2))
  let index = 0
  for (const [text, isSound] of deliveries(records)) {
    if (isSound) await files[0].add(text, '\n')
    await files[1].add(text, '\n')
    await files[2 + Math.floor((index * CUT) / records)].add(text, '')
    index += 1
  }
  for (const file of files) await file.close()
  return { clean, lines, joined }
}

async function bare([path], folder) {
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
  return {}
}

async function ours(paths, folder, known = []) {
  const { BulkEngine } = await load('evidence/index.js')
  const { contactRecords } = await load('sources/contact-records/index.js')
  const { foundFile } = await load('sources/find-files.js')
  const engine = await BulkEngine.open({ spill: join(folder, 'spill') })
  const staging = mkdtempSync(join(folder, 'staging-'))
  const segments = [...known]
  let made = 0
  const context = {
    engine,
    staging,
    importId: `import-${known.length}`,
    segmentId: () => `segment-${known.length}-${++made}`,
    known: () => segments,
    owners: [],
    receivedAt: '2025-01-31',
    progress: () => undefined,
    setting: () => undefined,
  }
  const { deliveries } = contactRecords.deliveries(paths.map((path) => foundFile(path, basename(path))))
  const tally = { read: 0, kept: 0, duplicate: 0, superseded: 0, rejected: 0 }
  for (const delivery of deliveries) {
    const reading = await contactRecords.read(delivery, context)
    if (reading.refused.length > 0) throw new Error(JSON.stringify(reading.refused))
    segments.push(...reading.segments.map((each) => ({ ...each, import: context.importId })))
    for (const file of reading.files) for (const key of Object.keys(tally)) tally[key] += file.tally[key]
  }
  engine.close()
  return { tally, segments }
}

async function hashed(paths) {
  const { hashFile } = await load('evidence/index.js')
  for (const path of paths) await hashFile(path)
  return {}
}

const WORK = { bare, ours, hashed }

async function apart(what, paths, folder, known) {
  const child = fork(process.argv[1], ['--child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  child.send({ what, paths, folder, known })
  const [result] = await once(child, 'message')
  await once(child, 'exit')
  return result
}

async function measured({ what, paths, folder, known }) {
  const begun = performance.now()
  const told = await WORK[what](paths, folder, known)
  const seconds = (performance.now() - begun) / 1000
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  process.send({ ...told, seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, rss: Math.round(maxRSS / 1024) })
  process.disconnect()
}

const figures = ({ seconds, cpu, rss }) => `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processor, ${rss} MB`
const share = (part, whole) => (part / whole).toFixed(2)

/** Measures one size; gives what its import cost. */
async function measure(folder, records) {
  const { clean, lines, joined } = await generate(folder, records)
  const scratch = mkdtempSync(join(folder, 'run-'))
  console.log(`${records} records, ${Math.round(statSync(lines).size / 1e6)} MB packed`)
  const copy = await apart('bare', [clean], scratch)
  rmSync(join(scratch, 'bare.parquet'))
  console.log(`  bare COPY, without the broken   ${figures(copy)}`)
  const first = await apart('ours', [lines], scratch)
  const told = (read) => {
    const ratio = `${share(copy.seconds, read.seconds)} of the bare speed (processor ${share(copy.cpu, read.cpu)})`
    return `${figures(read)}; ${ratio}\n    ${JSON.stringify(read.tally)}, ${read.segments.length} segments`
  }
  console.log(`  import, newline-separated       ${told(first)}`)
  const hash = await apart('hashed', [lines], scratch)
  const part = ((100 * hash.seconds) / first.seconds).toFixed(1)
  console.log(`  the same file again             ${figures(hash)}; ${part} % of the first import`)
  const again = await apart('ours', joined, scratch, first.segments)
  const added = again.segments.length - first.segments.length
  console.log(`  the same facts in other files   ${figures(again)}; ${again.tally.kept} rows kept, ${added} segments`)
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch)
  console.log(`  import, concatenated            ${told(await apart('ours', joined, scratch))}`)
  rmSync(scratch, { recursive: true, force: true })
  return { records, cpu: first.cpu, seconds: first.seconds }
}

if (process.argv[2] === '--child') {
  process.once('message', measured)
} else {
  const counts = process.argv.slice(2).map(Number)
  const folder = process.env.BENCH_DIR ?? mkdtempSync(join(tmpdir(), 'contacts-'))
  mkdirSync(folder, { recursive: true })
  const costs = []
  for (const records of counts.length > 0 ? counts : [1_000_000, 10_000_000]) {
    costs.push(await measure(folder, records))
    const [one, last] = [costs[0], costs.at(-1)]
    if (costs.length === 1) continue
    const factor = (key) => (last[key] / one[key] / (last.records / one.records)).toFixed(2)
    console.log(
      `  cost of a record, as a multiple of that among ${one.records}: ${factor('seconds')}, of processor ${factor('cpu')}`,
    )
  }
  if (!process.env.BENCH_DIR) rmSync(folder, { recursive: true, force: true })
}
