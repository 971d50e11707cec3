import { type Clause, plain } from '../agreement/index.ts'
import { type EvidenceFact, weakestGrade } from '../evidence/index.ts'
import {
  type Amount,
  add,
  amountOf,
  daysBetween,
  decimal,
  decimalText,
  exact,
  message,
  oneCurrency,
  type Period,
  percentOf,
  type StatedAmount,
  sum,
  type TraceNode,
  times,
  trace,
  zeroLike,
} from '../language/index.ts'
import { coverage, declarationTrace, declaredState, evidenced, missing, quoted } from './judging.ts'
import type { JudgeContext, Judgement } from './room.ts'

/** What is known of the spend of a period: what the bill says, and where it leads. */
export interface Spend {
  facts: EvidenceFact[]
  /** What the bill comes to so far. */
  spent?: Amount
  /** Last day that the bill covers without a gap. */
  through?: string
  /** The bill covers every day of the period. */
  complete: boolean
  /** What the whole period comes to, at the bill's average day or at the estimated prices. */
  forecast?: Amount
  grade: Judgement['grade']
  children: TraceNode[]
}

/**
 * The bill inside a period (`cost-and-usage`: amount, currency), or the estimated prices of so many months when there is none.
 * `mixed` when the bill is in another currency than the promise. The room that asks must declare that it reads `price`.
 */
export function spendOf(promised: Amount, period: Period, months: number, context: JudgeContext): Spend | 'mixed' {
  const touching = context
    .evidence('cost-and-usage')
    .filter((fact) => fact.from < period.end && fact.to >= period.start)
  const { counted, children: set } = countedFacts(touching, period, context)
  if (counted.length > 0) return fromBill(promised, period, counted, set)
  const estimate = declaredState(context) === 'fresh' ? runRate(promised, months, context) : undefined
  const children = [...set, missing('cost-and-usage', period), declarationTrace(context)]
  if (!estimate) return { facts: [], complete: false, grade: null, children }
  return {
    facts: [],
    complete: false,
    forecast: estimate.amount,
    grade: 'declared',
    children: [...children, estimate.trace],
  }
}

/** The facts that count, and a trace leaf for each that does not: outside the period, without a figure or currency, excluded. */
function countedFacts(touching: readonly EvidenceFact[], period: Period, context: JudgeContext) {
  const counted: EvidenceFact[] = []
  const setAside = new Map<string, EvidenceFact[]>()
  for (const fact of touching) {
    const why = whyNotCounted(fact, period, context)
    if (why === undefined) counted.push(fact)
    else setAside.set(why, [...(setAside.get(why) ?? []), fact])
  }
  return { counted, children: [...setAside].flatMap(([why, facts]) => notCounted(why, facts)) }
}

// Several for one reason stand under it, with their sum where they have one.
function notCounted(why: string, facts: readonly EvidenceFact[]): TraceNode[] {
  const leaves = facts.map((fact) => ({
    ...evidenced(fact, 'amount'),
    label: message(`spending.trace.${why}`, { date: { date: fact.to } }),
    ...(why === 'unusable' ? {} : { value: amountIn(fact) }),
  }))
  if (leaves.length < 2) return leaves
  const amounts = why === 'unusable' ? [] : facts.map(amountIn)
  const total = oneCurrency(amounts) ? sum(amounts) : undefined
  const label = message('spending.trace.set-aside', { count: facts.length, why: { word: `spending.why.${why}` } })
  return [trace('formula', label, { children: leaves, ...(total ? { value: total } : {}) })]
}

function amountIn(fact: EvidenceFact): Amount {
  return amountOf(String(fact.values.amount), String(fact.values.currency))
}

/** Whether the parties settled that a service's charges do not count toward the commitment. */
function isExcluded(values: unknown, context: JudgeContext): boolean {
  const { service } = values as { service?: unknown }
  const excluded = context.rules.find('eligible-spend')?.value?.excludes ?? []
  return (
    typeof service === 'string' &&
    excluded.some((each) => plain(each) === plain(service) || context.facts.sameService(each, service) === 'same')
  )
}

