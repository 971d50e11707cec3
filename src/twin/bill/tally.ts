import type { PartTruth } from '../world.ts'
import { type Book, yearOn } from './book.ts'
import type { ContractYear, Line } from './line.ts'
import type { BilledMonth } from './month.ts'
import { discountOf } from './month.ts'
import { sumOf } from './monthly-lines.ts'
import type { Planting } from './planting.ts'
import { lesser, percentOf, textOf } from './units.ts'

type Totals = PartTruth['totals']

/** What one delivery of a month has. */
export interface DeliveredRows {
  focusRows: number
  curRows: number
}

interface YearSums {
  billed: bigint
  tax: bigint
  credits: bigint
  marketplace: bigint
  eligible: bigint
  byChargePeriod: bigint
  expected: bigint
  given: bigint
}

/** Kinds that count toward the commitment in full; the marketplace counts up to its cap, tax and credits do not. */
const COUNTING: ReadonlySet<Line['kind']> = new Set(['usage', 'reserved-fee', 'support', 'refund'])

/** Adds up what is true of the bill, month by month. */
export class Tally {
  readonly #book: Book
  readonly #years = new Map<ContractYear, YearSums>()
  readonly totals: Totals = {}

  constructor(book: Book) {
    this.#book = book
  }

  /** Notes a month's final lines, and the first delivery's when there was another. */
  month(billed: BilledMonth, rows: DeliveredRows, firstRows: DeliveredRows | undefined, invoiceOf: InvoiceOf): void {
    const { month, lines, firstLines } = billed
    this.totals[month.id] = sumsOf(lines, rows)
    this.totals[`${month.id} by service`] = groupSums(lines, (line) => line.item.service.name)
    this.totals[`${month.id} by account`] = groupSums(lines, (line) => line.account.id)
    this.totals[`${month.id} by invoice`] = groupSums(lines, (line) => invoiceOf(line) || 'not issued')
    if (firstLines !== undefined && firstRows !== undefined) {
      this.totals[`${month.id} first delivery`] = sumsOf(firstLines, firstRows)
    }
    const year = yearOn(this.#book, month.first)
    if (year !== undefined) this.#addToYear(year, lines)
    for (const line of lines) {
      const own = yearOn(this.#book, line.start)
      if (own !== undefined && COUNTING.has(line.kind)) this.#sums(own).byChargePeriod += line.billed
    }
  }

  /** The sums of each contract year as far as the run goes, and what of its marketplace is over the cap. */
  finish(): { totals: Totals; overCap: Planting[] } {
    const overCap: Planting[] = []
    for (const [year, sums] of this.#years) {
      const cap = percentOf(year.minimum, this.#book.terms.marketplaceCapPercent)
      const counted = lesser(sums.marketplace, cap)
      const over = sums.marketplace - counted
      const texts = Object.entries(sums).map(([name, sum]) => [name, textOf(sum)] as const)
      this.totals[`contract year ${year.number}`] = {
        ...Object.fromEntries(texts),
        eligible: textOf(sums.eligible + counted),
        byChargePeriod: textOf(sums.byChargePeriod + counted),
        minimum: textOf(year.minimum),
        percent: String(year.percent),
        marketplaceCounted: textOf(counted),
        marketplaceOverCap: textOf(over),
      }
      if (over === 0n) continue
      const subject = { year: String(year.number), bought: textOf(sums.marketplace), cap: textOf(cap) }
      overCap.push({ kind: 'marketplace-over-cap', on: year.start, subject, effect: over })
    }
    return { totals: this.totals, overCap }
  }

  #sums(year: ContractYear): YearSums {
    const known = this.#years.get(year)
    if (known !== undefined) return known
    const none = { billed: 0n, tax: 0n, credits: 0n, marketplace: 0n, eligible: 0n, expected: 0n, given: 0n }
    const made = { ...none, byChargePeriod: 0n }
    this.#years.set(year, made)
    return made
  }

  #addToYear(year: ContractYear, lines: readonly Line[]): void {
    const sums = this.#sums(year)
    const of = (kind: Line['kind']): bigint => sumOf(lines.filter((line) => line.kind === kind))
    const { expected, given } = discountOf(lines)
    sums.billed += sumOf(lines)
    sums.tax += of('tax')
    sums.credits += of('credit')
    sums.marketplace += of('marketplace')
    sums.eligible += sumOf(lines.filter((line) => COUNTING.has(line.kind)))
    sums.expected += expected
    sums.given += given
  }
}

type InvoiceOf = (line: Line) => string

function sumsOf(lines: readonly Line[], rows: DeliveredRows): Record<string, string | number> {
  const of = (kinds: readonly Line['kind'][]): string =>
    textOf(sumOf(lines.filter((each) => kinds.includes(each.kind))))
  const total = (cost: 'list' | 'net' | 'effective'): string =>
    textOf(lines.reduce((sum, line) => sum + line[cost], 0n))
  const { expected, given } = discountOf(lines)
  const counting = lines.filter((line) => COUNTING.has(line.kind))
  return {
    ...rows,
    billed: textOf(sumOf(lines)),
    list: total('list'),
    contracted: total('net'),
    effective: total('effective'),
    usage: of(['usage']),
    reservedFees: of(['reserved-fee']),
    support: of(['support']),
    marketplace: of(['marketplace']),
    refunds: of(['refund']),
    credits: of(['credit']),
    tax: of(['tax']),
    corrections: textOf(sumOf(lines.filter((line) => line.correction))),
    beforeTax: textOf(sumOf(lines.filter((line) => line.kind !== 'tax'))),
    eligibleWithoutMarketplace: textOf(sumOf(counting)),
    discountExpected: textOf(expected),
    discountGiven: textOf(given),
  }
}

function groupSums(lines: readonly Line[], keyOf: (line: Line) => string): Record<string, string> {
  const sums = new Map<string, bigint>()
  for (const line of lines) sums.set(keyOf(line), (sums.get(keyOf(line)) ?? 0n) + line.billed)
  return Object.fromEntries([...sums].map(([key, sum]) => [key, textOf(sum)]))
}
