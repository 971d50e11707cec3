import type { Clause } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { weakestGrade } from '../../evidence/index.ts'
import {
  type Amount,
  add,
  amountOf,
  compare,
  contractYear,
  daysBetween,
  decimal,
  decimalText,
  exact,
  type Message,
  message,
  type Period,
  place,
  subtract,
  sum,
  type TraceNode,
  times,
  trace,
  zeroLike,
} from '../../language/index.ts'
import {
  amountUnit,
  coverage,
  declarationTrace,
  declaredState,
  evidenced,
  judgement,
  missing,
  quoted,
  undetermined,
} from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { CommitmentTerms } from './terms.ts'

/** What is known of a year's spend: what the bill says, and where it leads. */
interface Spend {
  facts: EvidenceFact[]
  spent?: Amount
  through?: string
  complete: boolean
  forecast?: Amount
  grade: Judgement['grade']
  children: TraceNode[]
}

/** COM-2 to COM-7: where one commitment stands. */
export function judge(clause: Clause<CommitmentTerms>, context: JudgeContext): Judgement {
  const { year, minimum } = clause.terms
  if (minimum === undefined)
    return judgement({ verdict: 'not-due', reason: message('commitment.band') }, context, [quoted(clause)])
  const promised = exact(minimum)
  if (!context.term || year === undefined) return undetermined(message('commitment.no-term'), context, [quoted(clause)])
  const period = contractYear(context.term.start, year)
  const spend = spendOf(promised, period, context)
  if (spend === 'mixed')
    return undetermined(message('commitment.mixed-currency'), context, [quoted(clause), missing('exchange-rate')])
  const when = place(period, context.asOf)
  const lifecycle = when === 'before' ? 'not-begun' : when === 'during' ? 'running' : 'ended'
  const decided = decide(when, promised, period, spend)
  const gap = stake(promised, when === 'after' ? spend.spent : spend.forecast)
  const children = [quoted(clause, 'minimum'), ...spend.children]
  if (gap) children.push(trace('formula', message('commitment.trace.gap'), { value: gap, children: [] }))
  const value = when === 'after' || spend.facts.length > 0 ? spend.spent : spend.forecast
  return judgement(
    {
      ...decided,
      lifecycle,
      measure: value ? { value: decimalText(value), target: decimalText(promised), unit: amountUnit(promised) } : null,
      grade: spend.grade,
      moneyAtStake: decided.verdict === 'met' ? null : gap,
      forecast: when !== 'after' && spend.forecast ? certain(spend.forecast) : null,
      nextDate: when === 'before' ? period.start : when === 'during' ? period.end : null,
    },
    context,
    children,
  )
}

function certain(amount: Amount): NonNullable<Judgement['forecast']> {
  const mid = decimalText(amount)
  return { low: mid, mid, high: mid, unit: amountUnit(amount) }
}

function stake(promised: Amount, expected: Amount | undefined): Amount | null {
  if (!expected) return null
  return compare(expected, promised) < 0 ? subtract(promised, expected) : null
}

function decide(
  when: 'before' | 'during' | 'after',
  promised: Amount,
  period: Period,
  spend: Spend,
): Pick<Judgement, 'verdict' | 'reason'> {
  const { spent, forecast } = spend
  const gap = stake(promised, when === 'after' ? spent : forecast)
  const said = (id: string): Message =>
    message(id, {
      start: { date: period.start },
      ...(spent ? { spent } : {}),
      ...(forecast ? { forecast } : {}),
      ...(gap ? { gap } : {}),
    })
  if (spent && compare(spent, promised) >= 0) return { verdict: 'met', reason: said('commitment.reached') }
  if (when === 'before')
    return { verdict: 'not-due', reason: said(gap ? 'commitment.not-begun-short' : 'commitment.not-begun') }
  if (when === 'after') {
    if (spent && spend.complete) return { verdict: 'breached', reason: said('commitment.short') }
    return { verdict: 'undetermined', reason: said('commitment.incomplete') }
  }
  if (!forecast) return { verdict: 'undetermined', reason: said('commitment.running-unknown') }
  return gap
    ? { verdict: 'at-risk', reason: said('commitment.at-risk') }
    : { verdict: 'not-due', reason: said('commitment.on-track') }
}

/** COM-3 to COM-5: the bill inside the year, or the estimated prices when there is none. */
function spendOf(promised: Amount, period: Period, context: JudgeContext): Spend | 'mixed' {
  const facts = context
    .evidence('cost-and-usage')
    .filter((fact) => fact.from < period.end && fact.to >= period.start && 'amount' in fact.values)
  if (facts.length > 0) return fromBill(promised, period, facts)
  const declared = declaredState(context)
  const estimate = declared === 'fresh' ? runRate(promised, context) : undefined
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
  // A bill always names its currency; a commitment that does not can only be compared when the parties settled it.
  if (amounts.some((amount) => amount.currency !== promised.currency)) return 'mixed'
  const spent = sum(amounts) ?? zeroLike(promised)
  const { complete, through } = coverage(facts, period)
  const days = through ? daysBetween(period.start, through) + 1 : 0
  const whole = daysBetween(period.start, period.end)
  const forecast =
    days > 0
      ? amountOf(decimal(decimalText(spent)).times(whole).div(days).toFixed(2), spent.currency, spent.sign)
      : undefined
  const total = trace('formula', message('commitment.trace.spent', { through: through ? { date: through } : '—' }), {
    value: spent,
    children: facts.map((fact) => evidenced(fact, 'amount')),
  })
  const children = [total]
  if (forecast && !complete) children.push(trace('formula', message('commitment.trace.projected'), { value: forecast }))
  const grade = weakestGrade(facts.map((fact) => fact.grade)) ?? null
  return { facts, spent, complete, grade, children, ...(through ? { through } : {}), ...(forecast ? { forecast } : {}) }
}

/** Twelve times the estimated monthly prices, in the commitment's currency. */
function runRate(promised: Amount, context: JudgeContext): { amount: Amount; trace: TraceNode } | undefined {
  const estimates = context.judgements('price').flatMap(({ clause }) => {
    const monthly = (clause.terms as { monthly?: Parameters<typeof exact>[0] }).monthly
    return monthly && monthly.currency === promised.currency ? [{ clause, amount: exact(monthly) }] : []
  })
  const [first, ...rest] = estimates
  if (!first) return undefined
  const monthly = rest.reduce((total, each) => add(total, each.amount), first.amount)
  const amount = times(monthly, 12)
  const node = trace('formula', message('commitment.trace.run-rate'), {
    value: amount,
    children: estimates.map(({ clause }) => quoted(clause, 'monthly')),
  })
  return { amount, trace: node }
}
