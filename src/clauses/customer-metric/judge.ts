import { type Clause, plain, plainLabel } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { weakestGrade } from '../../evidence/index.ts'
import { decimal, message, trace } from '../../language/index.ts'
import { type DatedTarget, type DatedValue, judgeDatedTarget, lastDayOf } from '../dated-target.ts'
import { evidenced, isInCurrency, missing, noCurrency, quoted, statement, undetermined } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { CustomerMetricTerms } from './terms.ts'

const LOWER_IS_BETTER =
  /\b(?:churn|attrition|cancel\w*|cost|costs|complaints?|bajas|fuga|rotacion|abandono|costos?|costes?|reclamos?|morosidad)\b/
const LIVE =
  /^(?:live|active|in service|in use|deployed|complete|completed|true|yes|en servicio|en uso|activ[oa]|completad[oa])$/

/** CUM-4 to CUM-7: where one customer metric stands. */
export function judge(clause: Clause<CustomerMetricTerms>, context: JudgeContext): Judgement {
  const target = targetOf(clause, context)
  if (!target) return statement(clause, context)
  const facts = factsOf(clause, context)
  const bare = target.money && facts.find((fact) => (fact.values.currency ?? '') === '')
  if (bare) return undetermined(noCurrency(bare), context, [quoted(clause), evidenced(bare, 'value')])
  const { money } = target
  if (money && facts.some((fact) => !isInCurrency(fact, money)))
    return undetermined(message('customer-metric.mixed-currency'), context, [quoted(clause), missing('exchange-rate')])
  const observed = facts.length > 0 ? facts.flatMap(valueIn) : liveDeployments(clause, context)
  return judgeDatedTarget(clause, target, observed, clause.terms.current?.value, context)
}

function targetOf(clause: Clause<CustomerMetricTerms>, context: JudgeContext): DatedTarget | undefined {
  const { metric, current, growth, subject, targetDate } = clause.terms
  const grown = growth !== undefined && current ? grow(current, growth) : undefined
  const wanted = clause.terms.target ?? grown
  if (!wanted) return undefined
  const { currency, sign } = wanted
  // A date that the parties settled makes a bare year exact.
  const agreed = context.rules.find('target-date', clause.id)?.value?.date
  const deadline = agreed ?? (targetDate && lastDayOf(targetDate))
  return {
    wanted: wanted.value,
    comparison: LOWER_IS_BETTER.test(plain(metric)) ? 'at-most' : 'at-least',
    unit: wanted.unit === 'money' ? (currency === 'XXX' ? (sign ?? 'XXX') : (currency ?? 'XXX')) : wanted.unit,
    dataset: subject === 'deployments' ? 'deployments' : 'usage-metrics',
    ...(subject === 'average-size' || wanted.unit === 'percent' ? { level: true } : {}),
    ...(deadline ? { deadline } : {}),
    ...(wanted.unit === 'money' ? { money: { currency: currency ?? 'XXX', ...(sign ? { sign } : {}) } } : {}),
  }
}

type Quantity = NonNullable<CustomerMetricTerms['current']>

function grow(current: Quantity, growth: string): Quantity {
  const value = decimal(current.value).times(decimal(growth).plus(100)).div(100)
  return { ...current, value: value.toFixed() }
}

/** CUM-4: values of this metric by name or subject, or said by a person; the person counts only when nothing else speaks. */
function factsOf(clause: Clause<CustomerMetricTerms>, context: JudgeContext): EvidenceFact[] {
  const names = [clause.terms.metric, clause.id, clause.terms.subject].map(plainLabel)
  const measured = context
    .evidence('usage-metrics')
    .filter(({ values }) => isNumber(values.value) && names.includes(plainLabel(String(values.metric ?? ''))))
  if (measured.length > 0) return measured
  const counted = clause.terms.subject === 'deployments' ? context.evidence('deployments') : []
  const snapshots = counted.filter(({ values }) => isNumber(values.live))
  if (snapshots.length > 0 || counted.length > 0) return snapshots
  return context.evidence('declarations').filter(({ values }) => values.clause === clause.id && isNumber(values.value))
}

function isNumber(value: unknown): boolean {
  return value !== undefined && /^-?\d+(?:\.\d+)?$/.test(String(value))
}

function valueIn(fact: EvidenceFact): DatedValue[] {
  const field = isNumber(fact.values.value) ? 'value' : 'live'
  const grade = fact.dataset === 'declarations' ? 'declared' : fact.grade
  return [{ value: String(fact.values[field]), on: fact.to, grade, node: evidenced(fact, field) }]
}

/** CUM-5: how many deployments are live after each day on which one changed. */
function liveDeployments(clause: Clause<CustomerMetricTerms>, context: JudgeContext): DatedValue[] {
  if (clause.terms.subject !== 'deployments') return []
  const live = new Map<string, EvidenceFact>()
  const observed: DatedValue[] = []
  let whole = false
  // A fact with a subject says that a deployment uses something, not that it is live.
  const states = context.evidence('deployments').filter((fact) => fact.values.subject === undefined)
  for (const fact of states) {
    const name = String(fact.values.deployment ?? fact.values.customer ?? fact.row ?? '')
    if (LIVE.test(plain(String(fact.values.status ?? '')))) live.set(name, fact)
    else live.delete(name)
    whole ||= fact.values.complete === true
    if (observed.at(-1)?.on === fact.to) observed.pop()
    const value = String(live.size)
    // Only the newest needs its rows; a trace of every day would repeat them all.
    const node = trace('formula', message('customer-metric.trace.live'), { value: live.size })
    observed.push({ value, on: fact.to, grade: fact.grade, lowerBound: !whole, node })
  }
  const last = observed.at(-1)
  if (!last) return []
  last.node.children = [...live.values()].map((fact) => evidenced(fact, 'status'))
  last.grade = weakestGrade([...live.values()].map((fact) => fact.grade)) ?? last.grade
  return observed
}
