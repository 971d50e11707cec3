import { plain, type StatedMeasure } from '../../agreement/index.ts'
import { type EvidenceFact, GRADES } from '../../evidence/index.ts'
import { daysBetween, decimal, type IsoDate, minutesOf, type Period } from '../../language/index.ts'
import type { ServiceLevelTerms } from './terms.ts'

/**
 * What the evidence of one window says of a metric, in the target's unit: the value seen so far, and the bounds that
 * everything still unknown leaves. `best` undefined: nothing that is yet to come is excluded.
 */
export interface Figure {
  seen: string
  worst: string
  best: string | undefined
  facts: EvidenceFact[]
  /** The fact's value that a trace should show. */
  field: string
  target: StatedMeasure
  /** Facts of the same days contradict one another, so that the figure decides nothing. */
  disagree?: boolean
  /** Facts that better or wider evidence of the same days makes superfluous. */
  dropped?: EvidenceFact[]
}

/** Whether a fact's value is a plain decimal number. */
export function isNumber(value: unknown): boolean {
  return value !== undefined && /^-?\d+(?:\.\d+)?$/.test(String(value))
}

/** The later of two dates. */
export function later(a: IsoDate, b: IsoDate): IsoDate {
  return [a, b].sort()[1] ?? a
}

const MINUTES_A_DAY = 1440

/** SLE-7: the availability of a window; time that no probe covers may have been up, and is never counted as up. */
export function availability(facts: EvidenceFact[], window: Period, target: StatedMeasure): Figure[] {
  const groups = new Map<string, EvidenceFact[]>()
  for (const fact of facts) {
    const name = plain(String(fact.values.service ?? fact.values.component ?? ''))
    groups.set(name, [...(groups.get(name) ?? []), fact])
  }
  // Of several services under one promise the worst decides.
  const figures = [...groups.values()].flatMap((group) => ofOneService(group, window, target) ?? [])
  return figures.sort((a, b) => decimal(a.seen).cmp(b.seen))
}

/** The time that one fact knows of, and how much of it was up; undefined when it gives no availability. */
function timeIn({ values, from, to }: EvidenceFact, window: Period) {
  const { upMinutes, totalMinutes, excludedMinutes } = values
  const excluded = decimal(isNumber(excludedMinutes) ? String(excludedMinutes) : '0')
  if (isNumber(upMinutes) && isNumber(totalMinutes)) {
    const [up, known] = [decimal(String(upMinutes)), decimal(String(totalMinutes))]
    // Time that is excluded as a whole was not down: it is no time at all.
    return { up, known: up.isZero() && excluded.gte(known) ? decimal('0') : known, excluded }
  }
  if (!isNumber(values.availability)) return undefined
  const first = later(from, window.start)
  const days = Math.min(daysBetween(first, to) + 1, daysBetween(first, window.end))
  const known = decimal(days).times(MINUTES_A_DAY)
  return { up: known.times(String(values.availability)).div(100), known, excluded }
}

/** SLE-15: facts without those that a better grade or a wider statement of the same days makes superfluous. */
function withoutOverlap(
  facts: EvidenceFact[],
  window: Period,
): { kept: EvidenceFact[]; dropped: EvidenceFact[]; disagree: boolean } {
  const days = (fact: EvidenceFact) => daysBetween(fact.from, fact.to)
  const grade = (fact: EvidenceFact) => GRADES.indexOf(fact.grade)
  const [kept, dropped]: [EvidenceFact[], EvidenceFact[]] = [[], []]
  let disagree = false
  for (const fact of [...facts].sort((a, b) => grade(b) - grade(a) || days(b) - days(a))) {
    const others = kept.filter((each) => each.from <= fact.to && fact.from <= each.to && !beside(each, fact, window))
    const against = others.some((other) => other.grade === fact.grade && contradict(other, fact, window))
    if (against) disagree = true
    if (against || others.length === 0) kept.push(fact)
    else dropped.push(fact)
  }
  return { kept, dropped, disagree }
}

// Two parts of one day by one source, and time that only excludes, stand beside one another.
function beside(a: EvidenceFact, b: EvidenceFact, window: Period): boolean {
  const [one, other] = [timeIn(a, window), timeIn(b, window)]
  if (!one || !other) return true
  const room = decimal(daysBetween(a.from, a.to) + 1).times(MINUTES_A_DAY)
  return a.source === b.source && one.known.plus(other.known).lte(room)
}

// A part may have been up for longer than its whole, but never down for longer.
function contradict(wide: EvidenceFact, fact: EvidenceFact, window: Period): boolean {
  const [whole, part] = [timeIn(wide, window), timeIn(fact, window)]
  if (!whole || !part) return false
  if (wide.from > fact.from || wide.to < fact.to) return true
  if (wide.from !== fact.from || wide.to !== fact.to) return part.known.minus(part.up).gt(whole.known.minus(whole.up))
  return !part.up.times(whole.known).eq(whole.up.times(part.known))
}

