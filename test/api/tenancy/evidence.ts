import { join } from 'node:path'
import {
  commitBulk,
  commitRecords,
  type Ledger,
  newImportId,
  retractImport,
  type ToldFact,
} from '../../../src/evidence/ledger/index.ts'
import { MOVED_ON } from './sight.ts'
import { importer, mark, type World } from './world.ts'

/** Customers with evidence; the last has nobody who asks. */
const CUSTOMERS = ['C-001', 'C-002', 'C-003']
const OF_CUSTOMERS = ['instances', 'inventory', 'incidents', 'changes', 'survey-responses']
const OF_PARTNER = [
  ...['cost-and-usage', 'funds', 'training', 'opportunities', 'certificates', 'meetings', 'documents', 'incidents'],
  'waivers',
]

/** Everybody's evidence, each value with the mark of whose it is, one import for each owner and dataset. */
export async function seedEvidence(world: World): Promise<void> {
  const ledger = world.ledger.by(importer(world))
  for (const owner of CUSTOMERS) {
    for (const dataset of OF_CUSTOMERS) await bring(world, ledger, [factOf(owner, dataset)])
    const gone = await bring(world, ledger, [
      { ...factOf(owner, 'incidents'), key: `gone ${mark(owner, 'incidents', 'value')}` },
    ])
    await retractImport(ledger, gone, { receivedAt: '2025-04-01', reason: mark(owner, 'incidents', 'reason') })
    for (const dataset of ['probes', 'contact-records', 'usage-metrics']) await bringBulk(world, ledger, owner, dataset)
  }
  for (const dataset of OF_PARTNER) await bring(world, ledger, [factOf('partner', dataset)])
  // One delivery of two customers: who sees the import need not see the other's file.
  await bring(
    world,
    ledger,
    CUSTOMERS.map((owner) => ({ ...factOf(owner, 'changes'), key: `${owner} ${mark(owner, 'changes', 'value')}` })),
    'any',
  )
  // Of an instance that only the server knows to be whose.
  for (const owner of CUSTOMERS)
    await bring(
      world,
      ledger,
      [
        {
          ...factOf(owner, 'incidents'),
          key: `unsettled ${mark(owner, 'incidents', 'value')}`,
          owner: `instance:i-${owner}`,
        },
      ],
      owner,
    )
  const before = {
    ...factOf('C-001', 'incidents'),
    key: 'moved',
    values: { number: mark('C-001', 'incidents', 'moved') },
  }
  await bring(world, ledger, [before])
  await bring(world, ledger, [{ ...factOf('C-002', 'incidents'), key: 'moved', version: '2' }], 'C-002', MOVED_ON)
  for (const name of ['administrator', 'director'])
    await bring(
      world,
      ledger,
      [{ ...factOf('partner', 'meetings'), key: `${name} ${mark('partner', 'meetings', 'value')}` }],
      `retractable ${name}`,
    )
  ledger.release()
}

const VALUES: Record<string, Record<string, string | boolean>> = {
  incidents: {
    ...{ state: 'Closed', priority: '1 - Critical', openedAt: '2025-02-10T10:00:00Z', minutesToResolve: '120' },
    ...{ resolvedAt: '2025-02-10T12:00:00Z', minutesToRespond: '12', outageMinutes: '110' },
  },
  changes: { outcome: 'successful', state: 'Closed' },
  'survey-responses': { nps: '9', csat: '5' },
  inventory: { status: 'live', complete: true, liveFrom: '2023-09-15' },
  instances: { liveFrom: '2023-09-15' },
  'cost-and-usage': {
    amount: '1000.00',
    currency: 'USD',
    charge: 'usage',
    service: 'Amazon Connect',
    region: 'sa-east-1',
  },
  waivers: { clause: 'service-level/none', reason: 'mark.partner.waivers.value', approvedBy: 'x', until: '2025-12-31' },
}

function factOf(owner: string, dataset: string): ToldFact {
  const value = mark(owner, dataset, 'value')
  const own = {
    number: value,
    service: value,
    deployment: value,
    survey: value,
    instance: `i-${owner}`,
  }
  const [from, to] = ['2025-02-10', '2025-02-10']
  const values = { ...own, ...VALUES[dataset] }
  const told = { dataset, key: value, version: '1', from, to, values, personal: { caller: value }, owner }
  return { ...told, grade: 'measured', file: mark(owner, dataset, 'file'), row: '1', sha256: 'ab'.repeat(32) }
}

