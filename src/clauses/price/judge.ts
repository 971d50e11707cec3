import { type Clause, plainLabel } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { weakestGrade } from '../../evidence/index.ts'
import {
  type Amount,
  addDays,
  addDuration,
  amountOf,
  compare,
  decimal,
  decimalText,
  exact,
  message,
  type Period,
  type StatedAmount,
  subtract,
  sum,
  type TraceNode,
  times,
  trace,
} from '../../language/index.ts'
import { amountUnit, coverage, evidenced, judgement, missing, quoted, statement, undetermined } from '../judging.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { PriceTerms } from './terms.ts'

/** One month's bill for a service. */
interface Bill {
  month: Period
  amount: Amount
  /** Billed quantity in the price's unit; undefined unless every row gives one. */
  quantity: string | undefined
  facts: EvidenceFact[]
}

/** PRI-6 to PRI-9: where one price stands. */
export function judge(clause: Clause<PriceTerms>, context: JudgeContext): Judgement {
  const { monthly, unitPrice, total } = clause.terms
  const price = monthly ?? unitPrice
  if (!price || total) return statement(clause, context)
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const facts = billed(clause.terms.service, context)
  if (facts.length === 0) return unbilled(clause, context, monthly !== undefined)
  if (facts.some((fact) => String(fact.values.currency ?? price.currency) !== price.currency))
    return undetermined(message('price.mixed-currency'), context, [quoted(clause), missing('exchange-rate')])
  const bill = lastWholeMonth(facts, price, context)
  if (!bill) {
    const children = [quoted(clause), ...facts.map((fact) => evidenced(fact, 'amount')), missing('cost-and-usage')]
    return undetermined(message('price.no-whole-month'), context, children)
  }
  if (monthly) return compareBill(clause, bill, exact(monthly), context, 'monthly')
  if (bill.quantity === undefined) return unbilled(clause, context, false)
  return compareBill(clause, bill, times(exact(price), bill.quantity), context, 'unitPrice')
}

/** PRI-9: with no bill a person's word counts; else a monthly amount waits for the bill, and a bare rate only states itself. */
function unbilled(clause: Clause<PriceTerms>, context: JudgeContext, expected: boolean): Judgement {
  const proof = proofFor(clause, context)
  if (proof) return judgeByProof(clause, proof, context)
  if (!expected) return statement(clause, context, message('price.states-a-rate'))
  const dataset = 'cost-and-usage'
  return undetermined(message('clause.no-evidence', { dataset }), context, [quoted(clause), missing(dataset)])
}

function billed(service: string, context: JudgeContext): EvidenceFact[] {
  const relation = new Map<string, boolean>()
  const matches = (name: string): boolean => {
    const known = relation.get(name)
    if (known !== undefined) return known
    const related = context.facts.sameService(service, name)
    const same = related === 'same' || related === 'covers' || plainLabel(service) === plainLabel(name)
    relation.set(name, same)
    return same
  }
  return context
    .evidence('cost-and-usage')
    .filter(({ values }) => values.service !== undefined && isNumber(values.amount) && matches(String(values.service)))
}

function isNumber(value: unknown): boolean {
  return value !== undefined && /^-?\d+(?:\.\d+)?$/.test(String(value))
}

/** PRI-6: the newest calendar month of the term whose every day the bill of this service covers. */
function lastWholeMonth(facts: readonly EvidenceFact[], price: StatedAmount, context: JudgeContext): Bill | undefined {
  const end = context.term && context.term.end <= context.asOf ? context.term.end : addDays(context.asOf, 1)
  const months = [...new Set(facts.map((fact) => `${fact.from.slice(0, 7)}-01`))].sort().reverse()
  for (const start of months) {
    const month = { start, end: addDuration(start, { amount: '1', unit: 'month' }) }
    if (month.end > end) continue
    const inside = facts.filter((fact) => fact.from >= month.start && fact.to < month.end)
    if (!coverage(inside, month).complete) continue
    const amounts = inside.map((fact) => amountOf(String(fact.values.amount), price.currency, price.sign))
    const counted = inside.every((fact) => isNumber(fact.values.quantity))
    const quantity = counted
      ? inside.reduce((so, fact) => so.plus(String(fact.values.quantity)), decimal('0')).toFixed()
      : undefined
    const amount = sum(amounts)
    if (amount) return { month, amount, quantity, facts: inside }
  }
  return undefined
}

const PRICE_SAYS = { equal: 'price.as-priced', below: 'price.below', above: 'price.above' }
const ESTIMATE_SAYS = {
  equal: 'price.estimate-as-priced',
  below: 'price.estimate-below',
  above: 'price.estimate-above',
}

/** PRI-7, PRI-8: an estimate that the bill exceeds is at risk, an agreed price that it exceeds is breached by the difference. */
function compareBill(
  clause: Clause<PriceTerms>,
  bill: Bill,
  expected: Amount,
  context: JudgeContext,
  role: 'monthly' | 'unitPrice',
): Judgement {
  const over = compare(bill.amount, expected)
  const gap = over >= 0 ? subtract(bill.amount, expected) : subtract(expected, bill.amount)
  const shown = { month: { date: bill.month.start }, billed: bill.amount, expected, gap }
  const estimate = clause.terms.estimate === true
  const verdict = over <= 0 ? 'met' : estimate ? 'at-risk' : 'breached'
  const said = (estimate ? ESTIMATE_SAYS : PRICE_SAYS)[over === 0 ? 'equal' : over < 0 ? 'below' : 'above']
  const children: TraceNode[] = [quoted(clause, role)]
  children.push(
    trace('formula', message('price.trace.billed'), {
      value: bill.amount,
      children: bill.facts.map((fact) => evidenced(fact, 'amount')),
    }),
  )
  if (role === 'unitPrice') children.push(trace('formula', message('price.trace.expected'), { value: expected }))
  return judgement(
    {
      verdict,
      reason: message(said, shown),
      measure: { value: decimalText(bill.amount), target: decimalText(expected), unit: amountUnit(expected) },
      grade: weakestGrade(bill.facts.map((fact) => fact.grade)) ?? null,
      moneyAtStake: verdict === 'breached' ? gap : null,
    },
    context,
    children,
  )
}