function whyNotCounted(fact: EvidenceFact, period: Period, context: JudgeContext): string | undefined {
  const { amount, currency } = fact.values
  if (!/^-?\d+(\.\d+)?$/.test(String(amount ?? '')) || !/^[A-Z]{3}$/.test(String(currency ?? ''))) return 'unusable'
  if (fact.from < period.start || fact.to >= period.end) return 'straddles'
  // A tax is the state's, not the provider's: no commitment is met by paying it.
  if (fact.values.charge === 'tax') return 'tax'
  return isExcluded(fact.values, context) ? 'excluded' : undefined
}

// Two rows that differ in nothing but their dates and amounts, and whose dates overlap, would count one charge twice.
function overlaps(facts: readonly EvidenceFact[]): boolean {
  const last = new Map<string, string>()
  for (const fact of [...facts].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const { amount: _a, ...rest } = fact.values
    const key = JSON.stringify(Object.entries(rest).sort())
    if ((last.get(key) ?? '') >= fact.from) return true
    last.set(key, fact.to)
  }
  return false
}

function fromBill(promised: Amount, period: Period, facts: EvidenceFact[], set: TraceNode[]): Spend | 'mixed' {
  // A bill always names its currency; a promise that does not can only be compared when the parties settled it.
  if (facts.some((fact) => fact.values.currency !== promised.currency)) return 'mixed'
  const leaves = facts.map((fact) => evidenced(fact, 'amount'))
  const grade = weakestGrade(facts.map((fact) => fact.grade)) ?? null
  if (overlaps(facts)) {
    const node = trace('missing', message('spending.trace.overlap'), { children: leaves })
    return { facts, complete: false, grade, children: [...set, node] }
  }
  const spent = sum(facts.map(amountIn)) ?? zeroLike(promised)
  const { complete, through } = coverage(facts, period)
  const forecast = through
    ? projected(facts.filter((fact) => fact.to <= through).map(amountIn), through, period)
    : undefined
  const total = trace('formula', message('spending.trace.spent', { through: through ? { date: through } : '—' }), {
    value: spent,
    children: leaves,
  })
  const children = [...set, total]
  if (forecast && !complete) children.push(trace('formula', message('spending.trace.projected'), { value: forecast }))
  return { facts, spent, complete, grade, children, ...(through ? { through } : {}), ...(forecast ? { forecast } : {}) }
}

/** The bill without a gap so far, continued at its average day to the end of the period. */
function projected(amounts: readonly Amount[], through: string, period: Period): Amount | undefined {
  const spent = sum(amounts)
  if (!spent) return undefined
  const days = daysBetween(period.start, through) + 1
  const whole = daysBetween(period.start, period.end)
  return amountOf(decimal(decimalText(spent)).times(whole).div(days).toFixed(2), spent.currency, spent.sign)
}

/** What a shortfall costs by the parties' own rule: the difference unless they settled a share of it or nothing. */
export function shortfallCost(gap: Amount | null, context: JudgeContext): Amount | null {
  const rule = context.rules.find('shortfall')?.value
  if (!gap || rule?.rule === 'none') return null
  return rule?.rule === 'percentage' && rule.percentage ? percentOf(gap, rule.percentage) : gap
}

/** So many months of the estimated monthly prices, in the promise's currency. */
function runRate(
  promised: Amount,
  months: number,
  context: JudgeContext,
): { amount: Amount; trace: TraceNode } | undefined {
  const prices = context.judgements('price').map(({ clause }) => clause)
  const inTables = new Set(prices.filter(isInTable).map(serviceOf))
  const estimates = prices.flatMap((clause) => {
    const { monthly, total } = clause.terms as { monthly?: StatedAmount; total?: boolean }
    // A sentence that says again what a row says adds nothing.
    const again = !isInTable(clause) && inTables.has(serviceOf(clause))
    const counts =
      monthly && !total && !again && monthly.currency === promised.currency && !isExcluded(clause.terms, context)
    return counts ? [{ clause, amount: exact(monthly) }] : []
  })
  const [first, ...rest] = estimates
  if (!first) return undefined
  const monthly = rest.reduce((total, each) => add(total, each.amount), first.amount)
  const amount = times(monthly, months)
  const node = trace('formula', message('spending.trace.run-rate', { months }), {
    value: amount,
    children: estimates.map(({ clause }) => quoted(clause, 'monthly')),
  })
  return { amount, trace: node }
}

function isInTable(clause: Clause): boolean {
  return clause.cells.some((cell) => cell.column !== '')
}

function serviceOf(clause: Clause): string {
  return plain((clause.terms as { service?: string }).service ?? clause.title)
}
