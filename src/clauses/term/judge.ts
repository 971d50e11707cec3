import type { Clause } from '../../agreement/index.ts'
import {
  type Amount,
  addDays,
  addDuration,
  compare,
  daysBetween,
  decimalText,
  exact,
  type IsoDate,
  type Message,
  message,
  type Period,
  place,
  subtract,
  trace,
} from '../../language/index.ts'
import { amountUnit, judgement, lifecycle, missing, quoted, statement, undetermined } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import { type Spend, shortfallCost, spendOf } from '../spending.ts'
import type { TermTerms } from './terms.ts'

/** TER-3 to TER-9: where one term clause stands. */
export function judge(clause: Clause<TermTerms>, context: JudgeContext): Judgement {
  switch (clause.terms.field) {
    case 'effective-date':
    case 'duration':
    case 'end-date':
      return context.term ? bounds(clause, context.term, context) : statement(clause, context)
    case 'renewal':
    case 'notice':
      return context.term ? ending(clause, context.term, context) : statement(clause, context)
    case 'total-commitment':
      return clause.terms.amount && clause.force === 'obligation'
        ? total(clause, exact(clause.terms.amount), context)
        : statement(clause, context)
    default:
      return statement(clause, context)
  }
}

/** TER-3: the dates themselves only say where the agreement is in its life. */
function bounds(clause: Clause, term: Period, context: JudgeContext): Judgement {
  const last = addDays(term.end, -1)
  const when = place(term, context.asOf)
  const params = { start: { date: term.start }, last: { date: last } }
  const reason =
    when === 'before'
      ? message('term.begins', params)
      : when === 'after'
        ? message('term.ended', params)
        : message('term.runs', { ...params, days: daysBetween(context.asOf, term.end) })
  const nextDate = when === 'before' ? term.start : when === 'during' ? last : null
  return judgement({ verdict: 'not-due', reason, nextDate, lifecycle: lifecycle(context) }, context, [quoted(clause)])
}

/** TER-4: what happens at the end of the term, and by when a notice has to be given for it. */
function ending(clause: Clause<TermTerms>, term: Period, context: JudgeContext): Judgement {
  const last = addDays(term.end, -1)
  const notice = noticeOf(clause, context)
  const latest = notice && addDuration(term.end, { ...notice, amount: `-${notice.amount}` })
  const said = (id: string, date: IsoDate): Message => message(id, { date: { date }, last: { date: last } })
  const quote = [quoted(clause)]
  if (context.asOf >= term.end)
    return judgement({ verdict: 'not-due', reason: said('term.ended-then', last) }, context, quote)
  if (latest && context.asOf <= latest)
    return judgement({ verdict: 'not-due', reason: said('term.notice-by', latest), nextDate: latest }, context, quote)
  const id = latest ? 'term.notice-past' : 'term.ends-on'
  return judgement({ verdict: 'not-due', reason: said(id, latest ?? last), nextDate: last }, context, quote)
}

function noticeOf(clause: Clause<TermTerms>, context: JudgeContext): TermTerms['duration'] {
  if (clause.terms.field === 'notice') return clause.terms.duration
  const other = context.agreement.clauses.find((each) => {
    const terms = each.terms as Partial<TermTerms>
    return each.kind === 'term' && terms.field === 'notice' && each.span.line === clause.span.line
  })
  return (other?.terms as TermTerms | undefined)?.duration
}

/** TER-5 to TER-9: the total is an obligation of the partner over the whole term. */
function total(clause: Clause<TermTerms>, promised: Amount, context: JudgeContext): Judgement {
  const { term } = context
  const quote = quoted(clause, 'value')
  if (!term) return undetermined(message('term.no-term'), context, [quote])
  const when = place(term, context.asOf)
  const spend = spendOf(promised, term, monthsOf(term), context)
  if (spend === 'mixed') return undetermined(message('term.mixed-currency'), context, [quote, missing('exchange-rate')])
  const expected = when === 'after' ? spend.spent : spend.forecast
  const gap = expected && compare(expected, promised) < 0 ? subtract(promised, expected) : null
  const decided = decide(when, promised, term, spend, gap)
  const children = [quote, ...spend.children]
  if (gap) children.push(trace('formula', message('term.trace.gap'), { value: gap }))
  const value = spend.facts.length > 0 ? spend.spent : when === 'after' ? undefined : spend.forecast
  const forecast = when !== 'after' && spend.forecast ? decimalText(spend.forecast) : undefined
  const unit = amountUnit(promised)
  return judgement(
    {
      ...decided,
      measure: value ? { value: decimalText(value), target: decimalText(promised), unit } : null,
      grade: spend.grade,
      moneyAtStake:
        /^(?:met|undetermined)$/.test(decided.verdict) || statedByYear(context) ? null : shortfallCost(gap, context),
      forecast: forecast ? { low: forecast, mid: forecast, high: forecast, unit } : null,
      nextDate: when === 'before' ? term.start : when === 'during' ? addDays(term.end, -1) : null,
    },
    context,
    children,
  )
}

function decide(
  when: 'before' | 'during' | 'after',
  promised: Amount,
  term: Period,
  spend: Spend,
  gap: Amount | null,
): Pick<Judgement, 'verdict' | 'reason'> {
  const { spent, forecast } = spend
  const said = (id: string): Message =>
    message(id, {
      start: { date: term.start },
      last: { date: addDays(term.end, -1) },
      promised,
      ...(spent ? { spent } : {}),
      ...(forecast ? { forecast } : {}),
      ...(gap ? { gap } : {}),
    })
  if (spent && compare(spent, promised) >= 0) return { verdict: 'met', reason: said('term.total-reached') }
  if (when === 'before') return { verdict: 'not-due', reason: said('term.total-not-begun') }
  if (when === 'after')
    return spent && spend.complete
      ? { verdict: 'breached', reason: said('term.total-short') }
      : { verdict: 'undetermined', reason: said('term.total-incomplete') }
  if (!forecast) return { verdict: 'undetermined', reason: said('term.total-unknown') }
  return gap
    ? { verdict: 'at-risk', reason: said('term.total-at-risk') }
    : { verdict: 'not-due', reason: said('term.total-on-track') }
}

// TER-10: a shortfall of the total is the sum of its years' shortfalls; one dollar is at stake once.
function statedByYear(context: JudgeContext): boolean {
  return context
    .judgements('commitment')
    .some(({ clause }) => (clause.terms as { minimum?: object }).minimum !== undefined)
}

function monthsOf(term: Period): number {
  const [from, to] = [term.start, term.end].map((date) => date.split('-').map(Number)) as [number[], number[]]
  const [years = 0, months = 0] = [0, 1].map((at) => (to[at] ?? 0) - (from[at] ?? 0))
  return years * 12 + months
}
