import { addDays } from '../../language/index.ts'
import { type Month, monthIndex } from '../calendar.ts'
import { type Book, named } from './book.ts'
import { type Line, repriced } from './line.ts'
import { flatLine, sumOf } from './monthly-lines.ts'
import { type MonthWork, subjectOf, untouched } from './planting.ts'
import { toCents } from './units.ts'

const MONTHS_OF_YEAR = 12
const REMEMBERED = 80

/** What one month leaves to those after it. */
export class Carried {
  /** Lines held back, by the month that delivers them. */
  readonly #late: { due: string; lines: Line[] }[] = []
  #remembered: Line[] = []
  readonly #charged = new Set<string>()

  /** Takes lines out of the month; a later one delivers them as corrections. */
  holdBack(work: MonthWork, months: readonly Month[]): void {
    const { book, month, chance } = work
    const at = months.findIndex((each) => each.id === month.id)
    const due = months[Math.min(months.length - 1, at + chance.whole(1, 2))]
    if (due === undefined || due.id === month.id) return
    const last = addDays(month.next, -4)
    const open = untouched(work, (line) => line.start >= last && line.resource !== undefined)
    if (open.length === 0) return
    const { account } = chance.pick(open)
    const lines = open.filter((line) => line.account === account).slice(0, book.terms.faultShape.lateRows)
    const held = new Set(lines)
    work.lines = work.lines.filter((line) => !held.has(line))
    this.#late.push({ due: due.id, lines })
  }

  /** Lines of earlier months whose time has come. */
  deliver(work: MonthWork): void {
    for (const { lines } of this.#late.filter((each) => each.due === work.month.id)) {
      const late = lines.map((line): Line => ({ ...line, id: work.nextId(), correction: true, faulty: true }))
      work.lines.push(...late)
      const [first] = late
      if (first === undefined) continue
      const subject = { ...subjectOf(late), billingPeriod: work.month.id }
      work.planted.push({ kind: 'late-charge', on: first.start, subject, effect: sumOf(late) })
    }
  }

  /** Corrections and refunds of earlier charges that are in order. */
  amend(work: MonthWork): void {
    const { book, chance, month } = work
    if (this.#remembered.length === 0) return
    if (chance.next() < book.terms.correctionsPerYear / MONTHS_OF_YEAR) {
      const model = chance.pick(this.#remembered)
      const share = BigInt(chance.whole(2, 20))
      const step = model.item.whole ? 100n : 1n
      const quantity = -((((model.quantity ?? 0n) * share) / 100n / step) * step)
      const less = repriced({ ...model, quantity, seconds: undefined })
      const description = `${model.description} (correction of ${model.start.slice(0, 7)})`
      if (quantity !== 0n) work.lines.push({ ...less, id: work.nextId(), correction: true, description })
    }
    if (chance.next() < book.terms.refundsPerYear / MONTHS_OF_YEAR) {
      const model = chance.pick(this.#remembered)
      const amount = -toCents((model.net * BigInt(chance.whole(10, 60))) / 100n)
      const { item, account, resource, start, end, region } = model
      const description = `Refund: ${item.description}`
      const line = flatLine('refund', { item, account, month, amount, description, resource, start, end, region })
      if (amount !== 0n) work.lines.push({ ...line, id: work.nextId() })
    }
  }

  /** A refund of a product that the account never used. */
  refundNothing(work: MonthWork, before: Month | undefined): void {
    const { book, chance, month } = work
    this.#noteCharges(work)
    const period = before ?? month
    const items = book.terms.shared.map((use) => named(book.items, use.item))
    const pairs = book.world.deployments
      .map((each) => book.accountOf(each))
      .flatMap((account) => items.map((item) => ({ account, item })))
      .filter(({ account, item }) => !this.#charged.has(keyOf(account.id, item.service.id)))
    if (pairs.length === 0) return
    const { account, item } = chance.pick(pairs)
    const amount = -toCents((BigInt(chance.whole(20_000, 95_000)) * scaleOf(book) * 100_000_000n) / 1_000_000n)
    const description = `Refund: ${item.description}`
    const flat = { item, account, month, amount, description, start: period.first, end: period.next }
    const line: Line = { ...flatLine('refund', flat), id: work.nextId(), faulty: true }
    work.lines.push(line)
    const subject = subjectOf([line])
    work.planted.push({ kind: 'refund-without-charge', on: month.first, subject, effect: amount })
  }

  /** Remembers what was charged, for the months after. */
  remember(work: MonthWork): void {
    this.#noteCharges(work)
    const open = untouched(work, (line) => line.percent === line.expected)
    const chance = work.book.world.chance(`bill remembered ${monthIndex(work.month.first)}`)
    this.#remembered = Array.from({ length: Math.min(REMEMBERED, open.length) }, () => chance.pick(open))
  }

  #noteCharges(work: MonthWork): void {
    for (const { account, item } of work.lines) this.#charged.add(keyOf(account.id, item.service.id))
  }
}

function keyOf(account: string, service: string): string {
  return `${account} ${service}`
}

function scaleOf(book: Book): bigint {
  return BigInt(Math.round(book.world.scale * 1_000_000))
}
