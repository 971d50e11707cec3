import { addDays, daysBetween, type IsoDate } from '../../language/index.ts'
import { addMonths, monthOf, workingDay } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import { faultsOfScenario, numbered } from '../faults.ts'
import { shuffled } from '../model/names.ts'
import { centsOf, centsText, csvLine } from '../text.ts'
import type { Chance, Part, PlantedFault, Scenario, World } from '../world.ts'

const HEADER = ['Entry', 'Date', 'Budget Line', 'Course', 'Provider', 'Attendees', 'Amount', 'Currency']
const KIND = 'training-overspent'
const TEN_THOUSAND = 10_000

type Line = Scenario['training']['lines'][number]

interface Entry {
  date: IsoDate
  line: string
  course: string
  provider: string
  attendees: number
  cents: bigint
}

/** A budget line in one contract year. */
interface Spending {
  line: Line
  start: IsoDate
  end: IsoDate
  overspent: boolean
  entries: Entry[]
}

/** The training ledger, a file for each calendar year. */
export const training: Part = {
  id: 'training',
  weight: () => 30,
  async write(world, output, progress) {
    const spendings = spendingsOf(world.scenario, world.seed)
    const entries = spendings.flatMap((each) => each.entries).sort((a, b) => compare(a.date, b.date))
    const byYear = new Map<string, string[]>()
    const spent: Record<string, bigint> = {}
    const counts = new Map<string, number>()
    for (const entry of entries) {
      const year = entry.date.slice(0, 4)
      const count = (counts.get(year) ?? 0) + 1
      counts.set(year, count)
      if (entry.date < world.from || entry.date >= world.to) continue
      const lines = byYear.get(year) ?? []
      byYear.set(year, lines)
      const { date, line, course, provider, attendees, cents } = entry
      const id = `TR-${year}-${String(count).padStart(4, '0')}`
      const amount = centsText(cents)
      lines.push(csvLine([id, date, line, course, provider, attendees, amount, world.scenario.currency]))
      spent[line] = (spent[line] ?? 0n) + cents
    }
    for (const [year, lines] of byYear) await output.file(fileOf(year), csvLine(HEADER) + lines.join(''))
    progress(1)
    const totals = Object.fromEntries(Object.entries(spent).map(([line, cents]) => [line, centsText(cents)]))
    return { totals: { spent: totals }, faults: faultsIn(spendings, world) }
  },
}

function fileOf(year: string): string {
  return `training/training-${year}.csv`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function spendingsOf(scenario: Scenario, seed: number): Spending[] {
  const end = monthOf(scenario.to).next
  const spendings: Spending[] = []
  for (let start = monthOf(scenario.from).first; start < end; start = addMonths(start, 12)) {
    for (const line of scenario.training.lines) {
      spendings.push({ line, start, end: addMonths(start, 12), overspent: false, entries: [] })
    }
  }
  const draw = chanceOf(seed, 'training/faults')
  const whole = shuffled(spendings, draw).filter((each) => each.end <= end)
  for (const each of whole.slice(0, faultsOfScenario(scenario, KIND))) each.overspent = true
  for (const each of spendings) {
    each.entries = spend(scenario, each, chanceOf(seed, `training/${each.line.name}/${each.start}`))
  }
  return spendings
}

// Whole ten-thousandths, so that the amount is computed in whole cents.
function portion(cents: bigint, share: number): bigint {
  return (cents * BigInt(Math.round(share * TEN_THOUSAND))) / BigInt(TEN_THOUSAND)
}

function spend({ training }: Scenario, spending: Spending, chance: Chance): Entry[] {
  const { line, start, end, overspent } = spending
  const budget = centsOf(line.budget)
  const between = (low: number, high: number): number => low + (high - low) * chance.next()
  const isExact = overspent || chance.next() < training.exactShare
  const [least, most] = training.overspend
  let left = overspent
    ? portion(budget, 1 + between(least, most))
    : isExact
      ? budget
      : portion(budget, between(training.least, 0.995))
  const entries: Omit<Entry, 'date'>[] = []
  for (let misses = 0; misses < 6; ) {
    const course = chance.pick(line.courses)
    const attendees = chance.whole(...course.attendees)
    const cents = centsOf(course.price) * BigInt(attendees)
    if (cents > left) {
      misses += 1
      continue
    }
    left -= cents
    entries.push({ line: line.name, course: course.name, provider: course.provider, attendees, cents })
  }
  const length = daysBetween(start, end) - 20
  const dated = entries.map((entry, at): Entry => {
    const days = Math.floor(((at + chance.next()) / entries.length) * length)
    return { ...entry, date: workingDay(addDays(start, Math.max(3, days))) }
  })
  if (!isExact || left === 0n) return dated
  const { name, provider } = training.remainder
  const date = workingDay(addDays(end, -chance.whole(4, 12)))
  return [...dated, { line: line.name, course: name, provider, attendees: 1, cents: left, date }]
}

function faultsIn(spendings: readonly Spending[], world: World): PlantedFault[] {
  const found = spendings.flatMap(({ overspent, line, start, end, entries }): Omit<PlantedFault, 'id'>[] => {
    if (!overspent || start < world.from || end > world.to) return []
    const budget = centsOf(line.budget)
    let sum = 0n
    let on: IsoDate | undefined
    for (const entry of [...entries].sort((a, b) => compare(a.date, b.date))) {
      sum += entry.cents
      if (sum > budget) on ??= entry.date
    }
    if (on === undefined) return []
    const effect = { value: centsText(sum - budget), unit: world.scenario.currency }
    const subject = { budgetLine: line.name, from: start, to: addDays(end, -1) }
    return [{ kind: KIND, on, file: fileOf(on.slice(0, 4)), subject, effect }]
  })
  return numbered(found.sort((a, b) => compare(a.on, b.on)))
}
