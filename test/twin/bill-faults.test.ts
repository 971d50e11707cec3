import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bill } from '../../src/twin/bill/index.ts'
import type { PlantedFault } from '../../src/twin/world.ts'
import { curRowsOf, exactly, focusRowsOf, sum } from './bill-files.ts'
import { type Run, runExample } from './example.ts'

type CurRow = Record<string, string | null>

let run: Run
const cur = new Map<string, CurRow[]>()

// A whole contract year's turn, and the month in which the migration buys more on the marketplace than may count.
beforeAll(async () => {
  run = await runExample({ from: '2023-11', to: '2024-09', scale: 0.03, seed: 5, parts: [bill] })
  for (const fault of run.truth.faults) {
    if (fault.file !== undefined && !cur.has(fault.file)) cur.set(fault.file, await rowsIn(fault.file))
  }
}, 120_000)
afterAll(() => run.remove())

async function rowsIn(file: string): Promise<CurRow[]> {
  const month = /BILLING_PERIOD=(\d{4}-\d{2})/.exec(file)?.[1] ?? ''
  return await curRowsOf(run.out, file.split('/')[0] ?? '', month)
}

const planted = (kind: string): PlantedFault[] => run.truth.faults.filter((fault) => fault.kind === kind)
const effect = (fault: PlantedFault): bigint => exactly(fault.effect?.value)
const rowsOf = (fault: PlantedFault): CurRow[] => {
  const ids = new Set((fault.subject.lineItems ?? '').split(' '))
  return (cur.get(fault.file ?? '') ?? []).filter((row) => ids.has(row.id ?? ''))
}
/** Usage rows like a planted one: same product in the same account of the same file. */
const siblings = (fault: PlantedFault): CurRow[] =>
  (cur.get(fault.file ?? '') ?? []).filter(
    (row) =>
      row.type === 'Usage' && row.account === fault.subject.account && row.usage_type === rowsOf(fault)[0]?.usage_type,
  )
const net = (row: CurRow): bigint => exactly(row.net ?? row.unblended)
const discountRows = (fault: PlantedFault): CurRow[] => {
  const days = new Set(rowsOf(fault).map((row) => `${row.resource} ${row.usage_type} ${row.start}`))
  const list = cur.get(fault.file ?? '') ?? []
  return list.filter((row) => row.type === 'EdpDiscount' && days.has(`${row.resource} ${row.usage_type} ${row.start}`))
}

describe('every planted fault', () => {
  it('of every kind of the bill is there', () => {
    const kinds = new Set(run.truth.faults.map((fault) => fault.kind))
    expect([...kinds].sort()).toEqual([
      ...['charge-to-wrong-customer', 'double-row', 'late-charge', 'marketplace-over-cap', 'missed-discount'],
      ...['month-refreshed', 'price-changed', 'refund-without-charge', 'resource-outside-region', 'tax-on-discount'],
      ...['unknown-account', 'wrong-tier', 'wrongly-excluded-row'],
    ])
  })

  it('names files that exist and rows that are in them', () => {
    for (const fault of run.truth.faults.filter((each) => each.file !== undefined)) {
      expect(existsSync(join(run.out, fault.file ?? ''))).toBe(true)
      expect(existsSync(join(run.out, fault.subject.focusFile ?? ''))).toBe(true)
      expect(rowsOf(fault).length, fault.id).toBe(Number(fault.subject.rows))
    }
  })

  it('of the discount is what is missing from what the contract gives', () => {
    for (const [month, totals] of Object.entries(run.truth.totals.bill ?? {})) {
      if (!/^\d{4}-\d{2}$/.test(month)) continue
      const { discountExpected, discountGiven } = totals as Record<string, string>
      const own = ['missed-discount', 'wrong-tier', 'wrongly-excluded-row'].flatMap(planted)
      const shown = own.filter((each) => each.file?.includes(`=${month}/`))
      expect(exactly(discountExpected) - exactly(discountGiven), month).toBe(sum(shown.map(effect)))
    }
  })
})

