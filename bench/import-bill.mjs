// Bill lines (Parquet, Cost and Usage Report, costs as doubles) read by the source beside a bare DuckDB COPY that does the same exact
// casts, in turn, in the same run: node bench/import-bill.mjs [lines in millions …]; CONVENIO_DIST is another build than dist/.
// Each reading and each copy runs in a process of its own, so that its memory is its own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = process.env.CONVENIO_DIST ?? join(root, 'dist')
const load = (path) => import(pathToFileURL(join(dist, path)).href)

const TEXTS =
  `bill_bill_type bill_billing_entity bill_invoice_id bill_invoicing_entity bill_payer_account_id bill_payer_account_name
  identity_line_item_id identity_time_interval line_item_availability_zone line_item_currency_code line_item_legal_entity
  line_item_line_item_description line_item_line_item_type line_item_operation line_item_product_code line_item_resource_id
  line_item_tax_type line_item_usage_account_id line_item_usage_account_name line_item_usage_type pricing_currency pricing_term
  pricing_unit product_region_code product_servicecode product_product_family`.split(/\s+/)
const RATES =
  `line_item_blended_rate line_item_net_unblended_rate line_item_unblended_rate pricing_public_on_demand_rate`.split(
    ' ',
  )
const DOUBLES = `discount_bundled_discount discount_total_discount line_item_blended_cost line_item_net_unblended_cost
  line_item_normalization_factor line_item_normalized_usage_amount line_item_unblended_cost line_item_usage_amount
  pricing_public_on_demand_cost`.split(/\s+/)
const TIMES =
  `bill_billing_period_end_date bill_billing_period_start_date line_item_usage_end_date line_item_usage_start_date`.split(
    ' ',
  )
const MAPS = ['cost_category', 'discount', 'product', 'resource_tags']

const [what, ...rest] = process.argv.slice(2)
if (what === 'make') await make(rest[0], Number(rest[1]))
else if (what === 'read') await read(rest[0], rest[1])
else if (what === 'copy') await copy(rest[0], rest[1])
else all([what, ...rest].filter(Boolean).map(Number))

/** A month of bill lines; every value follows from the line's number. */
async function make(path, lines) {
  const { BulkEngine } = await load('evidence/index.js')
  const engine = await BulkEngine.open()
  const usage = '((n * 7919) % 1000003) / 1000.0'
  const cost = '((n * 104729) % 9999991) / 1000000000.0'
  const day = `TIMESTAMP '2024-01-01' + INTERVAL 1 HOUR * (n * 744 // ${lines})`
  await engine.run(`COPY (SELECT
    'Anniversary' AS bill_bill_type, 'AWS' AS bill_billing_entity, TIMESTAMP '2024-02-01' AS bill_billing_period_end_date,
    TIMESTAMP '2024-01-01' AS bill_billing_period_start_date, '' AS bill_invoice_id, 'Amazon Web Services, Inc.' AS bill_invoicing_entity,
    '111122223333' AS bill_payer_account_id, 'payer' AS bill_payer_account_name,
    MAP {'team': 'team-' || (n % 9)} AS cost_category,
    MAP {'edp_discount': -round((${cost}) * 0.08, 11)}::MAP(VARCHAR, DOUBLE) AS discount,
    NULL::DOUBLE AS discount_bundled_discount, -round((${cost}) * 0.08, 11)::DOUBLE AS discount_total_discount,
    md5((n // 744)::VARCHAR) AS identity_line_item_id, '2024-01-01T00:00:00Z/2024-02-01T00:00:00Z' AS identity_time_interval,
    NULL::VARCHAR AS line_item_availability_zone, (${cost})::DOUBLE AS line_item_blended_cost, '0.018' AS line_item_blended_rate,
    'USD' AS line_item_currency_code, 'Amazon Web Services, Inc.' AS line_item_legal_entity,
    '$0.018 per minute of end customer voice, part ' || (n % 40) AS line_item_line_item_description, 'Usage' AS line_item_line_item_type,
    round((${cost}) * 0.92, 11)::DOUBLE AS line_item_net_unblended_cost, '0.01656' AS line_item_net_unblended_rate,
    0.0::DOUBLE AS line_item_normalization_factor, 0.0::DOUBLE AS line_item_normalized_usage_amount, 'end-customer-mins' AS line_item_operation,
    ['AmazonConnect', 'AmazonEC2', 'AmazonS3', 'ContactCenterTelecomm'][1 + n % 4] AS line_item_product_code,
    'arn:aws:connect:us-east-1:' || (n % 25) || ':instance/' || (n % 25) || '/contact/' || (n % 100003) AS line_item_resource_id,
    NULL::VARCHAR AS line_item_tax_type, (${cost})::DOUBLE AS line_item_unblended_cost, '0.018' AS line_item_unblended_rate,
    lpad((n % 25)::VARCHAR, 12, '4') AS line_item_usage_account_id, 'account ' || (n % 25) AS line_item_usage_account_name,
    (${usage})::DOUBLE AS line_item_usage_amount, ${day} + INTERVAL 1 HOUR AS line_item_usage_end_date, ${day} AS line_item_usage_start_date,
    'USE1-end-customer-mins' AS line_item_usage_type, 'USD' AS pricing_currency, (${cost})::DOUBLE AS pricing_public_on_demand_cost,
    '0.0180000000' AS pricing_public_on_demand_rate, 'OnDemand' AS pricing_term, 'minutes' AS pricing_unit,
    MAP {'product_name': 'Amazon Connect', 'region': 'us-east-1'} AS product, 'us-east-1' AS product_region_code,
    'AmazonConnect' AS product_servicecode, 'Contact Center' AS product_product_family,
    MAP {'user_customer': 'C-' || (n % 25), 'aws_connect_instance': 'i-' || (n % 25)} AS resource_tags
    FROM range(${lines}) lines(n)) TO '${path}' (FORMAT parquet)`)
  engine.close()
}

