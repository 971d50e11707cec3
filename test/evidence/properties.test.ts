import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyChain } from '../../src/evidence/audit/index.ts'
import {
  auditEntries,
  backUp,
  erasePersonal,
  type Ledger,
  restoreBackup,
  retractImport,
} from '../../src/evidence/ledger/index.ts'
import { importFiles } from '../../src/sources/importing.ts'
import { sourceRooms } from '../../src/sources/registry.ts'
import { newInstallation, openLedger } from './places.ts'

const EVER = '9999-12-31'
const DAY = '2025-02-10'
const rooms = sourceRooms.filter((room) => room.store === 'records')
const folders: string[] = []
let ledger: Ledger

beforeAll(async () => {
  ledger = await openLedger(await newInstallation('pglite'))
}, 60_000)
afterAll(async () => {
  await ledger.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** One row of a file of the kind: which fact it tells, and in which version of it. */
interface Told {
  kind: 'incidents' | 'changes' | 'opportunities' | 'certificates'
  which: number
  version: number
}

const day = (version: number) => `2025-01-1${version}`

const rows: Record<Told['kind'], (which: number, version: number) => object | string> = {
  incidents: (which, version) => ({
    sys_id: `sys${which}`,
    number: `INC000${which}`,
    opened_at: '2025-01-05 13:04:05',
    work_start: '2025-01-05 13:10:00',
    resolved_at: `${day(version)} 14:00:00`,
    closed_at: `${day(version)} 15:00:00`,
    sys_updated_on: `${day(version)} 15:00:00`,
    priority: `${1 + (version % 3)} - Some`,
    state: 'Closed',
    short_description: 'Voice is down',
    description: `Llamó Ana Rojas ${version}`,
    cmdb_ci: 'gas-peumo',
    company: `C-00${1 + (which % 3)}`,
    caller_id: 'Ana Rojas',
    assigned_to: 'Luis Soto',
    u_outage_start: '',
    u_outage_end: '',
  }),
  changes: (which, version) => ({
    sys_id: `chg${which}`,
    number: `CHG000${which}`,
    type: 'Normal',
    start_date: '2025-01-05 01:00:00',
    end_date: '2025-01-05 02:00:00',
    close_code: version % 2 === 0 ? 'Successful' : 'Unsuccessful',
    close_notes: 'Luis Soto lo hizo',
    state: 'Closed',
    cmdb_ci: 'gas-peumo',
    company: `C-00${1 + (which % 3)}`,
    assigned_to: 'Luis Soto',
    sys_updated_on: `${day(version)} 15:00:00`,
    short_description: 'Routing',
  }),
  opportunities: (which, version) => ({
    Catalog: 'AWS',
    Id: `O${which}`,
    PartnerOpportunityIdentifier: `P${which}`,
    CreatedDate: '2025-01-02T10:00:00Z',
    LastModifiedDate: `${day(version)}T10:00:00Z`,
    Customer: { Account: { CompanyName: 'Gas Peumo', Industry: 'Energy' }, Contacts: [] },
    Project: { Title: 'More agents', ExpectedCustomerSpend: [] },
    LifeCycle: { Stage: version % 2 === 0 ? 'Qualified' : 'Launched', TargetCloseDate: '2025-03-01' },
    Marketing: { CampaignName: 'Growth' },
  }),
  // A list is complete as of the day in its name, so it is never cut: one file for each row.
  certificates: (which, version) =>
    `Ana,Rojas,ana.rojas@wom.example,Amazon Connect Specialist,Specialist,V${which},2024-01-01,2027-01-0${1 + version},Active`,
}

const told = fc.record<Told>({
  kind: fc.constantFrom('incidents', 'changes', 'opportunities', 'certificates'),
  which: fc.integer({ min: 1, max: 4 }),
  version: fc.integer({ min: 0, max: 4 }),
})

function textOf(kind: Told['kind'], of: readonly Told[]): string {
  const made = of.map(({ which, version }) => rows[kind](which, version))
  if (kind === 'opportunities') return JSON.stringify({ Opportunities: made })
  return JSON.stringify({ result: made })
}

const HEADER = 'First Name,Last Name,Email,Certification,Level,Validation Number,Award Date,Expiration Date,Status'

/** Writes files: of each kind so many rows a file, in the order in which they are told. */
function filesOf(list: readonly Told[], size: number): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'convenio-cut-'))
  folders.push(folder)
  const paths: string[] = []
  const write = (name: string, text: string) => {
    paths.push(join(folder, name))
    writeFileSync(join(folder, name), text)
  }
  for (const kind of ['incidents', 'changes', 'opportunities'] as const) {
    const own = list.filter((each) => each.kind === kind)
    for (let at = 0; at < own.length; at += size) write(`${kind}-${at}.json`, textOf(kind, own.slice(at, at + size)))
  }
  const versions = new Set(list.filter((each) => each.kind === 'certificates').map((each) => each.version))
  for (const version of versions) {
    const lines = [1, 2, 3].map((which) => rows.certificates(which, version))
    write(`certifications-${day(version)}.csv`, [HEADER, ...lines].join('\n'))
  }
  return paths
}

