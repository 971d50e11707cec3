import { addDays } from '../../language/index.ts'
import { regionName } from './book.ts'
import { type Line, type Resource, repriced } from './line.ts'
import { sumOf } from './monthly-lines.ts'
import { type FaultKind, isOpen, type MonthWork, priorPercent, replace, subjectOf, untouched } from './planting.ts'

/** Puts one fault of the kind into the month's lines, if any line there can bear it. */
export const LINE_FAULTS: Partial<Record<FaultKind, (work: MonthWork) => void>> = {
  'price-changed': changePrice,
  'wrong-tier': keepOldTier,
  'wrongly-excluded-row': excludeProduct,
  'missed-discount': missDiscount,
  'charge-to-wrong-customer': chargeOther,
  'resource-outside-region': useOutside,
  'unknown-account': billUnknown,
  'double-row': doubleRow,
}

function record(work: MonthWork, kind: FaultKind, lines: readonly Line[], effect: bigint, more = {}): void {
  const [first] = lines
  if (first === undefined) return
  work.planted.push({ kind, on: first.start, subject: { ...subjectOf(lines), ...more }, effect })
}

/** The lines of one account and item, daily ones only: what a change from some day on shows in. */
function pickGroup(work: MonthWork, wanted: (line: Line) => boolean): Line[] {
  const groups = new Map<string, Line[]>()
  for (const line of untouched(work, wanted)) {
    const key = `${line.account.id} ${line.item.id}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  const whole = [...groups.values()].filter((group) => group.length >= 3 && group.length <= 70)
  return whole.length === 0 ? [] : work.chance.pick(whole)
}

function changePrice(work: MonthWork): void {
  const { book, month, chance } = work
  const from = addDays(month.first, chance.whole(4, 18))
  const lines = pickGroup(work, (line) => line.start >= from)
  const [first] = lines
  if (first?.price === undefined) return
  const places = first.item.whole ? 10_000n : 1_000_000n
  const dearer = (first.price * BigInt(100 + book.terms.faultShape.priceChangePercent)) / 100n
  const price = ((dearer + places - 1n) / places) * places
  const changed = replace(work, lines, (line) => repriced({ ...line, price }))
  record(work, 'price-changed', changed, sumOf(changed) - sumOf(lines))
}

function keepOldTier(work: MonthWork): void {
  const { book, month, chance } = work
  const percent = priorPercent(book, month.first)
  if (percent === undefined) return
  const until = addDays(month.first, chance.whole(3, 9))
  const open = untouched(work, (line) => line.expected > 0 && line.start < until && line.end <= until)
  const accounts = [...new Set(open.map((line) => line.account))]
  if (accounts.length === 0) return
  const account = chance.pick(accounts)
  const lines = open.filter((line) => line.account === account)
  const changed = replace(work, lines, (line) => repriced({ ...line, percent }))
  record(work, 'wrong-tier', changed, sumOf(changed) - sumOf(lines), { percent: String(percent) })
}

function excludeProduct(work: MonthWork): void {
  const lines = pickGroup(work, (line) => line.expected > 0 && line.percent === line.expected)
  const changed = replace(work, lines, (line) => repriced({ ...line, percent: 0 }))
  record(work, 'wrongly-excluded-row', changed, sumOf(changed) - sumOf(lines))
}

function missDiscount(work: MonthWork): void {
  const open = untouched(work, (line) => line.expected > 0 && line.percent === line.expected)
  if (open.length === 0) return
  const lines = [work.chance.pick(open)]
  const changed = replace(work, lines, (line) => repriced({ ...line, percent: 0 }))
  record(work, 'missed-discount', changed, sumOf(changed) - sumOf(lines))
}

/** The row stays in its account, but instance and tags are another customer's. */
function chargeOther(work: MonthWork): void {
  const open = untouched(work, (line) => line.resource?.instanceId !== undefined)
  const instances = new Map(open.map((line) => [line.resource?.id, line]))
  if (instances.size < 2) return
  const line = work.chance.pick(open)
  const others = [...instances.values()].filter((each) => each.account !== line.account)
  if (others.length === 0) return
  const other = work.chance.pick(others)
  const changed = replace(work, [line], (own) => ({ ...own, resource: other.resource }))
  const customers = { customer: line.resource?.tags?.customer ?? '', shownFor: other.resource?.tags?.customer ?? '' }
  record(work, 'charge-to-wrong-customer', changed, sumOf(changed), customers)
}

/** More lines like one there is, on a resource in a region where nothing may be. */
function useOutside(work: MonthWork): void {
  const { book, chance } = work
  const open = untouched(work, (line) => line.item.instanceType !== undefined && line.resource !== undefined)
  if (open.length === 0) return
  const model = chance.pick(open)
  const region = chance.pick(book.outside)
  const name = `${model.resource?.name}-${region}`
  const id = `${model.resource?.id ?? ''}`.replace(book.home, region).replace(/[0-9a-f]{8}$/, chance.uuid().slice(0, 8))
  const resource: Resource = { ...model.resource, id, name, type: model.item.resource }
  const lines = copies(work, model, chance.whole(1, 4)).map((line) => ({ ...line, region, resource }))
  work.lines.push(...lines)
  record(work, 'resource-outside-region', lines, sumOf(lines), { region, regionName: regionName(book, region) })
}

function billUnknown(work: MonthWork): void {
  const { book, chance } = work
  const open = untouched(work, (line) => line.resource !== undefined && line.resource.instanceId === undefined)
  if (open.length === 0) return
  const model = chance.pick(open)
  const id = (model.resource?.id ?? '').replaceAll(model.account.id, book.unknown.id)
  const resource: Resource = { id, name: 'prueba', type: model.item.resource }
  const lines = copies(work, model, chance.whole(2, 6)).map((line) => ({ ...line, account: book.unknown, resource }))
  work.lines.push(...lines)
  record(work, 'unknown-account', lines, sumOf(lines))
}

/** The same charge on the days after, as far as the month goes. */
function copies(work: MonthWork, model: Line, days: number): Line[] {
  const daily = addDays(model.start, 1) === model.end
  return Array.from({ length: daily ? days : 1 }, (_, at) => addDays(model.start, at))
    .filter((start) => start < work.month.next)
    .map((start) => ({
      ...model,
      id: work.nextId(),
      start,
      end: daily ? addDays(start, 1) : model.end,
      faulty: true,
    }))
}

/** The same charge twice; only the identifier tells the rows apart. */
function doubleRow(work: MonthWork): void {
  const open = untouched(work, isOpen)
  if (open.length === 0) return
  const original = work.chance.pick(open)
  const [first] = replace(work, [original], (line) => line)
  const second: Line = { ...original, id: work.nextId(), faulty: true }
  const at = first === undefined ? -1 : work.lines.indexOf(first)
  work.lines.splice(at + 1, 0, second)
  record(work, 'double-row', [second], second.billed, { doubleOf: original.id })
}
