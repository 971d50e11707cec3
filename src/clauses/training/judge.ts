import { type Clause, plainLabel } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { weakestGrade } from '../../evidence/index.ts'
import {
  type Amount,
  addDuration,
  amountOf,
  compare,
  daysBetween,
  decimal,
  decimalText,
  exact,
  lastDay,
  message,
  type Param,
  type Period,
  subtract,
  sum,
  trace,
  zeroLike,
} from '../../language/index.ts'
import {
  amountUnit,
  coverage,
  evidenced,
  isInCurrency,
  judgement,
  leftOut,
  missing,
  noCurrency,
  quoted,
  statement,
  undetermined,
} from '../judging.ts'
import { withoutOverlaps } from '../overlaps.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { TrainingTerms } from './terms.ts'

/** What was spent in one period of a budget. */
interface Spend {
  period: Period
  over: boolean
  spent: Amount
  /** Facts cover every day of the period. */
  complete: boolean
  /** Last day up to which facts cover the period without a gap. */
  through: string | undefined
  facts: EvidenceFact[]
  /** Facts that a wider statement, or another source, already counts. */
  dropped: EvidenceFact[]
  conflict: boolean
}

/** TRA-3 to TRA-7: where one training budget stands. */
export function judge(clause: Clause<TrainingTerms>, context: JudgeContext): Judgement {
  const { budget, total, training } = clause.terms
  if (!budget || total) return statement(clause, context)
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const names = [training, clause.id].map(plainLabel)
  const facts = context
    .evidence('training')
    .filter(({ values }) => isNumber(values.spent) && names.includes(plainLabel(String(values.training ?? ''))))
  if (facts.length === 0) return unspent(clause, context)
  const bare = facts.find((fact) => (fact.values.currency ?? '') === '')
  if (bare) return undetermined(noCurrency(bare), context, [quoted(clause), evidenced(bare, 'spent')])
  if (facts.some((fact) => !isInCurrency(fact, budget)))
    return undetermined(message('training.mixed-currency'), context, [quoted(clause), missing('exchange-rate')])
  if (!context.term) return undetermined(message('clause.no-term'), context, [quoted(clause)])
  if (!budget.per) return undetermined(message('training.no-period'), context, [quoted(clause), ...spentTrace(facts)])
  const spends = periodsOf(budget.per, context.term, context).map((period) => spendIn(period, facts, budget, context))
  return decide(clause, exact(budget), spends, context)
}

function isNumber(value: unknown): boolean {
  return value !== undefined && /^-?\d+(?:\.\d+)?$/.test(String(value))
}

function spentTrace(facts: readonly EvidenceFact[]) {
  return facts.map((fact) => evidenced(fact, 'spent'))
}

/** TRA-7: what a document or a person shows; else nothing is known. */
function unspent(clause: Clause<TrainingTerms>, context: JudgeContext): Judgement {
  const proof = proofFor(clause, context)
  if (proof) return judgeByProof(clause, proof, context)
  const children = [quoted(clause), missing('training')]
  return undetermined(message('clause.no-evidence', { dataset: 'training' }), context, children)
}

/** TRA-3: the budget's periods, counted from the start of the term, up to the one that runs at the as-of date. */
function periodsOf(per: 'year' | 'quarter' | 'month', term: Period, context: JudgeContext): Period[] {
  const periods: Period[] = []
  for (let count = 0; ; count += 1) {
    const start = addDuration(term.start, { amount: String(count), unit: per })
    if (start > context.asOf || start >= term.end) return periods
    periods.push({ start, end: addDuration(term.start, { amount: String(count + 1), unit: per }) })
  }
}

function spendIn(
  period: Period,
  all: readonly EvidenceFact[],
  budget: { currency: string; sign?: string },
  context: JudgeContext,
): Spend {
  const inside = all.filter((fact) => fact.from >= period.start && fact.to < period.end)
  const { kept: facts, dropped, conflict } = withoutOverlaps(inside, (fact) => String(fact.values.spent))
  const amounts = facts.map((fact) => amountOf(String(fact.values.spent), budget.currency, budget.sign))
  const { complete, through } = coverage(facts, period)
  const spent = sum(amounts) ?? zeroLike(amountOf('0', budget.currency, budget.sign))
  return { period, over: context.asOf >= period.end, spent, complete, through, facts, dropped, conflict }
}

/** TRA-4 to TRA-6: a past period that is wholly covered and short is a breach; else the newest period decides. */
function decide(
  clause: Clause<TrainingTerms>,
  promised: Amount,
  spends: readonly Spend[],
  context: JudgeContext,
): Judgement {
  const short = spends.find((each) => each.over && each.complete && !each.conflict && compare(each.spent, promised) < 0)
  const spend = short ?? spends.at(-1)
  if (!spend) return unspent(clause, context)
  const forecast = spend.over ? undefined : projected(spend)
  const expected = forecast ?? spend.spent
  const gap = compare(expected, promised) < 0 ? subtract(promised, expected) : undefined
  const params: Record<string, Param> = {
    dataset: 'training',
    spent: spend.spent,
    budget: promised,
    from: { date: spend.period.start },
    to: { date: lastDay(spend.period) },
    ...(gap ? { gap } : {}),
    ...(forecast ? { forecast } : {}),
  }
  const known = spend.facts.length > 0
  const [verdict, id] = verdictOf(spend, promised, forecast)
  const total = trace('formula', message('training.trace.spent'), {
    value: spend.spent,
    children: [
      ...spentTrace(spend.facts),
      ...spend.dropped.map((fact) => leftOut(fact, 'spent', 'left-out.inside-wider')),
    ],
  })
  const children = [quoted(clause, 'budget'), ...(known ? [total] : [])]
  if (verdict === 'undetermined') children.push(missing('training', spend.period))
  const mid = forecast && decimalText(forecast)
  return judgement(
    {
      verdict,
      reason: message(id, params),
      measure: known
        ? { value: decimalText(spend.spent), target: decimalText(promised), unit: amountUnit(promised) }
        : null,
      grade: weakestGrade(spend.facts.map((fact) => fact.grade)) ?? null,
      forecast: mid ? { low: mid, mid, high: mid, unit: amountUnit(promised) } : null,
      nextDate: spend.over ? null : lastDay(spend.period),
    },
    context,
    children,
  )
}

function verdictOf(spend: Spend, promised: Amount, forecast: Amount | undefined): [Judgement['verdict'], string] {
  if (spend.conflict) return ['undetermined', 'clause.overlap']
  if (compare(spend.spent, promised) >= 0) return ['met', 'training.reached']
  if (spend.over) return spend.complete ? ['breached', 'training.short'] : ['undetermined', 'training.incomplete']
  if (!forecast) return ['undetermined', 'training.running-unknown']
  return compare(forecast, promised) < 0 ? ['at-risk', 'training.at-risk'] : ['not-due', 'training.on-track']
}

/** The spend so far, continued at its average day; undefined when nothing covers the period from its start. */
function projected({ period, spent, through }: Spend): Amount | undefined {
  if (through === undefined) return undefined
  const days = daysBetween(period.start, through) + 1
  const whole = daysBetween(period.start, period.end)
  return amountOf(decimal(decimalText(spent)).times(whole).div(days).toFixed(2), spent.currency, spent.sign)
}