async function bring(paths: readonly string[], receivedAt = DAY): Promise<void> {
  for (const path of paths) {
    const report = await importFiles({ ledger, rooms, paths: [path], receivedAt })
    expect([report.unrecognised, report.problems, report.deliveries.flatMap((each) => each.refused)]).toEqual([
      [],
      [],
      [],
    ])
    const { read, kept, duplicate, superseded, rejected } = report.tally
    expect([read, rejected]).toEqual([kept + duplicate + superseded, 0])
  }
}

async function takeAllBack(): Promise<void> {
  for (const { id, retractedAt } of await ledger.imports())
    if (retractedAt === null) await retractImport(ledger, id, { receivedAt: DAY, reason: 'the next turn' })
}

/** What stands, without where it was read. */
async function standing(): Promise<unknown[]> {
  const facts = await ledger.facts(EVER)
  return facts.map(({ file: _file, row: _row, sha256: _sha, import: _import, personal, ...fact }) => ({
    ...fact,
    personal: personal === undefined ? null : ledger.keyring.open(fact.owner, personal),
  }))
}

const settings = { seed: 20_250_131, numRuns: 12 }

test('any order and any cutting of files gives the same facts; taken back, nothing stands', {
  timeout: 120_000,
}, async () => {
  let compared = 0
  const lists = fc.uniqueArray(told, { minLength: 3, maxLength: 14, selector: (each) => JSON.stringify(each) })
  const property = fc.asyncProperty(
    lists.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
    fc.integer({ min: 1, max: 5 }),
    fc.nat(),
    async ([list, shuffled], size, turn) => {
      await bring(filesOf(list, 20))
      const expected = await standing()
      await takeAllBack()
      expect(await standing()).toEqual([])
      const paths = filesOf(shuffled, size)
      const at = turn % Math.max(1, paths.length)
      await bring([...paths.slice(at), ...paths.slice(0, at)])
      // Any of it twice is nothing new.
      await bring(paths.slice(0, 2))
      expect(await standing()).toEqual(expected)
      await takeAllBack()
      expect(await standing()).toEqual([])
      compared += expected.length
    },
  )
  await fc.assert(property, settings)
  expect(compared).toBeGreaterThan(50)
})

test('a restored back-up is the same after any history', { timeout: 120_000 }, async () => {
  const act = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        bring: fc.uniqueArray(told, { minLength: 1, maxLength: 6, selector: (each) => JSON.stringify(each) }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ retract: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ erase: fc.constantFrom('C-001', 'C-002', 'partner') }) },
  )
  const property = fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 6 }), async (history) => {
    for (const each of history) {
      if ('bring' in each) await bring(filesOf(each.bring, 3))
      else if ('erase' in each) await erasePersonal(ledger, [each.erase], 'asked for')
      else {
        const imports = await ledger.imports()
        const id = imports[each.retract % Math.max(1, imports.length)]?.id
        if (id !== undefined) await retractImport(ledger, id, { receivedAt: DAY, reason: 'a mistake' })
      }
    }
    const folder = mkdtempSync(join(tmpdir(), 'convenio-back-'))
    folders.push(folder)
    await backUp(ledger, join(folder, 'backup.tar.gz'))
    expect(await restoreBackup(join(folder, 'data'), join(folder, 'backup.tar.gz'))).toHaveProperty('members')
    const restored = await openLedger({ root: join(folder, 'data') })
    const state = async (of: Ledger) => ({
      facts: await of.facts(EVER),
      before: await of.facts('2025-02-09'),
      imports: await of.imports(),
      chain: await verifyChain(auditEntries(of.records.db)),
      erased: of.keyring.destroyed(),
    })
    const expected = await state(ledger)
    expect(await state(restored)).toEqual(expected)
    expect(expected.chain).not.toHaveProperty('broken')
    await restored.close()
  })
  await fc.assert(property, { ...settings, numRuns: 4 })
})
