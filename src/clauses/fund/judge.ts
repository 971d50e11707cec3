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
  type TraceNode,
  trace,
} from '../../language/index.ts'
import { lastDayOf } from '../dated-target.ts'
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
  withLeaves,
} from '../judging.ts'
import { withoutOverlaps } from '../overlaps.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { FundTerms } from './terms.ts'

/** When a fund's money can be claimed: in a period, up to a day. */
interface ClaimWindow {
  period: Period
  /** Last day on which it can be claimed. */
  until: string
}

/** FUN-3 to FUN-7: where one fund stands. */
export function judge(clause: Clause<FundTerms>, context: JudgeContext): Judgement {
  const { funding, total, programme } = clause.terms
  if (!funding || total) return statement(clause, context)
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const names = [programme, clause.id].map(plainLabel)
  const facts = context
    .evidence('funds')
    .filter(({ values }) => names.includes(plainLabel(String(values.programme ?? ''))) && claimedField(values))
  const window = windowOf(clause, context)
  const inside = window ? facts.filter((fact) => fact.from >= window.period.start && fact.to < window.period.end) : []
  if (facts.length === 0) return unclaimed(clause, window, context)
  const bare = facts.find((fact) => (fact.values.currency ?? '') === '')
  if (bare)
    return undetermined(noCurrency(bare), context, [
      quoted(clause),
      evidenced(bare, claimedField(bare.values) ?? 'claimed'),
    ])
  if (facts.some((fact) => !isInCurrency(fact, funding)))
    return undetermined(message('fund.mixed-currency'), context, [quoted(clause), missing('exchange-rate')])
  if (!window) return undetermined(message('clause.no-term'), context, [quoted(clause)])
  if (inside.length === 0) return unclaimed(clause, window, context)
  const { kept, dropped, conflict } = withoutOverlaps(inside, (fact) =>
    String(fact.values[claimedField(fact.values) ?? 'claimed']),
  )
  const leaves = dropped.map((fact) => leftOut(fact, claimedField(fact.values) ?? 'claimed', 'left-out.inside-wider'))
  if (conflict) {
    const children = [quoted(clause), ...inside.map((fact) => evidenced(fact, claimedField(fact.values) ?? 'claimed'))]
    return undetermined(message('clause.overlap', { dataset: 'funds' }), context, children)
  }
  return withLeaves(decide(clause, exact(funding), window, kept, context), leaves)
}

function claimedField(values: EvidenceFact['values']): 'claimed' | 'used' | undefined {
  return (['claimed', 'used'] as const).find((field) => /^-?\d+(?:\.\d+)?$/.test(String(values[field] ?? '')))
}

/** FUN-7: a person's word or a document; else nothing is known of the claims. */
function unclaimed(clause: Clause<FundTerms>, window: ClaimWindow | undefined, context: JudgeContext): Judgement {
  const proof = proofFor(clause, context)
  if (proof) return judgeByProof(clause, proof, context)
  const nextDate = window && window.until >= context.asOf ? window.until : null
  const children = [quoted(clause), missing('funds', window?.period)]
  return undetermined(message('clause.no-evidence', { dataset: 'funds' }), context, children, { nextDate })
}

/** FUN-3: the period that the text or a rule gives, else the whole term; a claim date ends it earlier. */
function windowOf({ id, terms }: Clause<FundTerms>, context: JudgeContext): ClaimWindow | undefined {
  const { term } = context
  if (!term) return undefined
  const per = terms.funding?.per ?? context.rules.find('fund-period', id)?.value?.per
  const period = per === 'year' || per === 'quarter' || per === 'month' ? runningPeriod(per, term, context) : term
  const last = lastDay(period)
  const claimBy = terms.claimBy && lastDayOf(terms.claimBy)
  return { period, until: claimBy && claimBy >= period.start && claimBy < last ? claimBy : last }
}

function runningPeriod(per: 'year' | 'quarter' | 'month', term: Period, context: JudgeContext): Period {
  let period = { start: term.start, end: addDuration(term.start, { amount: '1', unit: per }) }
  for (let count = 1; period.end <= context.asOf && period.end < term.end; count += 1) {
    const end = addDuration(term.start, { amount: String(count + 1), unit: per })
    period = { start: period.end, end }
  }
  return period
}

/** FUN-4 to FUN-6: all claimed, still to claim, or lapsed. */
function decide(
  clause: Clause<FundTerms>,
  funding: Amount,
  window: ClaimWindow,
  facts: EvidenceFact[],
  context: JudgeContext,
): Judgement {
  const amounts = facts.map((fact) =>
    amountOf(String(fact.values[claimedField(fact.values) ?? 'claimed']), funding.currency, funding.sign),
  )
  const claimed = sum(amounts) ?? funding
  const rest = compare(claimed, funding) < 0 ? subtract(funding, claimed) : null
  const forecast = context.asOf <= window.until ? projected(claimed, facts, window) : undefined
  const [verdict, id] = verdictOf(rest, forecast, funding, window, facts, context)
  const params: Record<string, Param> = {
    claimed,
    funding,
    until: { date: window.until },
    ...(rest ? { rest } : {}),
    ...(forecast ? { forecast } : {}),
  }
  const children: TraceNode[] = [
    quoted(clause, 'funding'),
    trace('formula', message('fund.trace.claimed'), {
      value: claimed,
      children: facts.map((fact) => evidenced(fact, claimedField(fact.values) ?? 'claimed')),
    }),
  ]
  if (verdict === 'undetermined') children.push(missing('funds', window.period))
  const mid = forecast && decimalText(forecast)
  return judgement(
    {
      verdict,
      reason: message(id, params),
      measure: { value: decimalText(claimed), target: decimalText(funding), unit: amountUnit(funding) },
      grade: weakestGrade(facts.map((fact) => fact.grade)) ?? null,
      moneyAtStake: id === 'fund.at-risk' || id === 'fund.lapsed' ? rest : null,
      forecast: mid ? { low: mid, mid, high: mid, unit: amountUnit(funding) } : null,
      nextDate: context.asOf <= window.until ? window.until : null,
    },
    context,
    children,
  )
}

function verdictOf(
  rest: Amount | null,
  forecast: Amount | undefined,
  funding: Amount,
  window: ClaimWindow,
  facts: readonly EvidenceFact[],
  context: JudgeContext,
): [Judgement['verdict'], string] {
  if (!rest) return ['met', 'fund.all-claimed']
  if (context.asOf > window.until) {
    const claimable = { start: window.period.start, end: addDuration(window.until, { amount: '1', unit: 'day' }) }
    // What was not claimed in time is lost to the one who could claim it; nobody owes it any more.
    return coverage(facts, claimable).complete ? ['not-due', 'fund.lapsed'] : ['undetermined', 'fund.incomplete']
  }
  return forecast && compare(forecast, funding) < 0 ? ['at-risk', 'fund.at-risk'] : ['not-due', 'fund.on-track']
}

/** The claims so far, continued at their average day to the last day for claims. */
function projected(claimed: Amount, facts: readonly EvidenceFact[], window: ClaimWindow): Amount | undefined {
  const through = facts.at(-1)?.to
  if (through === undefined) return undefined
  const days = daysBetween(window.period.start, through) + 1
  const whole = daysBetween(window.period.start, window.until) + 1
  return amountOf(decimal(decimalText(claimed)).times(whole).div(days).toFixed(2), claimed.currency, claimed.sign)
}
