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
  type Period,
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
  const facts = context
    .evidence('cost-and-usage')
    .filter((fact) => fact.from < period.end && fact.to >= period.start && 'amount' in fact.values)
  if (facts.length > 0) return fromBill(promised, period, facts)
  const estimate = declaredState(context) === 'fresh' ? runRate(promised, months, context) : undefined
  const children = [missing('cost-and-usage', period), declarationTrace(context)]
  if (!estimate) return { facts, complete: false, grade: null, children }
  return {
    facts,
    complete: false,
    forecast: estimate.amount,
    grade: 'declared',
    children: [...children, estimate.trace],
  }
}

function fromBill(promised: Amount, period: Period, facts: EvidenceFact[]): Spend | 'mixed' {
  const amounts = facts.map((fact) =>
    amountOf(String(fact.values.amount), String(fact.values.currency ?? promised.currency)),
  )
  // A bill always names its currency; a promise that does not can only be compared when the parties settled it.
  if (amounts.some((amount) => amount.currency !== promised.currency)) return 'mixed'
  const spent = sum(amounts) ?? zeroLike(promised)
  const { complete, through } = coverage(facts, period)
  const days = through ? daysBetween(period.start, through) + 1 : 0
  const whole = daysBetween(period.start, period.end)
  const forecast =
    days > 0
      ? amountOf(decimal(decimalText(spent)).times(whole).div(days).toFixed(2), spent.currency, spent.sign)
      : undefined
  const total = trace('formula', message('spending.trace.spent', { through: through ? { date: through } : '—' }), {
    value: spent,
    children: facts.map((fact) => evidenced(fact, 'amount')),
  })
  const children = [total]
  if (forecast && !complete) children.push(trace('formula', message('spending.trace.projected'), { value: forecast }))
  const grade = weakestGrade(facts.map((fact) => fact.grade)) ?? null
  return { facts, spent, complete, grade, children, ...(through ? { through } : {}), ...(forecast ? { forecast } : {}) }
}

/** So many months of the estimated monthly prices, in the promise's currency. */
function runRate(
  promised: Amount,
  months: number,
  context: JudgeContext,
): { amount: Amount; trace: TraceNode } | undefined {
  const estimates = context.judgements('price').flatMap(({ clause }) => {
    const { monthly, total } = clause.terms as { monthly?: StatedAmount; total?: boolean }
    return monthly && !total && monthly.currency === promised.currency ? [{ clause, amount: exact(monthly) }] : []
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
