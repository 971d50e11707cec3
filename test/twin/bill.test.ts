import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bill } from '../../src/twin/bill/index.ts'
import { curRowsOf, exactly, type FocusRow, focusRowsOf, sum } from './bill-files.ts'
import { exampleScenario, type Run, runExample } from './example.ts'

const RANGE = { from: '2024-04', to: '2024-09', scale: 0.04 }
const MONTHS = ['2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09']

let run: Run
const rows = new Map<string, FocusRow[]>()

beforeAll(async () => {
  run = await runExample({ ...RANGE, seed: 11, parts: [bill] })
  for (const month of MONTHS) rows.set(month, focusRowsOf(run.out, folderOf(month), month))
}, 120_000)
afterAll(() => run.remove())

/** Where the last delivery of a month is. */
function folderOf(month: string): string {
  const again = join(run.out, 'bill-refreshed', 'focus-daily', 'data', `BILLING_PERIOD=${month}`)
  return existsSync(again) ? 'bill-refreshed' : 'bill'
}

const all = (): FocusRow[] => [...rows.values()].flat()
const of = (month: string) => run.truth.totals.bill?.[month] as Record<string, string | number>
const get = (row: FocusRow, column: string): string => row[column] ?? ''

describe('the two formats', () => {
  it('tie to the last digit, in every delivery of every month', async () => {
    for (const folder of ['bill', 'bill-refreshed']) {
      for (const month of MONTHS) {
        if (!existsSync(join(run.out, folder, 'cur-daily/data', `BILLING_PERIOD=${month}`))) continue
        const focus = sum(focusRowsOf(run.out, folder, month).map((row) => exactly(row.BilledCost)))
        const cur = await curRowsOf(run.out, folder, month)
        expect(sum(cur.map((row) => exactly(row.net ?? row.unblended)))).toBe(focus)
      }
    }
  })

  it('list the discount as a map before July 2024 and as rows of their own from then on', async () => {
    const before = await curRowsOf(run.out, folderOf('2024-06'), '2024-06')
    expect(before.some((row) => row.type === 'EdpDiscount')).toBe(false)
    for (const row of before.filter((each) => each.taken !== null)) {
      expect(exactly(row.unblended) + exactly(row.taken)).toBe(exactly(row.net))
    }
    const after = await curRowsOf(run.out, folderOf('2024-07'), '2024-07')
    expect(after.some((row) => row.taken !== null || row.net !== null)).toBe(false)
    const given = sum(after.filter((row) => row.type === 'EdpDiscount').map((row) => exactly(row.unblended)))
    expect(-given).toBe(exactly(String(of('2024-07').discountGiven)))
  })

  it('have an identifier for each CUR row, tags and categories as maps', async () => {
    const cur = await curRowsOf(run.out, folderOf('2024-08'), '2024-08')
    expect(new Set(cur.map((row) => row.id)).size).toBe(cur.length)
    expect(cur.filter((row) => row.customer?.startsWith('C-')).length).toBeGreaterThan(100)
    expect(new Set(cur.map((row) => row.business))).toEqual(new Set(['Platform', 'Customers']))
    expect(cur.every((row) => row.product_name !== null)).toBe(true)
  })
})

describe('the arithmetic', () => {
  it('is exact: unit price times quantity is the cost on every row that has both', () => {
    const priced = all().filter((row) => get(row, 'ListUnitPrice') !== '' && get(row, 'PricingQuantity') !== '')
    expect(priced.length).toBeGreaterThan(2000)
    for (const row of priced) {
      const quantity = exactly(row.PricingQuantity)
      expect(exactly(row.ListUnitPrice) * quantity).toBe(exactly(row.ListCost) * 10n ** 12n)
      expect(exactly(row.ContractedUnitPrice) * quantity).toBe(exactly(row.ContractedCost) * 10n ** 12n)
    }
  })

  it('adds up to the truth, by month, service, account and invoice', () => {
    for (const month of MONTHS) {
      const own = rows.get(month) ?? []
      const total = (column: string) => sum(own.map((row) => exactly(row[column])))
      expect(own.length).toBe(of(month).focusRows)
      expect(total('BilledCost')).toBe(exactly(String(of(month).billed)))
      expect(total('ListCost')).toBe(exactly(String(of(month).list)))
      expect(total('EffectiveCost')).toBe(exactly(String(of(month).effective)))
      for (const [by, column] of [
        ['service', 'ServiceName'],
        ['account', 'SubAccountId'],
        ['invoice', 'InvoiceId'],
      ]) {
        const told = Object.entries(of(`${month} by ${by}`))
        for (const [name, amount] of told) {
          const group = own.filter((row) => (get(row, column ?? '') || 'not issued') === name)
          expect(sum(group.map((row) => exactly(row.BilledCost)))).toBe(exactly(String(amount)))
        }
      }
    }
  })

  it('takes the tier of the contract year off what earns it, from the first day of July', () => {
    const usage = all().filter((row) => row.ChargeCategory === 'Usage' && row.PricingCategory === 'Standard')
    const percents = (rowsOf: FocusRow[]) => rowsOf.map((row) => percentOf(row)).filter((each) => each !== undefined)
    const june = percents(usage.filter((row) => get(row, 'ChargePeriodStart') < '2024-07-01'))
    const july = percents(usage.filter((row) => get(row, 'ChargePeriodStart') >= '2024-07-01'))
    expect(june.filter((each) => each === 8n).length / june.length).toBeGreaterThan(0.97)
    expect(july.filter((each) => each === 10n).length / july.length).toBeGreaterThan(0.9)
    expect(new Set([...june, ...july])).toEqual(new Set([0n, 8n, 10n]))
  })

  it('leaves support, marketplace, credits and taxes without discount', () => {
    const others = all().filter((row) => !['Usage', 'Tax'].includes(get(row, 'ChargeCategory')))
    const plain = others.filter((row) => get(row, 'CommitmentDiscountId') === '')
    expect(plain.length).toBeGreaterThan(5)
    for (const row of plain) expect(row.ListCost).toBe(row.BilledCost)
  })

  it('spreads the fee of reserved instances over what they covered, and no more', () => {
    for (const own of rows.values()) {
      const reserved = own.filter((row) => get(row, 'CommitmentDiscountId') !== '')
      const fees = sum(
        reserved.filter((row) => row.ChargeCategory === 'Purchase').map((row) => exactly(row.BilledCost)),
      )
      expect(sum(reserved.map((row) => exactly(row.EffectiveCost)))).toBe(fees)
      expect(fees).toBeGreaterThan(0n)
    }
  })

  it('taxes each account and product with 19 % of what it was billed, but for the planted ones', () => {
    const wrong = run.truth.faults.filter((fault) => fault.kind === 'tax-on-discount')
    expect(wrong.length).toBeGreaterThan(0)
    let differing = 0
    for (const [month, own] of rows) {
      for (const tax of own.filter((row) => row.ChargeCategory === 'Tax')) {
        const base = own.filter((row) => isBase(row, tax))
        const due = (sum(base.map((row) => exactly(row.BilledCost))) * 19n) / 100n
        const planted = wrong.find(
          (each) =>
            each.subject.account === tax.SubAccountId &&
            each.subject.service === tax.ServiceName &&
            each.on.startsWith(month),
        )
        const over = exactly(tax.BilledCost) - due
        expect(over).toBe(exactly(planted?.effect?.value))
        if (over !== 0n) differing += 1
      }
    }
    expect(differing).toBe(wrong.length)
  })
})

