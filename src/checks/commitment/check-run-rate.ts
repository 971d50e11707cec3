import { plain, type Rule } from '../../agreement/index.ts'
import {
  type Amount,
  add,
  amountOf,
  compare,
  decimal,
  decimalText,
  lessPercent,
  type Message,
  message,
  subtract,
  sum,
  type TraceNode,
  trace,
  zeroLike,
} from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable, type PricedService, type RunRate, runRate } from '../run-rate.ts'
import { type YearlyMinimum, yearlyMinimums } from './check-text.ts'

const CODE = 'commitment/run-rate-below-minimum'

/** How the text is read; `undefined` is left open by it. */
interface Settled {
  carryOver?: boolean
  support?: boolean
  afterDiscount?: boolean
}

interface YearResult {
  year: YearlyMinimum
  /** Spend that counts in the year, with any surplus carried into it. */
  spend: Amount
  gap: Amount
}

interface Reading {
  label: string
  results: YearResult[]
  gap: Amount
}

/** CMT-1: twelve times the estimates stay below a year's minimum; one finding, with the gap under every open reading. */
export function runRateBelowMinimum(context: CheckContext): Draft[] {
  const years = oncePerYear(yearlyMinimums(context))
  const rate = runRate(context)
  const [first] = years
  if (!first || !rate?.complete || !comparable([rate.total, ...years.map((each) => each.minimum)])) return []
  if (isReconciled(context, first)) return []
  const supports = rate.services.filter((each) => isSupport(context, each))
  const counted = { ...rate, services: rate.services.filter((each) => !isExcluded(context, each, first)) }
  const settled = settledReadings(context, first, supports)
  const [plainReading, ...others] = readings(years, counted, supports, settled)
  const worst = plainReading?.results.find(({ gap }) => gap.units > 0n)
  if (!plainReading || !worst) return []
  const said = [plainReading, ...others].map(({ label, gap }) => message(`${CODE}.label.${label}`, { amount: gap }))
  return [
    {
      at: worst.year.span,
      clause: worst.year.clause.id,
      params: {
        year: worst.year.year,
        minimum: worst.year.minimum,
        gap: worst.gap,
        spend: spendSaid(settled, worst.spend),
        readings: said,
      },
      related: places(plainReading, worst, counted, supports),
      money: plainReading.gap,
      trace: explained([plainReading, ...others], counted, settled.support === false ? supports : []),
    },
  ]
}

// A year that stands twice is another check's business; here the first one counts.
function oncePerYear(years: readonly YearlyMinimum[]): YearlyMinimum[] {
  const seen = new Map(years.map((each) => [each.year, each]).reverse() as [number, YearlyMinimum][])
  return [...seen.values()].sort((a, b) => a.year - b.year)
}

function isReconciled(context: CheckContext, year: YearlyMinimum): boolean {
  const note = context.rules.find('reconciliation-note', year.clause.id)
  // A note without a clause speaks of the growth figures; only one about commitments excuses this.
  return note?.clause !== undefined
}

function isSupport(context: CheckContext, { clause }: PricedService): boolean {
  const name = clause.terms.service
  const provider = context.agreement.parties.find((party) => party.side === 'provider')?.name
  const known = context.facts.serviceNamed(name, provider ? context.facts.providerNamed(provider)?.id : undefined)
  return known ? known.kind === 'support' : context.facts.serviceKindsIn(name).includes('support')
}

const EXCLUDES = /\b(?:exclud\w*|except|other than|does not count|do not count|excluy\w*|excepto|salvo|no cuentan?)\b/

/** A service that the eligible-spend rule names among what does not count. */
function isExcluded(context: CheckContext, service: PricedService, year: YearlyMinimum): boolean {
  const rule = context.rules.find('eligible-spend', year.clause.id)
  const name = plain(service.clause.terms.service)
  return excludedNames(rule).some((each) => each === name || context.facts.sameService(each, name) === 'same')
}

function excludedNames(rule: Rule<'eligible-spend'> | undefined): string[] {
  return (rule?.value?.excludes ?? []).map(plain)
}

function settledReadings(context: CheckContext, year: YearlyMinimum, supports: readonly PricedService[]): Settled {
  const settled: Settled = {}
  const { rules } = context
  const carry = rules.find('carry-over', year.clause.id)?.value?.surplus
  const carryOver = carry ?? rules.find('shortfall', year.clause.id)?.value?.carryOver
  if (carryOver !== undefined) settled.carryOver = carryOver
  const eligible = rules.find('eligible-spend', year.clause.id)
  if (!eligible) return settled
  settled.support = !excludesSupport(context, eligible, year, supports)
  const measure = eligible.value?.measure ?? (eligible.from === 'supplement' ? 'before-discount' : undefined)
  if (measure) settled.afterDiscount = measure === 'after-discount'
  return settled
}

