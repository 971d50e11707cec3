import type { Clause, StatedMeasure } from '../agreement/index.ts'
import type { EvidenceFact } from '../evidence/index.ts'
import {
  type Amount,
  addDays,
  decimal,
  type Message,
  message,
  type Period,
  type TraceNode,
  trace,
} from '../language/index.ts'
import type { JudgeContext, Judgement, Lifecycle } from './room.ts'

/** Whether the document's own declarations may be used at the as-of date. */
export type DeclaredState = 'fresh' | 'stale' | 'not-yet' | 'undated'

/** A declaration is unknown before its date and stale after the next review; an undated one proves nothing. */
export function declaredState(context: JudgeContext): DeclaredState {
  const { knownFrom, staleFrom } = context.declarations
  if (knownFrom === undefined) return 'undated'
  if (context.asOf < knownFrom || context.knownAt < knownFrom) return 'not-yet'
  return staleFrom !== undefined && context.asOf >= staleFrom ? 'stale' : 'fresh'
}

/** Where the whole agreement is in its life. */
export function lifecycle(context: JudgeContext, period: Period | undefined = context.term): Lifecycle {
  if (!period) return 'running'
  if (context.asOf < period.start) return 'not-begun'
  return context.asOf < period.end ? 'running' : 'ended'
}

/** A judgement with the usual blanks filled in; give what differs. */
export function judgement(
  given: Pick<Judgement, 'verdict' | 'reason'> & Partial<Judgement>,
  context: JudgeContext,
  children: TraceNode[],
): Judgement {
  const root = trace('verdict', given.reason, { value: { word: `verdict.${given.verdict}` }, children })
  return {
    lifecycle: lifecycle(context),
    measure: null,
    grade: null,
    moneyAtStake: null,
    forecast: null,
    nextDate: null,
    trace: root,
    ...given,
  }
}

/** For a clause that only says how things are: nothing falls due. */
export function statement(
  clause: Clause,
  context: JudgeContext,
  reason: Message = message('clause.states-a-fact'),
): Judgement {
  return judgement({ verdict: 'not-due', reason }, context, [quoted(clause)])
}

/** The clause's own words as a trace leaf. */
export function quoted(clause: Clause, role?: string): TraceNode {
  const span = (role !== undefined && clause.places[role]) || clause.span
  const cell = role === undefined ? undefined : clause.cells.find((each) => each.role === role)
  const text = cell?.text ?? clause.cells.map((each) => each.text).join(' | ')
  const { amendedBy } = clause
  const label = amendedBy ? message('trace.clause-amended', { text, by: amendedBy }) : message('trace.clause', { text })
  return trace('clause', label, { span })
}

/** One fact of evidence as a trace leaf. */
export function evidenced(fact: EvidenceFact, field: string): TraceNode {
  const evidence = {
    dataset: fact.dataset,
    source: fact.source,
    ...(fact.file ? { file: fact.file } : {}),
    ...(fact.row ? { row: fact.row } : {}),
    ...(fact.rows === undefined ? {} : { rows: fact.rows }),
    ...(fact.sha256 ? { sha256: fact.sha256 } : {}),
  }
  const value = fact.values[field]
  return trace(
    'evidence',
    message('trace.evidence', {
      dataset: fact.dataset,
      what: whatOf(fact, field),
      date: { date: fact.to },
      field,
      value: String(value ?? '—'),
    }),
    { evidence },
  )
}

// What tells one fact of a day from another: a sum of a thousand charges is read by their services, not by their dates.
const TELLING = [
  'service',
  'region',
  'charge',
  'metric',
  'instance',
  'target',
  'number',
  'certificate',
  'deployment',
  'title',
]
const LONGEST_TOLD = 60

function whatOf({ values }: EvidenceFact, field: string): string {
  const told = TELLING.filter((name) => name !== field)
    .map((name) => values[name])
    .filter((value) => typeof value === 'string' && value !== '' && value.length <= LONGEST_TOLD)
  return told.length === 0 ? '' : ` (${told.slice(0, 3).join(', ')})`
}

/** A fact that does not count, and why (`why`: the id of a phrase), as a trace leaf. */
export function leftOut(fact: EvidenceFact, field: string, why: string): TraceNode {
  const value = String(fact.values[field] ?? '—')
  const label = message('trace.left-out', {
    dataset: fact.dataset,
    date: { date: fact.to },
    field,
    value,
    why: { word: why },
  })
  return { ...evidenced(fact, field), label }
}

/** Says that a fact of money names no currency: it never takes the promise's. */
export function noCurrency({ dataset, to }: EvidenceFact): Message {
  return message('clause.no-currency', { dataset, date: { date: to } })
}

/** Whether a fact of money is in a promise's currency; a bare sign is met by the same bare sign alone. */
export function isInCurrency(
  { values }: EvidenceFact,
  { currency, sign }: { currency: string; sign?: string },
): boolean {
  const said = String(values.currency)
  return said === currency || (currency === 'XXX' && said === sign)
}

/** A judgement whose trace also shows these leaves. */
export function withLeaves(judged: Judgement, leaves: readonly TraceNode[]): Judgement {
  if (leaves.length === 0) return judged
  return { ...judged, trace: { ...judged.trace, children: [...(judged.trace.children ?? []), ...leaves] } }
}

/** Says which evidence is missing, as a trace leaf. */
export function missing(dataset: string, period?: Period): TraceNode {
  const label = period
    ? message('trace.missing-between', { dataset, from: { date: period.start }, to: { date: addDays(period.end, -1) } })
    : message('trace.missing', { dataset })
  return trace('missing', label)
}

/** Says how the document's declaration stands at the as-of date, as a trace leaf. */
export function declarationTrace(context: JudgeContext): TraceNode {
  const { knownFrom, staleFrom } = context.declarations
  const state = declaredState(context)
  if (!knownFrom) return trace('rule', message('trace.declaration-undated'))
  return trace(
    'rule',
    message(`trace.declaration-${state}`, { from: { date: knownFrom }, stale: staleFrom ? { date: staleFrom } : '—' }),
  )
}

/** A verdict of "cannot say", with what is missing. */
export function undetermined(
  reason: Message,
  context: JudgeContext,
  children: TraceNode[],
  more: Partial<Judgement> = {},
): Judgement {
  return judgement({ ...more, verdict: 'undetermined', reason }, context, children)
}

/** Whether a measured value satisfies a stated target; both plain decimals in the target's unit. */
export function satisfies(value: string, target: StatedMeasure): boolean {
  const [measured, wanted] = [decimal(value), decimal(target.value)]
  switch (target.comparison) {
    case 'at-least':
      return measured.gte(wanted)
    case 'more-than':
      return measured.gt(wanted)
    case 'at-most':
      return measured.lte(wanted)
    case 'less-than':
      return measured.lt(wanted)
    default:
      return measured.eq(wanted)
  }
}

/**
 * Whether facts cover a period without a gap, and through which day they do.
 * Facts may overlap; a day between two of them is a gap.
 */
export function coverage(
  facts: readonly EvidenceFact[],
  period: Period,
): { complete: boolean; through: string | undefined } {
  let next = period.start
  for (const fact of [...facts].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (fact.from > next) break
    if (fact.to >= next) next = addDays(fact.to, 1)
  }
  return { complete: next >= period.end, through: next === period.start ? undefined : addDays(next, -1) }
}

/** An amount as plain digits and its currency, for measures and forecasts. */
export function amountUnit(amount: Amount): string {
  return amount.currency === 'XXX' ? (amount.sign ?? 'XXX') : amount.currency
}