function ofOneService(all: EvidenceFact[], window: Period, target: StatedMeasure): Figure | undefined {
  let [up, known, excluded] = [decimal('0'), decimal('0'), decimal('0')]
  const { kept, dropped, disagree } = withoutOverlap(
    all.filter((fact) => timeIn(fact, window) ?? isNumber(fact.values.excludedMinutes)),
    window,
  )
  const facts = [...kept].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  for (const fact of facts) {
    const time = timeIn(fact, window)
    excluded = excluded.plus(time?.excluded ?? String(fact.values.excludedMinutes))
    if (time) [up, known] = [up.plus(time.up), known.plus(time.known)]
  }
  const whole = decimal(daysBetween(window.start, window.end)).times(MINUTES_A_DAY).minus(excluded)
  if (known.isZero() || whole.lte(0)) return undefined
  const total = known.gt(whole) ? known : whole
  const percent = (minutes: ReturnType<typeof decimal>): string =>
    minutes.times(100).div(total).toDecimalPlaces(6, 1).toFixed()
  const field = facts.some((fact) => isNumber(fact.values.upMinutes)) ? 'upMinutes' : 'availability'
  const seen = up.times(100).div(known).toDecimalPlaces(6, 1).toFixed()
  const figure = { seen, worst: percent(up), best: percent(total.minus(known).plus(up)), facts, dropped, field, target }
  return disagree ? { ...figure, disagree } : figure
}

const MEAN = /\b(?:mean|average|avg|mttr|mtta|medi[oa]|promedio)\b/

/** SLE-8: times to respond or resolve; a mean of the window when the metric says so, else every incident on its own. */
export function incidentTimes(
  facts: EvidenceFact[],
  terms: Pick<ServiceLevelTerms, 'metric'>,
  field: 'minutesToResolve' | 'minutesToRespond',
  target: StatedMeasure,
): Figure | undefined {
  const unit = minutesOf({ amount: '1', unit: target.unit as 'hour' })
  if (unit === undefined) return undefined
  const timed = facts.filter((fact) => isNumber(fact.values[field]))
  if (timed.length === 0) return noneHappened(facts, 'incidents', '0', target)
  const minutes = timed.map((fact) => decimal(String(fact.values[field])))
  const mean = MEAN.test(plain(terms.metric))
  const value = mean
    ? minutes.reduce((a, b) => a.plus(b)).div(minutes.length)
    : minutes.reduce((a, b) => (a.gt(b) ? a : b))
  const seen = value.div(unit).toDecimalPlaces(4).toFixed()
  return { seen, worst: seen, best: mean ? undefined : seen, facts: timed, field, target }
}

/** SLE-9: share of changes that succeeded. */
export function changeSuccess(facts: EvidenceFact[], target: StatedMeasure): Figure | undefined {
  let [good, all] = [0, 0]
  for (const { values } of facts) {
    if (isNumber(values.total) && isNumber(values.succeeded)) {
      good += Number(values.succeeded)
      all += Number(values.total)
    } else if (values.outcome !== undefined) {
      all += 1
      if (/^(?:success|successful|succeeded|ok|exito|exitoso|exitosa)$/.test(plain(String(values.outcome)))) good += 1
    }
  }
  if (all === 0) return undefined
  const seen = decimal(good).times(100).div(all).toDecimalPlaces(4, 1).toFixed()
  const field = facts.some((fact) => fact.values.outcome !== undefined) ? 'outcome' : 'succeeded'
  return { seen, worst: seen, best: undefined, facts, field, target }
}

// A window in which nothing happened proves itself only when a fact says so.
function noneHappened(facts: EvidenceFact[], field: string, value: string, target: StatedMeasure): Figure | undefined {
  const none = facts.filter((fact) => isNumber(fact.values[field]) && Number(fact.values[field]) === 0)
  return none.length > 0 ? { seen: value, worst: value, best: value, facts: none, field, target } : undefined
}

/** SLE-10: the score of one survey; undefined when it does not give the kind of score that the target asks for. */
export function surveyScore(fact: EvidenceFact, target: StatedMeasure): Figure | undefined {
  const { values } = fact
  const asked = target.unit === 'percent' ? ['csat', 'score'] : ['nps', 'score']
  const field = asked.find((each) => isNumber(values[each]))
  const score = field === undefined ? promoterScore(fact, target) : String(values[field])
  if (score === undefined) return undefined
  return { seen: score, worst: score, best: score, facts: [fact], field: field ?? 'promoters', target }
}

function promoterScore({ values }: EvidenceFact, target: StatedMeasure): string | undefined {
  const { promoters, passives, detractors } = values
  if (target.unit === 'percent' || ![promoters, passives, detractors].every(isNumber)) return undefined
  const all = decimal(String(promoters)).plus(String(passives)).plus(String(detractors))
  if (all.isZero()) return undefined
  return decimal(String(promoters)).minus(String(detractors)).times(100).div(all).toDecimalPlaces(2).toFixed()
}