/** Takes in facts, each from the file it names; a row of the first file is rejected. */
async function bring(
  world: World,
  ledger: Ledger,
  facts: ToldFact[],
  whose = facts[0]?.owner ?? '',
  receivedAt = '2025-02-15',
): Promise<string> {
  const [{ dataset, file, owner } = factOf('partner', 'incidents')] = facts
  const label = mark(whose === 'any' ? whose : whoseIs(owner), dataset, 'label')
  const about = { label, receivedAt, remarks: { note: label } }
  const rejects = [{ file, row: 9, faults: [], raw: mark(whoseIs(owner), dataset, 'reject'), owner }]
  const source = { source: dataset, sourceVersion: 1 }
  const files = facts.map((each) => ({ name: each.file, sha256: each.sha256, bytes: 10, rejected: 0, rows: [[each]] }))
  const { import: id } = await commitRecords(ledger, { ...source, ...about, rejects }, files)
  if (whose !== 'any') world.sight.names.set(id, mark(whoseIs(owner), dataset, 'import'))
  world.ids.imports.set(`${whose} ${dataset}`, id)
  return id
}

// An instance of a customer's is theirs, whatever the ledger called its owner.
function whoseIs(owner: string): string {
  return owner.replace('instance:i-', '')
}

/** The columns of a bulk dataset that its sums are made of. */
const COLUMNS: Record<string, string> = {
  probes: `NULL::VARCHAR AS instance, $mark AS check_id, $mark AS check_name, $mark AS target, 'up' AS status, $time AS started_at,
    $time + INTERVAL 60 SECOND AS ended_at, NULL::VARCHAR AS latency_ms, 'interval' AS origin`,
  'contact-records': `$mark AS instance, $time AS initiated_at, $time AS agent_connected_at, $time AS enqueued_at,
    NULL::TIMESTAMP AS transferred_at, 'X' AS disconnect_reason`,
  'usage-metrics': `$mark AS instance, $mark AS deployment, $mark AS metric, $time AS started_at, $time AS ended_at,
    DATE '2025-02-10' AS first_day, DATE '2025-02-10' AS last_day, 'DAY' AS "interval", 1::DECIMAL(38, 10) AS value, '1' AS digits,
    'COUNT' AS unit, NULL::VARCHAR AS currency, NULL::VARCHAR AS threshold, NULL::VARCHAR AS dimensions, 'x' AS origin`,
}

// Three deliveries: one, one that takes a row of it over, and one that replaces the second.
async function bringBulk(world: World, ledger: Ledger, owner: string, dataset: string): Promise<void> {
  const folder = ledger.staging()
  const engine = await ledger.engine()
  const value = mark(owner, dataset, 'value')
  const columns = (COLUMNS[dataset] ?? '')
    .replaceAll('$mark', `'${value}'`)
    .replaceAll('$time', `(TIMESTAMP '2025-02-10' + INTERVAL (i) MINUTE)`)
  for (const at of [0, 1, 2]) {
    const id = `${newImportId(ledger.now())}-${at}`
    world.sight.names.set(id, mark(owner, dataset, 'import'))
    world.ids.imports.set(`${owner} ${dataset}`, id)
    const path = join(folder, `${dataset}-${at}.parquet`)
    const file = mark(owner, dataset, 'file')
    await engine.run(`COPY (SELECT ${columns}, '${file}' AS _file, i AS _row, '${value}' || i AS _key, '' AS _content, '1' AS _version,
      '2025-02-15' AS _received, '${id}' AS _import FROM range(${at * 10}, ${at * 10 + 5}) t(i)) TO '${path}' (FORMAT parquet)`)
    const grave = join(folder, `${dataset}-dead-${at}.parquet`)
    await engine.run(
      `COPY (SELECT '${value}-0' AS segment, 0::BIGINT AS "row", '${id}' AS "by") TO '${grave}' (FORMAT parquet)`,
    )
    const tally = { read: 5, kept: 5, duplicate: 0, superseded: 0, rejected: 0 }
    const times = { from: '2025-02-10T00:00:00Z', to: '2025-02-10T23:00:00Z', period: '2025-02' }
    await commitBulk(ledger, {
      ...{
        import: id,
        source: dataset,
        sourceVersion: 1,
        label: mark(owner, dataset, 'label'),
        receivedAt: '2025-02-15',
      },
      ...{ remarks: {}, rejects: [], files: [{ file, sha256: 'cd'.repeat(32), bytes: 5, tally }] },
      segments: [{ id: `${value}-${at}`, dataset, owner, rows: 5, path, ...times }],
      dead: at === 1 ? [{ path: grave, dataset, rows: 1 }] : [],
      replaces: at === 2 ? [`${value}-1`] : [],
    })
  }
}
