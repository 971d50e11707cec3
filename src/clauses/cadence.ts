import { type Clause, plain, slug } from '../agreement/index.ts'
import { type EvidenceFact, weakestGrade } from '../evidence/index.ts'
import { addDays, addDuration, type IsoDate, message, type Period, type TraceNode, trace } from '../language/index.ts'
import { coverage, evidenced, judgement, missing, quoted, undetermined } from './judging.ts'
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
  const outcomes = readings.map((frequency) => outcomeOf(frequency, facts, term, context.asOf))
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
  const measure = { value: String(held), target: String(promised), unit: 'count' }
  if (verdict === 'not-due')
    return judgement(
      { verdict, reason: message('clause.cadence-first', { next: { date: next ?? context.asOf } }), nextDate: next },
      context,
      children,
    )
  if (verdict === 'undetermined' || !window) {
    const reason = message('clause.no-evidence', { dataset: recurring.dataset })
    return undetermined(reason, context, children, { nextDate: next })
  }
  const params = {
    count: held,
    required: promised,
    from: { date: window.start },
    to: { date: addDays(window.end, -1) },
  }
  return judgement(
    {
      verdict,
      reason: message(verdict === 'met' ? 'clause.cadence-enough' : 'clause.cadence-short', params),
      measure,
      grade: weakestGrade(counted.map((fact) => fact.grade)) ?? null,
      nextDate: next,
    },
    context,
    children,
  )
}

function tracedOutcome(outcome: Outcome, recurring: Recurring): TraceNode {
  const { window, counted, held, promised } = outcome
  if (!window || counted.length === 0) return missing(recurring.dataset, window)
  const dates = { from: { date: window.start }, to: { date: addDays(window.end, -1) }, promised }
  const children = counted.map((fact) => evidenced(fact, recurring.field))
  return trace('formula', message('clause.cadence-counted', dates), { value: held, children })
}

/** The ways a frequency can be read: one, unless its word has two meanings and no rule of the parties settles which. */
function readingsOf(clause: Clause, recurring: Recurring, context: JudgeContext): Frequency[] {
  const settled = context.rules
    .all('frequency')
    .flatMap((rule) => (rule.value?.times && rule.value.per ? [{ rule, value: rule.value as Frequency }] : []))
  const own = settled.find(({ rule }) => rule.clause === clause.id)
  if (own) return [own.value]
  const { frequency } = recurring
  if (!frequency) return []
  const meanings = (frequency.meanings ?? [frequency]).filter((each) => Number(each.times) > 0)
  // A rule for the whole text ("biweekly means every two weeks") settles the words that can mean what it says.
  const meant = meanings.filter((meaning) => settled.some(({ value }) => sameRate(value, meaning)))
  return meanings.length > 1 && meant.length === 1 ? meant : meanings
}

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

function outcomeOf(frequency: Frequency, facts: readonly EvidenceFact[], term: Period, asOf: IsoDate): Outcome {
  const step = stepOf(frequency)
  const until = asOf < term.end ? asOf : term.end
  const since = addDuration(until, { amount: '-1', unit: 'year' })
  const at = (count: number): IsoDate =>
    addDuration(term.start, { amount: String(step.amount * count), unit: step.unit })
  let index = 0
  let periods = 0
  let window: Period | undefined
  for (; at(index + 1) <= until; index += 1) {
    // A yearly event has no whole period in the last twelve months but once a year: then its last whole period counts.
    const joins: boolean = window !== undefined && window.start >= since
    window = { start: joins && window ? window.start : at(index), end: at(index + 1) }
    periods = joins ? periods + 1 : 1
  }
  const next = asOf < term.end ? at(index + 1) : null
  const promised = periods * step.times
  if (!window) return { verdict: 'not-due', held: 0, promised, counted: [], next }
  const { start, end } = window
  const counted = facts.filter((fact) => fact.to >= start && fact.from < end)
  const held = counted.reduce((total, fact) => total + occurrences(fact), 0)
  const whole = coverage(counted.filter(isWhole), window).complete
  const verdict = held >= promised ? 'met' : held > 0 || whole ? 'breached' : 'undetermined'
  return { verdict, held, promised, window, counted, next }
}

// A fact of one occasion counts once; one that declares a whole period counts what it says, and nothing when it says nothing.
function occurrences(fact: EvidenceFact): number {
  const { values } = fact
  if (String(values.held) === 'false' || /^(?:cancel|suspend)/.test(plain(String(values.status ?? '')))) return 0
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
