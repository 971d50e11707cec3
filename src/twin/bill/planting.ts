import type { IsoDate } from '../../language/index.ts'
import type { Month } from '../calendar.ts'
import { faultsWanted } from '../faults.ts'
import type { Chance } from '../world.ts'
import type { Book } from './book.ts'
import type { Line } from './line.ts'
import { textOf } from './units.ts'

/** A fault put into a month's lines, before the names of files are known. */
export interface Planting {
  kind: string
  on: IsoDate
  subject: Record<string, string>
  /** In units of 1e-10. */
  effect: bigint
  /** Only the copy of the month delivered later shows it. */
  refreshed?: boolean
}

/** A month while its lines are being put together. */
export interface MonthWork {
  book: Book
  month: Month
  lines: Line[]
  chance: Chance
  planted: Planting[]
  nextId(): string
}

/** The kinds of fault that the bill plants, in the order in which they are put into a month. */
export const FAULT_KINDS = [
  'price-changed',
  'wrong-tier',
  'wrongly-excluded-row',
  'missed-discount',
  'charge-to-wrong-customer',
  'resource-outside-region',
  'unknown-account',
  'double-row',
  'late-charge',
  'refund-without-charge',
  'tax-on-discount',
  'month-refreshed',
] as const

/** One of FAULT_KINDS. */
export type FaultKind = (typeof FAULT_KINDS)[number]

/** Which kinds each month gets, once for each fault. */
export function planFaults(book: Book, months: readonly Month[]): Map<string, FaultKind[]> {
  const plan = new Map<string, FaultKind[]>()
  for (const kind of FAULT_KINDS) {
    const possible = monthsFor(book, months, kind)
    const wanted = possible.length === 0 ? 0 : faultsWanted(book.world, kind)
    const chance = book.world.chance(`bill plan ${kind}`)
    // A crossing of contract years is the hardest case of a late charge, so the first one is put there.
    const crossing = kind === 'late-charge' ? possible.find((month) => isYearEnd(book, month)) : undefined
    let left: Month[] = []
    for (let at = 0; at < wanted; at += 1) {
      if (left.length === 0) left = [...possible]
      const drawn = at === 0 && crossing !== undefined ? left.indexOf(crossing) : chance.whole(0, left.length - 1)
      const [month] = left.splice(drawn, 1)
      if (month === undefined || (kind === 'month-refreshed' && plan.get(month.id)?.includes(kind))) continue
      plan.set(month.id, [...(plan.get(month.id) ?? []), kind])
    }
  }
  return plan
}

function monthsFor(book: Book, months: readonly Month[], kind: FaultKind): Month[] {
  const tierOf = (day: IsoDate): number => book.years.find((year) => year.start <= day && day < year.end)?.percent ?? 0
  const earning = months.filter((month) => tierOf(month.first) > 0)
  switch (kind) {
    case 'wrong-tier':
      return earning.filter((month) => priorPercent(book, month.first) !== undefined)
    case 'missed-discount':
    case 'wrongly-excluded-row':
    case 'tax-on-discount':
      return earning
    case 'late-charge':
      return months.slice(0, -1)
    case 'month-refreshed':
      return months.slice(0, -1)
    default:
      return [...months]
  }
}

function isYearEnd(book: Book, month: Month): boolean {
  return book.years.some((year) => year.end === month.next)
}

/** The discount of the contract year before, when a day is the first of a year with another one. */
export function priorPercent(book: Book, day: IsoDate): number | undefined {
  const at = book.years.findIndex((year) => year.start === day)
  const [before, now] = [book.years[at - 1], book.years[at]]
  return before === undefined || now === undefined || before.percent === now.percent ? undefined : before.percent
}

/** What identifies lines: by identifier where the format has one, else by account, resource, product and day. */
export function subjectOf(lines: readonly Line[]): Record<string, string> {
  const [first] = lines
  if (first === undefined) return {}
  return {
    lineItems: lines.map((line) => line.id).join(' '),
    rows: String(lines.length),
    account: first.account.id,
    service: first.item.service.name,
    usageType: first.item.usageType,
    chargeFrom: first.start,
    chargeTo:
      lines
        .map((line) => line.end)
        .sort()
        .at(-1) ?? first.end,
    ...(first.resource === undefined ? {} : { resource: first.resource.id }),
    billed: textOf(lines.reduce((sum, line) => sum + line.billed, 0n)),
  }
}

/** Lines that no fault has touched yet and that are worth finding: none costs less than a dollar of a full-size run. */
export function untouched(work: MonthWork, wanted: (line: Line) => boolean): Line[] {
  const least = 10_000_000_000n / BigInt(Math.max(1, Math.round(1 / work.book.world.scale)))
  return work.lines.filter((line) => isOpen(line) && line.net >= least && wanted(line))
}

/** Plain usage of this month that no fault has touched. */
export function isOpen(line: Line): boolean {
  return line.kind === 'usage' && line.faulty !== true && !line.correction
}

/** Puts changed lines in the place of the old ones. */
export function replace(work: MonthWork, old: readonly Line[], change: (line: Line) => Line): Line[] {
  const changed = new Map(old.map((line) => [line, { ...change(line), faulty: true }]))
  work.lines = work.lines.map((line) => changed.get(line) ?? line)
  return [...changed.values()]
}