describe('a planted fault', () => {
  it('missed-discount: one row at list among discounted ones', () => {
    for (const fault of planted('missed-discount')) {
      const [row] = rowsOf(fault)
      expect(row?.taken).toBeNull()
      expect(discountRows(fault)).toEqual([])
      expect(effect(fault) * 100n).toBeGreaterThan(0n)
    }
  })

  it('wrongly-excluded-row: a whole product of one account at list', () => {
    for (const fault of planted('wrongly-excluded-row')) {
      expect(rowsOf(fault).length).toBeGreaterThanOrEqual(3)
      expect(rowsOf(fault).every((row) => row.taken === null)).toBe(true)
      expect(discountRows(fault)).toEqual([])
    }
  })

  it('wrong-tier: the first days of a contract year at the tier of the year before', () => {
    for (const fault of planted('wrong-tier')) {
      expect([fault.on >= '2024-07-01', fault.on < '2024-07-11']).toEqual([true, true])
      const list = sum(rowsOf(fault).map((row) => exactly(row.unblended)))
      const given = -sum(discountRows(fault).map((row) => exactly(row.unblended)))
      expect(given * 100n).toBe(list * 8n)
      expect(effect(fault) * 100n).toBe(list * 2n)
    }
  })

  it('double-row: two rows that differ in their identifier alone', () => {
    for (const fault of planted('double-row')) {
      const [second] = rowsOf(fault)
      const first = cur.get(fault.file ?? '')?.find((row) => row.id === fault.subject.doubleOf)
      expect({ ...first, id: '' }).toEqual({ ...second, id: '' })
      const focus = focusRowsOf(run.out, 'bill', /=(\d{4}-\d{2})/.exec(fault.file ?? '')?.[1] ?? '')
      const texts = focus.map((row) => JSON.stringify(row))
      if (fault.file?.startsWith('bill/')) expect(new Set(texts).size).toBeLessThan(texts.length)
    }
  })

  it('price-changed: dearer than the same product was before', () => {
    for (const fault of planted('price-changed')) {
      const changed = new Set(rowsOf(fault).map((row) => row.rate))
      const before = new Set(
        siblings(fault)
          .filter((row) => (row.start ?? '') < fault.on)
          .map((row) => row.rate),
      )
      expect([changed.size, before.size]).toEqual([1, 1])
      expect(exactly([...changed][0])).toBeGreaterThan(exactly([...before][0]))
    }
  })

  it('late-charge: billed in a later month than it was charged for, as a correction', () => {
    for (const fault of planted('late-charge')) {
      const month = fault.subject.billingPeriod ?? ''
      expect(rowsOf(fault).every((row) => (row.start ?? '') < `${month}-01`)).toBe(true)
      const focus = focusRowsOf(run.out, fault.subject.focusFile?.split('/')[0] ?? '', month)
      const late = focus.filter((row) => row.ChargeClass === 'Correction' && row.SubAccountId === fault.subject.account)
      expect(late.length).toBeGreaterThanOrEqual(rowsOf(fault).length)
    }
    const crossing = planted('late-charge').filter(
      (each) => each.on < '2024-07-01' && !each.file?.includes('=2024-0[1-6]'),
    )
    expect(crossing.some((each) => each.on.startsWith('2024-06'))).toBe(true)
  })

  it('resource-outside-region, unknown-account and charge-to-wrong-customer: where nothing should be', () => {
    const regions = new Set(['us-east-1', 'us-west-2', ''])
    for (const fault of planted('resource-outside-region')) {
      for (const row of rowsOf(fault)) expect(regions.has(row.region ?? '')).toBe(false)
    }
    const accounts = Object.keys(run.truth.totals.bill?.['2023-11 by account'] ?? {})
    for (const fault of planted('unknown-account')) expect(accounts.includes(fault.subject.account ?? '')).toBe(false)
    for (const fault of planted('charge-to-wrong-customer')) {
      expect(rowsOf(fault)[0]?.customer).toBe(fault.subject.shownFor)
      expect(fault.subject.shownFor).not.toBe(fault.subject.customer)
    }
  })

  it('refund-without-charge: a refund of what the account never used', () => {
    for (const fault of planted('refund-without-charge')) {
      expect(effect(fault)).toBeLessThan(0n)
      const [row] = rowsOf(fault)
      const used = [...cur.values()]
        .flat()
        .filter((each) => each.account === row?.account && each.product === row?.product)
      expect(used.filter((each) => each.type === 'Usage' && (each.start ?? '') < fault.on)).toEqual([])
    }
  })

  it('month-refreshed: the later copy has rows that the first did not have', async () => {
    for (const fault of planted('month-refreshed')) {
      const later = cur.get(fault.file ?? '') ?? []
      const first = await rowsIn((fault.file ?? '').replace('bill-refreshed', 'bill'))
      const known = new Set(first.map((row) => row.id))
      for (const row of rowsOf(fault)) expect(known.has(row.id)).toBe(false)
      expect(sum(later.map(net)) - sum(first.map(net))).toBe(effect(fault))
    }
  })

  it('marketplace-over-cap: more than a quarter of the minimum of the year', () => {
    const [fault] = planted('marketplace-over-cap')
    const year = run.truth.totals.bill?.['contract year 1'] as Record<string, string>
    expect(exactly(fault?.subject.cap) * 4n).toBe(exactly(year.minimum))
    expect(exactly(fault?.subject.bought) - exactly(fault?.subject.cap)).toBe(exactly(fault?.effect?.value))
  })
})
