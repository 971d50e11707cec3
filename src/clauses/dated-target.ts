import type { Clause, StatedDate } from '../agreement/index.ts'
import type { Grade } from '../evidence/index.ts'
import {
  addDays,
  addDuration,
  amountOf,
  daysBetween,
  decimal,
  type IsoDate,
  message,
  type Param,
  type TraceNode,
  trace,
} from '../language/index.ts'
import { declarationTrace, declaredState, judgement, missing, quoted, satisfies, undetermined } from './judging.ts'
import { judgeByProof, notBegun, proofFor } from './proof.ts'
import type { JudgeContext, Judgement } from './room.ts'

/** A number that a clause wants to see reached, or not exceeded, by a date. */
export interface DatedTarget {
  /** Plain decimal, in `unit`. */
  wanted: string
  comparison: 'at-least' | 'at-most'
  /** `count`, `percent`, an ISO currency or sign, or a word. */
  unit: string
  /** Set when the number is money: how it is shown. */
  money?: { currency: string; sign?: string }
  /** Set for an average or a share, which does not grow from nothing: one value of it gives no pace. */
  level?: boolean
  /** Last day on which it may be reached; undefined when nothing says by when. */
  deadline?: IsoDate
  /** The evidence that would decide, for messages. */
  dataset: string
}

/** A value at a date, with what shows it. */
export interface DatedValue {
  value: string
  on: IsoDate
  grade: Grade
  /** The value counts records of a list that may be incomplete, so that the true one may be higher. */
  lowerBound?: boolean
  node: TraceNode
}

// A value this many days before a deadline still says how things stood then.
const NEAR_DAYS = 31

/** The last day that a stated date may mean: 31 December for a bare year. */
export function lastDayOf(stated: StatedDate): IsoDate {
  if (stated.precision === 'day') return stated.date
  return addDays(addDuration(stated.date, { amount: '1', unit: stated.precision }), -1)
}

/**
 * Where a dated target stands. Evidence (oldest first) decides; without any, what the document declares, while it is fresh.
 * Before its date a target is `met` when reached, `at-risk` when the pace misses it, else `not-due`; after it, only a value near it decides.
 */
export function judgeDatedTarget(
  clause: Clause,
  target: DatedTarget,
  observed: readonly DatedValue[],
  declared: string | undefined,
  context: JudgeContext,
): Judgement {
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const values = observed.length > 0 ? observed : fromDocument(target, declared, context)
  if (values.length > 0) return decide(clause, target, values, context)
  const proof = proofFor(clause, context)
  if (proof) return judgeByProof(clause, proof, context, { lasting: true })
  return silent(clause, target, declared, context)
}

/** What the document declares, as a value at its date of review; none when it is stale, unless it lies near the deadline. */
function fromDocument(target: DatedTarget, declared: string | undefined, context: JudgeContext): DatedValue[] {
  const { knownFrom } = context.declarations
  const state = declaredState(context)
  if (declared === undefined || knownFrom === undefined || state === 'not-yet') return []
  const near = target.deadline !== undefined && isNear(knownFrom, target.deadline)
  if (state === 'stale' && !near) return []
  return [{ value: declared, on: knownFrom, grade: 'declared', node: declarationTrace(context) }]
}

function isNear(on: IsoDate, deadline: IsoDate): boolean {
  return on <= deadline && daysBetween(on, deadline) <= NEAR_DAYS
}

function shown(target: DatedTarget, value: string): Param {
  if (target.money) return amountOf(value, target.money.currency, target.money.sign)
  return target.unit === 'percent' ? { percent: value } : { decimal: value }
}

/** Nothing usable says how it stands: why, and what is needed. */
function silent(clause: Clause, target: DatedTarget, declared: string | undefined, context: JudgeContext): Judgement {
  const children = [quoted(clause), declarationTrace(context), missing(target.dataset)]
  const more: Partial<Judgement> = { nextDate: upcoming(target, context) }
  if (declared === undefined)
    return undetermined(message('clause.no-evidence', { dataset: target.dataset }), context, children, more)
  const { knownFrom, staleFrom } = context.declarations
  const value = shown(target, declared)
  if (knownFrom === undefined)
    return undetermined(message('clause.declaration-undated', { value }), context, children, more)
  const from = { date: knownFrom }
  if (declaredState(context) === 'not-yet')
    return undetermined(message('clause.declaration-not-yet', { from }), context, children, more)
  const measure = { value: declared, target: target.wanted, unit: target.unit }
  const stale = { date: staleFrom ?? knownFrom }
  const reason = message('clause.declaration-stale', { value, from, stale })
  return undetermined(reason, context, children, { ...more, measure, grade: 'declared' })
}

