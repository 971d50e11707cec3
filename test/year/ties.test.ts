import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EvidenceFact, ImportReport } from '../../src/evidence/index.ts'
import type { Ledger } from '../../src/evidence/ledger/index.ts'
import { decimal } from '../../src/language/index.ts'
import { evidenceOf } from '../../src/sources/evidence-of.ts'
import { importFiles } from '../../src/sources/importing.ts'
import { sourceRooms } from '../../src/sources/registry.ts'
import { openScenario, simulate } from '../../src/twin/index.ts'
import { newInstallation, openLedger, stopServer } from '../evidence/places.ts'

const SCENARIO = new URL('../../agreements/wom-aws-chile/twin.yaml', import.meta.url)
const EVER = '9999-12-31'

type Fault = { kind: string; subject: Record<string, string>; file?: string }
type Totals = Record<string, Record<string, Record<string, string | number>>>

let ledger: Ledger
let report: ImportReport
let evidence: EvidenceFact[]
let totals: Totals
let faults: Fault[]

// A winter of the business: its files written, imported as a folder, and held against what the twin knows to be true.
beforeAll(async () => {
  const out = join(mkdtempSync(join(tmpdir(), 'convenio-year-')), 'files')
  const { scenario } = openScenario(readFileSync(SCENARIO, 'utf8'), 'twin.yaml')
  if (!scenario) throw new Error('the scenario is broken')
  const range = { from: '2024-11', to: '2025-02', scale: 0.03, seed: 11 }
  const { truth } = await simulate({ scenario, ...range, out })
  if (!truth) throw new Error('nothing was simulated')
  totals = truth.totals as unknown as Totals
  faults = truth.faults as unknown as Fault[]
  ledger = await openLedger(await newInstallation('pglite', 'wom-aws-chile'))
  report = await importFiles({ ledger, rooms: sourceRooms, paths: [out], receivedAt: '2025-03-10' })
  evidence = await evidenceOf(ledger, sourceRooms, '2025-02-28', EVER)
}, 300_000)

afterAll(async () => {
  await ledger?.close()
  await stopServer()
})

/** The rows that stand of a dataset, asked with SQL. */
async function ask<Row>(select: string, dataset: string, rest = '', shape?: string): Promise<Row[]> {
  const rows = ledger.rows(await ledger.bulk(EVER), dataset, shape)
  return (await ledger.engine()).all<Row>(`select ${select} from ${rows} t ${rest}`)
}

function planted(kind: string): Fault[] {
  return faults.filter((fault) => fault.kind === kind)
}

