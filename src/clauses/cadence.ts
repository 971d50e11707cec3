import { type Clause, plain, slug } from '../agreement/index.ts'
import { type EvidenceFact, weakestGrade } from '../evidence/index.ts'
import {
  addDays,
  addDuration,
  daysBetween,
  type IsoDate,
  message,
  type Period,
  type TraceNode,
  trace,
} from '../language/index.ts'
import { coverage, evidenced, judgement, leftOut, missing, quoted, undetermined } from './judging.ts'
import { withoutOverlaps } from './overlaps.ts'
import { judgeByProof, notBegun, proofFor } from './proof.ts'
import type { JudgeContext, Judgement } from './room.ts'

interface Frequency {
  times: string
  per: 'year' | 'month' | 'week' | 'day'
}

/** Something that happens again and again: what it is called, how often, and which facts say that it happened. */
export interface Recurring {
  name: string
  frequency?: Frequency & { meanings?: Frequency[] }
  /** The frequency's own words: "four times a year" leaves free when, "quarterly" does not. */
  frequencyText?: string
  dataset: 'activities' | 'meetings'
  /** Field of a fact that names it. */
  field: 'activity' | 'meeting'
}

/** What counting against one reading of the frequency gives. */
interface Outcome {
  verdict: 'met' | 'breached' | 'not-due' | 'undetermined'
  held: number
  promised: number
  window?: Period
  counted: EvidenceFact[]
  /** Facts that a wider statement already counts. */
  dropped: EvidenceFact[]
  /** Facts overlap and do not agree. */
  overlap: boolean
  next: IsoDate | null
}

/** Counts what was held in the complete periods of the last year of the term against how often it was promised. */
export function judgeCadence(clause: Clause, recurring: Recurring, context: JudgeContext): Judgement {
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const { term } = context
  const quote = quoted(clause, 'frequency' in clause.places ? 'frequency' : undefined)
  if (!term) return undetermined(message('clause.no-term'), context, [quote])
  const readings = readingsOf(clause, recurring, context)
  const facts = context.evidence(recurring.dataset).filter((fact) => isOf(fact, clause, recurring))
  if (readings.length === 0 || facts.length === 0) {
    const proof = proofFor(clause, context)
    if (proof) return judgeByProof(clause, proof, context)
  }
  if (readings.length === 0) return undetermined(message('clause.cadence-unsaid'), context, [quote])
  const free = COUNTED_FREELY.test(plain(recurring.frequencyText ?? ''))
  const outcomes = readings.map((frequency) => outcomeOf({ ...frequency, free }, facts, term, context.asOf))
  const [first, second] = outcomes as [Outcome, Outcome | undefined]
  const children = [quote, ...outcomes.map((each) => tracedOutcome(each, recurring))]
  if (second && second.verdict !== first.verdict && facts.length > 0)
    return undetermined(
      message('clause.cadence-ambiguous', { first: first.promised, second: second.promised, count: first.held }),
      context,
      children,
      { nextDate: first.next },
    )
  const unproved = outcomes.find((each) => each.verdict === 'undetermined')
  return decided(unproved ?? first, recurring, context, children)
}

function decided(outcome: Outcome, recurring: Recurring, context: JudgeContext, children: TraceNode[]): Judgement {
  const { verdict, held, promised, window, next, counted } = outcome
  const grade = weakestGrade(counted.map((fact) => fact.grade)) ?? null
  const measure = { value: String(held), target: String(promised), unit: 'count' }
  if (verdict === 'not-due')
    return judgement(
      { verdict, reason: message('clause.cadence-first', { next: { date: next ?? context.asOf } }), nextDate: next },
      context,
      children,
    )
  if (!window || (verdict === 'undetermined' && held === 0)) {
    const reason = message(outcome.overlap ? 'clause.overlap' : 'clause.no-evidence', { dataset: recurring.dataset })
    return undetermined(reason, context, children, { nextDate: next })
  }
  const params = {
    count: held,
    required: promised,
    from: { date: window.start },
    to: { date: addDays(window.end, -1) },
  }
  if (verdict === 'undetermined') {
    const id = outcome.overlap ? 'clause.overlap' : 'clause.cadence-incomplete'
    const reason = message(id, { ...params, dataset: recurring.dataset })
    return undetermined(reason, context, [...children, missing(recurring.dataset, window)], {
      measure,
      grade,
      nextDate: next,
    })
  }
  return judgement(
    {
      verdict,
      reason: message(verdict === 'met' ? 'clause.cadence-enough' : 'clause.cadence-short', params),
      measure,
      grade,
      nextDate: next,
    },
    context,
    children,
  )
}

