import type { Month } from '../calendar.ts'
import type { Chance } from '../world.ts'
import type { Book } from './book.ts'
import type { Carried } from './carried.ts'
import type { Line } from './line.ts'
import { LINE_FAULTS } from './line-faults.ts'
import { creditLines, marketplaceLines, reservedLines, sumOf, supportLine, taxLines } from './monthly-lines.ts'
import { type FaultKind, isOpen, type MonthWork, type Planting, subjectOf } from './planting.ts'
import { percentOf } from './units.ts'
import { deploymentLines, sharedLines } from './usage-lines.ts'

/** A month as it is delivered at the end, and as it was delivered first when a refreshed copy replaced it. */
export interface BilledMonth {
  month: Month
  lines: readonly Line[]
  /** Present when the month was refreshed: what the first delivery had. */
  firstLines?: readonly Line[]
  planted: readonly Planting[]
}

/** Puts together all lines of one month: usage, then faults, then what is computed from the rest. */
export function billMonth(
  book: Book,
  months: readonly Month[],
  at: number,
  kinds: readonly FaultKind[],
  carried: Carried,
): BilledMonth {
  const month = months[at]
  if (month === undefined) throw new RangeError('no such month')
  const ids = book.world.chance(`bill lines ${month.id}`)
  const nextId = (): string => ids.uuid().replaceAll('-', '')
  const chance = book.world.chance(`bill faults ${month.id}`)
  const lines = [
    ...deploymentLines(book, month),
    ...sharedLines(book, month),
    ...reservedLines(book, month),
    ...marketplaceLines(book, month),
    ...creditLines(book, month),
  ]
  for (const line of lines) line.id = nextId()
  const work: MonthWork = { book, month, lines, chance, planted: [], nextId }
  carried.amend(work)
  for (const kind of kinds) {
    if (kind === 'late-charge') carried.holdBack(work, months)
    else if (kind === 'refund-without-charge') carried.refundNothing(work, months[at - 1])
    else LINE_FAULTS[kind]?.(work)
  }
  carried.deliver(work)
  carried.remember(work)
  return closed(work, kinds, book.world.chance(`bill closing ${month.id}`))
}

function closed(work: MonthWork, kinds: readonly FaultKind[], chance: Chance): BilledMonth {
  const { book, month, planted } = work
  const late = kinds.includes('month-refreshed') ? lateRows(work, chance) : []
  const held = new Set(late)
  const ids = { support: work.nextId(), tax: new Map<string, string>() }
  const complete = (lines: readonly Line[]): Line[] => {
    const support = { ...supportLine(book, lines, month), id: ids.support }
    const charged = [...lines, support]
    // The same account and product keep their tax line's identifier when the month is refreshed.
    const taxes = taxLines(book, charged, month).map((line) => {
      const key = `${line.account.id} ${line.issuer.id} ${line.item.service.id}`
      const id = ids.tax.get(key) ?? work.nextId()
      ids.tax.set(key, id)
      return { ...line, id }
    })
    return [...charged, ...taxes]
  }
  const lines = complete(work.lines)
  for (const kind of kinds) if (kind === 'tax-on-discount') taxList(work, lines, chance)
  if (late.length === 0) return { month, lines, planted }
  const firstLines = complete(work.lines.filter((line) => !held.has(line))).map((line) => sameTax(line, lines, planted))
  const effect = sumOf(lines) - sumOf(firstLines)
  const added = sumOf(late)
  planted.push({ kind: 'month-refreshed', on: month.first, subject: subjectOf(late), effect, refreshed: true })
  if (added <= 0n) throw new RangeError('a refreshed month brings charges')
  return { month, lines, firstLines, planted }
}

/** A tax line computed wrongly is wrong in both deliveries. */
function sameTax(line: Line, lines: readonly Line[], planted: readonly Planting[]): Line {
  const wrong = planted.some((each) => each.kind === 'tax-on-discount' && each.subject.lineItems === line.id)
  return wrong ? (lines.find((each) => each.id === line.id) ?? line) : line
}

/** Usage of the last days that the first delivery does not have yet. */
function lateRows(work: MonthWork, chance: Chance): Line[] {
  const open = work.lines.filter(
    (line) => isOpen(line) && line.end === work.month.next && line.start > work.month.first,
  )
  const { refreshedRows } = work.book.terms.faultShape
  const rows = new Set<Line>()
  for (let tries = 0; tries < refreshedRows * 4 && rows.size < refreshedRows && open.length > 0; tries += 1) {
    rows.add(chance.pick(open))
  }
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The tax of one account and product, computed on list instead of what was billed. */
function taxList(work: MonthWork, lines: Line[], chance: Chance): void {
  const { book, month, planted } = work
  const reserved = new Set(lines.filter((line) => line.reservation !== undefined).map((line) => line.account.id))
  const open = lines.filter((line) => line.kind === 'tax' && line.list > line.billed && !reserved.has(line.account.id))
  const worth = open.filter((line) => line.faulty !== true).sort((a, b) => (a.billed < b.billed ? 1 : -1))
  if (worth.length === 0) return
  const line = chance.pick(worth.slice(0, 20))
  const wrong: Line = { ...line, net: line.list, billed: line.list, effective: line.list, faulty: true }
  lines[lines.indexOf(line)] = wrong
  const subject = { ...subjectOf([wrong]), taxPercent: String(book.terms.taxPercent) }
  planted.push({ kind: 'tax-on-discount', on: month.first, subject, effect: wrong.billed - line.billed })
}

/** What the contract's discount should have taken off, and what was taken off. */
export function discountOf(lines: readonly Line[]): { expected: bigint; given: bigint } {
  let [expected, given] = [0n, 0n]
  for (const line of lines) {
    if (line.kind !== 'usage' && line.kind !== 'reserved-fee') continue
    expected += percentOf(line.list, line.expected)
    given += line.list - line.net
  }
  return { expected, given }
}