function upcoming(target: DatedTarget, context: JudgeContext): IsoDate | null {
  return target.deadline !== undefined && target.deadline >= context.asOf ? target.deadline : null
}

function holds(value: string, target: DatedTarget): boolean {
  return satisfies(value, { comparison: target.comparison, value: target.wanted, unit: target.unit })
}

function decide(clause: Clause, target: DatedTarget, values: readonly DatedValue[], context: JudgeContext): Judgement {
  const { deadline } = target
  const past = deadline !== undefined && context.asOf > deadline
  const usable = past ? values.filter((each) => each.on <= deadline) : values
  const last = usable.at(-1)
  if (!last) return unknownAtDate(clause, target, context)
  const params = {
    value: shown(target, last.value),
    target: shown(target, target.wanted),
    on: { date: last.on },
    dataset: target.dataset,
    ...(deadline ? { deadline: { date: deadline } } : {}),
  }
  const children = [quoted(clause), last.node]
  const measure = { value: last.value, target: target.wanted, unit: target.unit }
  const more: Partial<Judgement> = { measure, grade: last.grade, nextDate: upcoming(target, context) }
  if (holds(last.value, target) && (!past || target.comparison === 'at-least' || isNear(last.on, deadline)))
    return judgement({ ...more, verdict: 'met', reason: message('target.reached', params) }, context, children)
  if (deadline === undefined) return undetermined(message('target.undated', params), context, children, more)
  if (!past) return onTheWay(target, usable, context, { params, children, more })
  if (last.lowerBound || !isNear(last.on, deadline)) return unknownAtDate(clause, target, context, more, children)
  return judgement({ ...more, verdict: 'breached', reason: message('target.missed', params) }, context, children)
}

function unknownAtDate(
  clause: Clause,
  target: DatedTarget,
  context: JudgeContext,
  more: Partial<Judgement> = {},
  children: TraceNode[] = [quoted(clause)],
): Judgement {
  const deadline = { date: target.deadline ?? context.asOf }
  const reason = message('target.unknown-at-date', { deadline, dataset: target.dataset })
  return undetermined(reason, context, [...children, missing(target.dataset)], more)
}

/** Before the deadline: the pace so far, continued to it. */
function onTheWay(
  target: DatedTarget,
  values: readonly DatedValue[],
  context: JudgeContext,
  said: { params: Record<string, Param>; children: TraceNode[]; more: Partial<Judgement> },
): Judgement {
  const { params, children, more } = said
  const expected = paced(target, values, context)
  if (!expected)
    return judgement({ ...more, verdict: 'not-due', reason: message('target.no-pace', params) }, context, children)
  const forecast = { low: expected.value, mid: expected.value, high: expected.value, unit: target.unit }
  const value = shown(target, expected.value)
  const all = [...children, trace('formula', message(expected.how), { value, children: expected.children })]
  const ahead = holds(expected.value, target)
  const reason = message(ahead ? 'target.on-track' : 'target.behind', { ...params, forecast: value })
  return judgement({ ...more, verdict: ahead ? 'not-due' : 'at-risk', forecast, reason }, context, all)
}

/** Two dated values give a pace; one value is taken as grown from nothing since the start of the term, the most hopeful reading. */
function paced(
  target: DatedTarget,
  values: readonly DatedValue[],
  context: JudgeContext,
): { value: string; how: string; children: TraceNode[] } | undefined {
  const [first, last] = [values[0], values.at(-1)]
  if (!first || !last || target.deadline === undefined) return undefined
  const measured = first.on < last.on
  const from = measured ? first.on : context.term?.start
  if (from === undefined || from >= last.on || (!measured && (target.level || target.comparison === 'at-most')))
    return undefined
  const gained = decimal(last.value).minus(measured ? first.value : '0')
  const left = daysBetween(last.on, target.deadline)
  const expected = decimal(last.value).plus(gained.times(left).div(daysBetween(from, last.on)))
  const places = target.money || target.unit === 'percent' ? 2 : 0
  return {
    value: expected.toDecimalPlaces(places, 1).toFixed(),
    how: measured ? 'target.trace.measured-pace' : 'target.trace.pace',
    children: measured ? [first.node, last.node] : [last.node],
  }
}