function isBase(row: FocusRow, tax: FocusRow): boolean {
  const same = row.SubAccountId === tax.SubAccountId && row.ServiceName === tax.ServiceName
  return (
    same &&
    row.InvoiceIssuerName === tax.InvoiceIssuerName &&
    ['Usage', 'Purchase', 'Adjustment'].includes(get(row, 'ChargeCategory'))
  )
}

function percentOf(row: FocusRow): bigint | undefined {
  const list = exactly(row.ListCost)
  return list === 0n ? undefined : ((list - exactly(row.ContractedCost)) * 100n) / list
}

describe('the files', () => {
  it('carry invoice numbers by issuer, but none in the running month or a first delivery', () => {
    for (const month of MONTHS.slice(0, -1)) {
      const own = rows.get(month) ?? []
      expect(own.every((row) => get(row, 'InvoiceId') !== '')).toBe(true)
      const pairs = new Set(
        own.filter((row) => row.ChargeClass === '').map((row) => `${row.InvoiceIssuerName} ${row.InvoiceId}`),
      )
      expect(pairs.size).toBe(new Set(own.map((row) => row.InvoiceIssuerName)).size)
    }
    expect(rows.get('2024-09')?.every((row) => row.InvoiceId === '')).toBe(true)
    const refreshed = MONTHS.filter((month) => folderOf(month) === 'bill-refreshed')
    expect(refreshed.length).toBeGreaterThan(0)
    for (const month of refreshed) {
      expect(focusRowsOf(run.out, 'bill', month).every((row) => row.InvoiceId === '')).toBe(true)
    }
  })

  it('are named by manifests that are no older than the data', () => {
    for (const name of ['focus-daily', 'cur-daily']) {
      for (const month of MONTHS) {
        const path = join(run.out, 'bill', name, 'metadata', `BILLING_PERIOD=${month}`, `${name}-Manifest.json`)
        const manifest = JSON.parse(readFileSync(path, 'utf8')) as { dataFiles: string[]; billingPeriod: string }
        expect(manifest.billingPeriod).toBe(month)
        for (const file of manifest.dataFiles) {
          const data = join(run.out, file.replace(/^s3:\/\/[^/]+\//, ''))
          expect(statSync(data).mtimeMs).toBeLessThanOrEqual(statSync(path).mtimeMs)
        }
      }
    }
  })

  it('are the same bytes again for the same seed, and others for another', async () => {
    const request = { from: '2024-06', to: '2024-07', scale: 0.02, parts: [bill] }
    const hashes: string[] = []
    for (const seed of [3, 3, 4]) {
      const made = await runExample({ ...request, seed })
      hashes.push(hashOf(made.out))
      made.remove()
    }
    expect(hashes[0]).toBe(hashes[1])
    expect(hashes[2]).not.toBe(hashes[0])
  }, 60_000)

  it('plant nothing when nothing is wanted', async () => {
    const kinds = [...new Set(run.truth.faults.map((fault) => fault.kind))]
    const scenario = exampleScenario(Object.fromEntries(kinds.map((kind) => [kind, 0])))
    const clean = await runExample({ from: '2024-06', to: '2024-07', scale: 0.02, seed: 3, parts: [bill], scenario })
    expect(clean.truth.faults).toEqual([])
    const july = clean.truth.totals.bill?.['2024-07'] as Record<string, string>
    expect(july.discountGiven).toBe(july.discountExpected)
    clean.remove()
  }, 60_000)
})

function hashOf(out: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  for (const path of files.map((each) => join(each.parentPath, each.name)).sort()) hash.update(readFileSync(path))
  return hash.digest('hex')
}