/** Reads the file as an import does, without a ledger. */
async function read(path, folder) {
  const { BulkEngine } = await load('evidence/index.js')
  const { costAndUsage } = await load('sources/cost-and-usage/index.js')
  const engine = await BulkEngine.open({ spill: join(folder, 'spill') })
  const staging = join(folder, 'staging')
  mkdirSync(staging)
  const head = Buffer.from('PAR1')
  const file = { path, name: 'bill.parquet', bytes: statSync(path).size, gzip: false, head, text: 'PAR1' }
  const started = performance.now()
  if (!costAndUsage.recognise(file)) throw new Error('not recognised')
  const { deliveries } = costAndUsage.deliveries([file])
  let number = 0
  const reading = await costAndUsage.read(deliveries[0], {
    engine,
    staging,
    importId: 'bench',
    segmentId: () => `segment-${++number}`,
    known: () => [],
    owners: [],
    receivedAt: '2024-02-03',
    progress: () => undefined,
    setting: () => undefined,
  })
  const ms = performance.now() - started
  if (reading.refused.length > 0) throw new Error(JSON.stringify(reading.refused))
  const rows = reading.segments.reduce((sum, each) => sum + each.rows, 0)
  tell({ ms, rows })
}

/** The same columns with the same exact casts, by one statement and nothing else. */
async function copy(path, folder) {
  const { BulkEngine } = await load('evidence/index.js')
  const { decimalOfDouble, decimalOfText } = await load('sources/cost-and-usage/exact.js')
  const engine = await BulkEngine.open({ spill: join(folder, 'spill') })
  const columns = [
    ...TEXTS.map((name) => `${name}`),
    ...TIMES.map((name) => `CAST(${name} AS TIMESTAMP) AS ${name}`),
    ...DOUBLES.map((name) => `${decimalOfDouble(name)} AS ${name}`),
    ...RATES.map((name) => `${decimalOfText(name, false)} AS ${name}`),
    ...MAPS.map((name) => `CAST(to_json(${name}) AS VARCHAR) AS ${name}`),
  ]
  const started = performance.now()
  await engine.run(
    `COPY (SELECT ${columns.join(', ')} FROM '${path}') TO '${join(folder, 'copy.parquet')}' (FORMAT parquet)`,
  )
  tell({ ms: performance.now() - started })
}

function tell(result) {
  const { user, system } = process.cpuUsage()
  process.stdout.write(
    JSON.stringify({ ...result, cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 }),
  )
}

function all(millions) {
  const { version } = JSON.parse(spawnSync('cat', [join(root, 'package.json')], { encoding: 'utf8' }).stdout)
  console.log(
    `Convenio ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${new Date().toISOString().slice(0, 10)}\n`,
  )
  console.log(
    '| Lines | File MB | Read s | Bare copy s | Speed against the copy | By processor time | Lines a second | Peak MB read | Peak MB copy |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const million of millions.length > 0 ? millions : [1, 10]) row(million)
}

function row(million) {
  const folder = mkdtempSync(join(tmpdir(), 'convenio-bench-'))
  try {
    const path = join(folder, 'bill.parquet')
    run('make', path, String(million * 1e6))
    const reads = []
    const copies = []
    for (let turn = 0; turn < 3; turn++) {
      copies.push(run('copy', path, fresh(folder, `copy-${turn}`)))
      reads.push(run('read', path, fresh(folder, `read-${turn}`)))
    }
    const [r, c] = [median(reads), median(copies)]
    const cells = [
      `${million},000,000`,
      Math.round(statSync(path).size / 1e6),
      (r.ms / 1000).toFixed(2),
      (c.ms / 1000).toFixed(2),
      (c.ms / r.ms).toFixed(2),
      (least(copies) / least(reads)).toFixed(2),
      Math.round((million * 1e9) / r.ms),
      Math.round(Math.max(...reads.map((each) => each.memory))),
      Math.round(Math.max(...copies.map((each) => each.memory))),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fresh(folder, name) {
  for (const old of ['read-0', 'read-1', 'read-2', 'copy-0', 'copy-1', 'copy-2']) {
    if (existsSync(join(folder, old))) rmSync(join(folder, old), { recursive: true })
  }
  mkdirSync(join(folder, name))
  return join(folder, name)
}

function run(...args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout === '' ? undefined : JSON.parse(stdout)
}

function median(results) {
  return [...results].sort((a, b) => a.ms - b.ms)[Math.floor(results.length / 2)]
}

/** The least processor time of several runs: what other work on the machine disturbs least. */
function least(results) {
  return Math.min(...results.map((each) => each.cpu))
}
