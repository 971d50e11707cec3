import { plain } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { addDuration, type IsoDate, type Period } from '../../language/index.ts'
import { satisfies } from '../judging.ts'
import type { JudgeContext } from '../room.ts'
import { availability, changeSuccess, type Figure, incidentTimes, later } from './figures.ts'
import type { ServiceLevelTerms } from './terms.ts'

/** One window of measuring, and how the service level stood in it. */
export interface Window {
  period: Period
  over: boolean
  outcome: 'met' | 'breached' | 'at-risk' | 'open' | 'unknown'
  /** The figure that decides the outcome. */
  figure: Figure | undefined
  /** The value that the outcome rests on: what is certain when met, the best possible when breached. */
  value: string | undefined
}

/** SLE-6: how many months a window has: one, unless the text or a rule says quarter or year. */
export function windowMonths(stated: string | undefined): number {
  const words = plain(stated ?? '')
  if (/quarter|trimestr/.test(words)) return 3
  return /\b(?:year|yearly|annual|annually|ano|anual|anuales)\b/.test(words) ? 12 : 1
}

/** The calendar windows of the term from the first evidence to the as-of date, oldest first. */
export function windowsOf(facts: readonly EvidenceFact[], months: number, context: JudgeContext): Period[] {
  const first = facts.reduce((date, fact) => earlier(fact.from, date), context.asOf)
  const from = context.term ? later(first, context.term.start) : first
  const month = Math.floor((Number(from.slice(5, 7)) - 1) / months) * months + 1
  const windows: Period[] = []
  let start = `${from.slice(0, 4)}-${String(month).padStart(2, '0')}-01`
  while (start <= context.asOf && (!context.term || start < context.term.end)) {
    const end = addDuration(start, { amount: String(months), unit: 'month' })
    windows.push({ start, end })
    start = end
  }
  return windows
}

/** Judges each window by the facts that lie in it. */
export function judgeWindows(
  terms: ServiceLevelTerms,
  facts: readonly EvidenceFact[],
  months: number,
  context: JudgeContext,
): Window[] {
  const periods = windowsOf(facts, months, context)
  const inside = new Map<string, EvidenceFact[]>()
  let at = 0
  for (const fact of [...facts].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    while (at < periods.length && fact.from >= (periods[at] as Period).end) at += 1
    const period = periods[at]
    // A fact that reaches over the end of a window says nothing certain of either side.
    if (period && fact.from >= period.start && fact.to < period.end)
      inside.set(period.start, [...(inside.get(period.start) ?? []), fact])
  }
  return periods.map((whole) => {
    const period = clipped(whole, context.term)
    const over = context.asOf >= period.end
    const figures = figuresOf(terms, inside.get(whole.start) ?? [], period)
    const outcomes = figures.map((figure) => outcomeOf(figure, over))
    const order: Window['outcome'][] = ['breached', 'unknown', 'at-risk', 'open', 'met']
    const outcome = order.find((each) => outcomes.includes(each)) ?? 'unknown'
    const figure = figures[outcomes.indexOf(outcome)]
    return { period, over, outcome, figure, value: figure && certain(figure, outcome) }
  })
}

function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return later(a, b) === a ? b : a
}

function clipped(period: Period, term: Period | undefined): Period {
  if (!term) return period
  return {
    start: later(period.start, term.start),
    end: earlier(period.end, term.end),
  }
}

function certain({ seen, worst, best }: Figure, outcome: Window['outcome']): string {
  if (outcome === 'met') return worst
  return outcome === 'breached' ? (best ?? worst) : seen
}

function outcomeOf(figure: Figure | undefined, over: boolean): Window['outcome'] {
  if (!figure) return over ? 'unknown' : 'open'
  const { seen, worst, best, target } = figure
  if (figure.disagree) return 'unknown'
  if (over) {
    if (satisfies(worst, target)) return 'met'
    return satisfies(best ?? worst, target) ? 'unknown' : 'breached'
  }
  if (best !== undefined && !satisfies(best, target)) return 'breached'
  return satisfies(seen, target) ? 'open' : 'at-risk'
}

/** Every figure that a clause promises: a priority's row promises a response and a resolution. */
function figuresOf(terms: ServiceLevelTerms, facts: EvidenceFact[], period: Period): (Figure | undefined)[] {
  const { target, response, resolution, subject } = terms
  if (subject === 'availability') {
    const figures = target ? availability(facts, period, target) : []
    return figures.length > 0 ? figures : [undefined]
  }
  if (subject === 'change-success') return target ? [changeSuccess(facts, target)] : []
  if (response && resolution) {
    const asked = [
      ['minutesToResolve', resolution],
      ['minutesToRespond', response],
    ] as const
    return asked.map(([field, { amount, unit }]) =>
      incidentTimes(facts, terms, field, { comparison: 'at-most', value: amount, unit }),
    )
  }
  const field = subject === 'response-time' ? 'minutesToRespond' : 'minutesToResolve'
  return target ? [incidentTimes(facts, terms, field, target)] : []
}