function tracedOutcome(outcome: Outcome, recurring: Recurring): TraceNode {
  const { window, counted, dropped, held, promised } = outcome
  if (!window || counted.length === 0) return missing(recurring.dataset, window)
  const dates = { from: { date: window.start }, to: { date: addDays(window.end, -1) }, promised }
  const children = [
    ...counted.map((fact) => evidenced(fact, recurring.field)),
    ...dropped.map((fact) => leftOut(fact, recurring.field, 'left-out.inside-wider')),
  ]
  return trace('formula', message('clause.cadence-counted', dates), { value: held, children })
}

/** The ways a frequency can be read: one, unless its word has two meanings and no rule of the parties settles which. */
function readingsOf(clause: Clause, recurring: Recurring, context: JudgeContext): Frequency[] {
  const settled = context.rules
    .all('frequency')
    .flatMap((rule) => (rule.value?.times && rule.value.per ? [{ rule, value: rule.value as Frequency }] : []))
    .filter(({ value }) => Number(value.times) > 0)
  const { frequency } = recurring
  const meanings = frequency ? (frequency.meanings ?? [frequency]).filter((each) => Number(each.times) > 0) : []
  // What the text says without doubt is not for a rule to change.
  if (meanings.length === 1) return meanings
  const own = settled.find(({ rule }) => rule.clause === clause.id)
  if (own) return [own.value]
  // A rule for the whole text ("biweekly means every two weeks") settles the words that can mean what it says.
  const meant = meanings.filter((meaning) => settled.some(({ value }) => sameRate(value, meaning)))
  return meant.length === 1 ? meant : meanings
}

// "Four times a year", "4 per year", "dos veces al año": when in the year is left free.
const COUNTED_FREELY =
  /\b(?:times|twice|thrice|veces|\d+|two|three|four|five|six|dos|tres|cuatro|cinco|seis)\b.*\b(?:year|yearly|annually|ano|anual|anuales|anualmente)\b/

const PER_YEAR = { year: 1, month: 12, week: 52, day: 365 }

function sameRate(a: Frequency, b: Frequency): boolean {
  return Number(a.times) * PER_YEAR[a.per] === Number(b.times) * PER_YEAR[b.per]
}

/** The period in which something is due `times` times: quarterly is once in three months, bi-weekly once in fourteen days. */
function stepOf({ times, per }: Frequency): { amount: number; unit: 'month' | 'day'; times: number } {
  const count = Number(times)
  if (per === 'month') return { amount: 1, unit: 'month', times: count }
  if (per !== 'year') return { amount: per === 'week' ? 7 : 1, unit: 'day', times: count }
  if (count === 26 || count === 52) return { amount: 364 / count, unit: 'day', times: 1 }
  if (Number.isInteger(12 / count)) return { amount: 12 / count, unit: 'month', times: 1 }
  if (count % 12 === 0) return { amount: 1, unit: 'month', times: count / 12 }
  return { amount: 12, unit: 'month', times: count }
}