describe('what was written and what was read tie out', () => {
  test('every file has a source, every row an end, nothing is refused', () => {
    expect(report.unrecognised).toEqual(['truth.json'])
    expect(report.problems).toEqual([])
    expect(report.deliveries.flatMap((each) => each.refused)).toEqual([])
    for (const { tally } of [...report.deliveries, report])
      expect(tally.read).toBe(tally.kept + tally.duplicate + tally.superseded + tally.rejected)
    // People declare in July, which is not among these months.
    const expected = sourceRooms.map((room) => room.id).filter((id) => id !== 'declarations')
    expect(new Set(report.deliveries.map((each) => each.source))).toEqual(new Set(expected))
  })

  test.each(['focus', 'cur'])('the bill in its %s shape, month by month, to the last digit', async (shape) => {
    const select = `strftime(BillingPeriodStart, '%Y-%m') as month, count(*) as rows, sum(BilledCost)::varchar as billed`
    const months = await ask<{ month: string; rows: string; billed: string }>(
      select,
      'cost-and-usage',
      'group by 1',
      shape,
    )
    expect(months.map((each) => each.month).sort()).toEqual(['2024-11', '2024-12', '2025-01', '2025-02'])
    for (const { month, rows, billed } of months) {
      const truth = totals.bill?.[month] ?? {}
      expect(decimal(billed).eq(decimal(String(truth.billed))), `${month}: ${billed} ${truth.billed}`).toBe(true)
      expect(Number(rows)).toBe(truth[`${shape}Rows`])
    }
  })

  test('both shapes agree in every month', () => {
    const checks = evidence.filter((fact) => fact.dataset === 'bill-cross-check')
    expect(checks).toHaveLength(4)
    for (const { values } of checks) expect(values.agrees).toBe(true)
  })

  test('contacts: each once, by deployment', async () => {
    const [line] = await ask<{ n: string; ids: string }>(
      'count(*) as n, count(distinct contact_id) as ids',
      'contact-records',
    )
    expect(line?.n).toBe(line?.ids)
    const { contactsDistinctDelivered, contactRecordsDelivered } = totals.contacts as unknown as Record<string, number>
    expect(Number(line?.n)).toBe(contactsDistinctDelivered)
    const read = report.deliveries.filter((each) => each.source === 'contact-records')
    expect(read.reduce((sum, each) => sum + each.tally.read, 0)).toBe(contactRecordsDelivered)
  })

  test('usage metrics: the same contacts, counted by the contact centre', () => {
    const sums = new Map<string, string>()
    for (const { dataset, values, from } of evidence)
      if (dataset === 'usage-metrics' && values.metric === 'CONTACTS_HANDLED')
        sums.set(from.slice(0, 7), String(values.value))
    const handled = Object.entries(totals.metrics?.handledByMonth ?? {})
    expect(handled.length).toBe(4)
    for (const [month, value] of handled) expect(decimal(sums.get(month) ?? '-1').toFixed(), month).toBe(String(value))
  })

  test('minutes down, as the probes saw them', () => {
    const down = new Map<string, number>()
    for (const { dataset, values, from } of evidence) {
      if (dataset !== 'probes') continue
      const key = `${values.service} ${from.slice(0, 7)}`
      down.set(key, (down.get(key) ?? 0) + Number(values.totalMinutes) - Number(values.upMinutes))
    }
    const truth = Object.entries(totals.probes?.minutesDownByDeploymentMonth ?? {})
    const [seen, real] = [[...down.values()], truth.map(([, minutes]) => Number(minutes))]
    const total = (all: number[]): number => all.reduce((sum, each) => sum + each, 0)
    expect(total(seen)).toBe(total(real))
    expect(total(real)).toBeGreaterThan(0)
  })

  test('changes, surveys and what was spent on training', () => {
    const changes = evidence.filter((fact) => fact.dataset === 'changes')
    expect(changes).toHaveLength(Number(totals.tickets?.changes))
    const surveys = evidence.filter((fact) => fact.dataset === 'surveys')
    for (const kind of ['promoters', 'passives', 'detractors']) {
      const truth = Object.values(totals.surveys?.[`${kind}ByQuarter`] ?? {}).reduce<number>(
        (sum, each) => sum + Number(each),
        0,
      )
      expect(
        surveys.reduce((sum, { values }) => sum + Number(values[kind]), 0),
        kind,
      ).toBe(truth)
    }
    const spent = evidence.filter((fact) => fact.dataset === 'training-entries')
    const sum = spent.reduce((all, { values }) => all.plus(String(values.spent)), decimal('0'))
    const truth = Object.values(totals.training?.spent ?? {}).reduce(
      (all, each) => all.plus(String(each)),
      decimal('0'),
    )
    expect(sum.toFixed()).toBe(truth.toFixed())
  })
})

describe('faults that importing itself must find', () => {
  test('broken records are rejected, each with its place, and nothing else is', () => {
    expect(planted('broken-record').length).toBeGreaterThan(0)
    const rejected = report.deliveries
      .filter((each) => each.source === 'contact-records')
      .reduce((sum, each) => sum + each.tally.rejected, 0)
    expect(rejected).toBe(planted('broken-record').length)
    expect(report.tally.rejected).toBe(rejected)
  })

  test('contacts delivered twice are told as duplicates, and nothing else is', () => {
    expect(planted('double-delivered-contact').length).toBeGreaterThan(0)
    const contacts = report.deliveries.filter((each) => each.source === 'contact-records')
    const duplicate = contacts.reduce((sum, each) => sum + each.tally.duplicate, 0)
    expect(duplicate).toBe(planted('double-delivered-contact').length)
  })

  test('a refreshed month replaces the one before, in both shapes', () => {
    const bill = report.deliveries.filter((each) => each.source === 'cost-and-usage' && each.replaced > 0)
    expect(bill).toHaveLength(2 * planted('month-refreshed').length)
  })

  test('storage without encryption shows', () => {
    const open = evidence.filter((fact) => fact.dataset === 'storage' && fact.values.encrypted === false)
    expect(open.length > 0).toBe(planted('unencrypted-bucket').length > 0)
  })
})