function excludesSupport(
  context: CheckContext,
  rule: Rule<'eligible-spend'>,
  year: YearlyMinimum,
  supports: readonly PricedService[],
): boolean {
  if (supports.some((each) => isExcluded(context, each, year))) return true
  const speaksOfSupport = (text: string) => context.facts.serviceKindsIn(text).includes('support')
  if (excludedNames(rule).some(speaksOfSupport)) return true
  // Words that say no more than a sentence: "all charges except Support".
  const at = plain(rule.statement).search(EXCLUDES)
  return !rule.value?.excludes && at >= 0 && speaksOfSupport(plain(rule.statement).slice(at))
}

/** The reading that is settled, or else the plain one; then each open question answered the other way. */
function readings(
  years: readonly YearlyMinimum[],
  rate: RunRate,
  supports: readonly PricedService[],
  settled: Settled,
): Reading[] {
  const { carryOver = false, support = true, afterDiscount = false } = settled
  const usual = { carryOver, support, afterDiscount }
  const read = (label: string, how: Required<Settled>): Reading => {
    const results = yearResults(years, yearlyTotal(rate, how.support ? [] : supports), how)
    const gap = sum(results.map((each) => each.gap)) as Amount
    return { label, results, gap }
  }
  const first = read(carryOver ? 'carry-over' : 'floors', usual)
  const open: Reading[] = []
  if (settled.carryOver === undefined) open.push(read('carry-over', { ...usual, carryOver: true }))
  if (settled.support === undefined && supports.length > 0)
    open.push(read('without-support', { ...usual, support: false }))
  if (settled.afterDiscount === undefined) open.push(read('after-discount', { ...usual, afterDiscount: true }))
  return [first, ...open.filter(({ gap }) => compare(gap, first.gap) !== 0)]
}

function yearlyTotal(rate: RunRate, without: readonly PricedService[]): Amount {
  const out = new Set(without)
  const left = rate.services.filter((each) => !out.has(each))
  return sum(left.map((each) => each.yearly)) ?? zeroLike(rate.total)
}

function yearResults(years: readonly YearlyMinimum[], total: Amount, how: Required<Settled>): YearResult[] {
  let surplus = zeroLike(total)
  return years.map((year) => {
    const { discount } = year.clause.terms
    const own = how.afterDiscount && discount !== undefined ? lessPercent(total, discount) : total
    const spend = how.carryOver ? add(own, surplus) : own
    const short = subtract(year.minimum, spend)
    surplus = short.units < 0n ? subtract(spend, year.minimum) : zeroLike(total)
    return { year, spend, gap: short.units > 0n ? short : zeroLike(short) }
  })
}

function spendSaid({ carryOver, afterDiscount }: Settled, amount: Amount): Message {
  const how = carryOver ? 'spend-carried' : afterDiscount ? 'spend-discounted' : 'spend-plain'
  return message(`${CODE}.label.${how}`, { amount })
}

function places(
  reading: Reading,
  worst: YearResult,
  rate: RunRate,
  supports: readonly PricedService[],
): NonNullable<Draft['related']> {
  const years = reading.results.filter((each) => each !== worst && each.gap.units > 0n)
  const estimates = rate.services.map((each) => ({
    span: each.span,
    label: supports.includes(each) ? 'support' : 'estimate',
    params: { amount: aMonth(each.yearly) },
  }))
  return [...years.map(({ year, gap }) => ({ span: year.span, label: 'year', params: { gap } })), ...estimates]
}

function aMonth(yearly: Amount): Amount {
  const months = decimal(decimalText(yearly)).div(12)
  return amountOf(months.toDecimalPlaces(2).toFixed(), yearly.currency, yearly.sign)
}

function explained(all: readonly Reading[], rate: RunRate, without: readonly PricedService[]): TraceNode {
  const estimates = rate.services.map(({ clause, span, yearly }) =>
    trace('clause', message('trace.clause', { text: clause.title }), { span, value: yearly }),
  )
  const run = trace('formula', message(`${CODE}.label.run-rate`), {
    value: yearlyTotal(rate, without),
    children: estimates,
  })
  const each = all.map(({ label, gap, results }) => {
    const children = results.map(({ year, spend, gap: short }) =>
      trace('formula', message(`${CODE}.label.year-gap`, { year: year.year, minimum: year.minimum, spend }), {
        value: short,
        span: year.span,
      }),
    )
    return trace('formula', message(`${CODE}.label.${label}`, { amount: gap }), { value: gap, children })
  })
  return trace('formula', message(`${CODE}.label.gap`), { value: all[0]?.gap as Amount, children: [run, ...each] })
}
