import type { Clause } from '../../agreement/index.ts'
import {
  type Amount,
  compare,
  contractYear,
  decimalText,
  exact,
  type Message,
  message,
  type Period,
  place,
  subtract,
  trace,
} from '../../language/index.ts'
import { amountUnit, judgement, missing, quoted, undetermined } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import { type Spend, shortfallCost, spendOf } from '../spending.ts'
import type { CommitmentTerms } from './terms.ts'

/** COM-2 to COM-8: where one commitment stands. */
export function judge(clause: Clause<CommitmentTerms>, context: JudgeContext): Judgement {
  const { year, minimum, total } = clause.terms
  if (total) return judgement({ verdict: 'not-due', reason: message('commitment.total') }, context, [quoted(clause)])
  if (minimum === undefined)
    return judgement({ verdict: 'not-due', reason: message('commitment.band') }, context, [quoted(clause)])
  const promised = exact(minimum)
  if (!context.term || year === undefined) return undetermined(message('commitment.no-term'), context, [quoted(clause)])
  const period = contractYear(context.term.start, year)
  const spend = spendOf(promised, period, 12, context)
  if (spend === 'mixed')
    return undetermined(message('commitment.mixed-currency'), context, [quoted(clause), missing('exchange-rate')])
  const when = place(period, context.asOf)
  const lifecycle = when === 'before' ? 'not-begun' : when === 'during' ? 'running' : 'ended'
  const decided = decide(when, promised, period, spend)
  const gap = stake(promised, when === 'after' ? spend.spent : spend.forecast)
  const children = [quoted(clause, 'minimum'), ...spend.children]
  if (gap) children.push(trace('formula', message('commitment.trace.gap'), { value: gap, children: [] }))
  const open = decided.verdict === 'met' || (when === 'after' && decided.verdict === 'undetermined')
  const atStake = open ? null : shortfallCost(gap, context)
  const value = when === 'after' || spend.facts.length > 0 ? spend.spent : spend.forecast
  return judgement(
    {
      ...decided,
      lifecycle,
      measure: value ? { value: decimalText(value), target: decimalText(promised), unit: amountUnit(promised) } : null,
      grade: spend.grade,
      moneyAtStake: atStake,
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