function outcomeOf(
  frequency: Frequency & { free: boolean },
  facts: readonly EvidenceFact[],
  term: Period,
  asOf: IsoDate,
): Outcome {
  const count = Number(frequency.times)
  const free = frequency.free && frequency.per === 'year' && count > 1
  const step = free ? ({ amount: 12, unit: 'month', times: count } as const) : stepOf(frequency)
  const until = asOf < term.end ? asOf : term.end
  const since = addDuration(until, { amount: '-1', unit: 'year' })
  const at = (count: number): IsoDate =>
    addDuration(term.start, { amount: String(step.amount * count), unit: step.unit })
  let index = 0
  let periods: Period[] = []
  for (; at(index + 1) <= until; index += 1) {
    const period = { start: at(index), end: at(index + 1) }
    // A yearly event has no whole period in the last twelve months but once a year: then its last whole period counts.
    periods = periods[0] && periods[0].start >= since ? [...periods, period] : [period]
  }
  const next = asOf < term.end ? at(index + 1) : null
  const promised = periods.length * step.times
  const [first, last] = [periods[0], periods.at(-1)]
  if (!first || !last) return { verdict: 'not-due', held: 0, promised, counted: [], dropped: [], overlap: false, next }
  const window = { start: first.start, end: last.end }
  const inside = facts.filter((fact) => fact.to >= window.start && fact.from < window.end)
  const { kept, dropped, conflict } = withoutOverlaps(inside.filter(isStated), occurrences)
  const counted = [...inside.filter((fact) => !isStated(fact)), ...kept]
  // Weeks and days are too short for a meeting that moved by a day: only their number counts.
  const each = free || step.unit === 'day' ? undefined : step.times
  const held = heldIn(counted, each === undefined ? [window] : periods, each)
  const whole = coverage(counted.filter(isWhole), window).complete
  const verdict = conflict ? 'undetermined' : held >= promised ? 'met' : whole ? 'breached' : 'undetermined'
  return { verdict, held, promised, window, counted, dropped, overlap: conflict, next }
}

/** Distinct days on which it was held, in each period no more than are promised there; statements add their number. */
function heldIn(facts: readonly EvidenceFact[], periods: readonly Period[], each: number | undefined): number {
  const days = new Set(facts.filter((fact) => fact.from === fact.to && occurrences(fact) > 0).map(({ to }) => to))
  const inPeriods = periods.map(({ start, end }) => {
    const count = [...days].filter((day) => day >= start && day < end).length
    return each === undefined ? count : Math.min(count, each)
  })
  const stated = facts
    .filter((fact) => fact.from !== fact.to)
    .map((fact) => {
      const touched = periods.filter(({ start, end }) => fact.to >= start && fact.from < end).length
      const most =
        each === undefined || touched === periods.length ? daysBetween(fact.from, fact.to) + 1 : touched * each
      return Math.min(occurrences(fact), most)
    })
  return [...inPeriods, ...stated].reduce((a, b) => a + b, 0)
}

// A list that is complete and gives no number contains the single occasions; it does not count them itself.
function isStated(fact: EvidenceFact): boolean {
  return fact.from === fact.to || fact.values.times !== undefined
}

const NOT_HELD =
  /^(?:cancel|suspend|postpon|aplazad|pospuest|posterg|reprogram|reschedul|deferred|planned|scheduled|planificad|programad|no realizad|not held|no$)/

// A fact of one occasion counts once; one that declares a whole period counts what it says, and nothing when it says nothing.
function occurrences(fact: EvidenceFact): number {
  const { values } = fact
  if (/^(?:false|no)$/.test(plain(String(values.held))) || NOT_HELD.test(plain(String(values.status ?? '')))) return 0
  const times = Number(values.times)
  if (values.times !== undefined && Number.isInteger(times) && times >= 0) return times
  return isWhole(fact) ? 0 : 1
}

function isWhole({ values }: EvidenceFact): boolean {
  return String(values.complete) === 'true'
}

function isOf(fact: EvidenceFact, clause: Clause, { field, name }: Recurring): boolean {
  if (fact.values.clause === clause.id) return true
  const said = String(fact.values[field] ?? '')
  return said === clause.id || (said !== '' && slug(said) === slug(name))
}
