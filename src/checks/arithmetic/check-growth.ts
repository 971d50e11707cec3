import { type Clause, namesTotal, plain } from '../../agreement/index.ts'
import { type CustomerMetricTerms, customerMetric } from '../../clauses/customer-metric/index.ts'
import { growthInitiative } from '../../clauses/growth-initiative/index.ts'
import {
  type Amount,
  add,
  amountOf,
  compare,
  decimal,
  decimalText,
  message,
  percentOf,
  subtract,
  times,
  trace,
} from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable, yearly } from '../run-rate.ts'
import { isApproximate, printedStep, roundingOf, textOf } from './check-figures.ts'

type Metric = Clause<CustomerMetricTerms>
type Side = 'current' | 'target'

function metrics(context: CheckContext, subject: CustomerMetricTerms['subject']): Metric[] {
  return context.clauses(customerMetric).filter(({ terms }) => terms.subject === subject)
}

// "Users per customer" is an average by its words, whatever it counts.
const EACH =
  /\b(?:per|por|each|cada) (?:customer|client|deployment|instance|tenant|account|cliente|despliegue|instancia|cuenta)\b/

function isAverage({ terms }: Metric): boolean {
  return terms.subject === 'average-size' || (terms.subject === 'subscribers' && EACH.test(plain(terms.metric)))
}

// A table of metrics is short; what stands farther away in the text belongs to another one.
const NEAR = 6

/** ARI-2: a stated average is not total by count, for present and target figures. */
export function average(context: CheckContext): Draft[] {
  const all = context.clauses(customerMetric)
  return all.flatMap((clause, index) => {
    if (!isAverage(clause)) return []
    const section = clause.section.join('\u0000')
    const near = all
      .slice(Math.max(0, index - NEAR), index + NEAR + 1)
      .filter((other) => !isAverage(other) && other.section.join('\u0000') === section)
    const totals = near.filter(({ terms }) => terms.subject === 'subscribers')
    const counts = near.filter(({ terms }) => terms.subject === 'deployments')
    return (['current', 'target'] as const).flatMap((side) => wrongAverage(clause, side, totals, counts))
  })
}

function wrongAverage(clause: Metric, side: Side, totals: readonly Metric[], counts: readonly Metric[]): Draft[] {
  const stated = clause.terms[side]
  if (!stated || stated.unit === 'money' || stated.unit === 'percent' || isApproximate(textOf(clause, side))) return []
  const value = decimal(stated.value)
  const step = printedStep(textOf(clause, side))
  let first: Quotient | undefined
  for (const total of totals)
    for (const count of counts) {
      const each = quotient(total, count, side)
      // With several totals or counts the text does not say which ones belong together: one that fits is enough.
      if (each?.result.minus(value).abs().lt(step.plus(each.slack))) return []
      first ??= each
    }
  if (!first) return []
  const { total, count, result } = first
  return [
    {
      at: clause.places[side] ?? clause.span,
      clause: clause.id,
      params: {
        stated: { decimal: stated.value },
        total: { decimal: total.terms[side]?.value ?? '0' },
        count: { decimal: count.terms[side]?.value ?? '0' },
        result: { decimal: result.toDecimalPlaces(2).toFixed() },
      },
      related: [
        { span: total.places[side] ?? total.span, label: 'total' },
        { span: count.places[side] ?? count.span, label: 'count' },
      ],
      operands: [side],
    },
  ]
}

interface Quotient {
  total: Metric
  count: Metric
  result: ReturnType<typeof decimal>
  /** How far the result may be off because the total is printed in thousands. */
  slack: ReturnType<typeof decimal>
}

function quotient(total: Metric, count: Metric, side: Side): Quotient | undefined {
  const [sum, number] = [total.terms[side], count.terms[side]]
  if (!sum || !number || sum.unit === 'money' || number.unit === 'money') return undefined
  const divisor = decimal(number.value)
  if (divisor.isZero()) return undefined
  const step = printedStep(textOf(total, side))
  const slack = step.gt(1) ? step.div(2).div(divisor) : decimal(0)
  return { total, count, result: decimal(sum.value).div(divisor), slack }
}

const COMPOUND =
  /\b(?:cagr|compound|a year|per year|annual|yearly|annually|yoy|anual|al ano|por ano|compuest[oa]|interanual)\b/

/** ARI-6: a stated growth is not the growth from the present figure to the target. */
export function growthPercent(context: CheckContext): Draft[] {
  return context.clauses(customerMetric).flatMap((clause): Draft[] => {
    const { growth, current, target } = clause.terms
    if (growth === undefined || !current || !target || current.unit !== target.unit) return []
    const from = decimal(current.value)
    const cell = clause.cells.find((each) => each.role === 'growth')
    if (from.isZero() || COMPOUND.test(plain(`${cell?.column ?? ''} ${cell?.text ?? ''}`))) return []
    const implied = decimal(target.value).minus(from).div(from).times(100)
    const step = printedStep(cell?.text ?? growth)
    if (isApproximate(cell?.text ?? '')) return []
    if (implied.minus(growth).abs().lt(step)) return []
    return [
      {
        at: clause.places.growth ?? clause.span,
        clause: clause.id,
        params: {
          metric: clause.terms.metric,
          growth: { percent: growth },
          implied: { percent: implied.toDecimalPlaces(1).toFixed() },
        },
        related: [
          { span: clause.places.current ?? clause.span, label: 'current' },
          { span: clause.places.target ?? clause.span, label: 'target' },
        ],
      },
    ]
  })
}

const A_YEAR = { month: 12, quarter: 4, year: 1 } as const
const MONTHLY = /\b(?:monthly|mensual(?:es)?|mrr|per month|al mes|por mes)\b/
const ANNUAL = /\b(?:annual|annuali[sz]ed|anual(?:es)?|anualizad[oa]s?|yearly|arr|per year|al ano|por ano)\b/

function periodOf({ per, metric }: CustomerMetricTerms): 'month' | 'quarter' | 'year' | undefined {
  if (per) return per
  if (MONTHLY.test(plain(metric))) return 'month'
  return ANNUAL.test(plain(metric)) ? 'year' : undefined
}

interface Revenue {
  clause: Metric
  present: Amount
  target: Amount
}

function revenues(context: CheckContext): Revenue[] {
  return metrics(context, 'revenue').flatMap((clause): Revenue[] => {
    const { current, target } = clause.terms
    const period = periodOf(clause.terms)
    if (!current || !target || !period || current.unit !== 'money' || target.unit !== 'money') return []
    const ofYear = ({ value, currency = 'XXX', sign }: typeof current): Amount =>
      times(amountOf(value, currency, sign), A_YEAR[period])
    return [{ clause, present: ofYear(current), target: ofYear(target) }]
  })
}

const PERIOD_WORDS =
  /\b(?:monthly|mensual(?:es)?|per|month|al|por|mes|annual|annuali[sz]ed|anual(?:es)?|anualizad[oa]s?|yearly|year|ano|total)\b/g
const SHORT_FORMS: [RegExp, string][] = [[/\b(?:mrr|arr)\b/g, 'recurring revenue']]

function nameWithoutPeriod(metric: string): string {
  const name = SHORT_FORMS.reduce((text, [form, words]) => text.replace(form, words), plain(metric))
  return name
    .replace(PERIOD_WORDS, ' ')
    .replace(/[^a-z]+/g, ' ')
    .trim()
}

/** ARI-5: one revenue stated for a month and for a year, and the year is not twelve times the month. */
export function annualisedRevenue(context: CheckContext): Draft[] {
  const all = metrics(context, 'revenue')
  const months = new Map(
    all
      .filter(({ terms }) => periodOf(terms) === 'month')
      .map((clause) => [nameWithoutPeriod(clause.terms.metric), clause] as const),
  )
  return all.flatMap((clause): Draft[] => {
    const month = periodOf(clause.terms) === 'year' ? months.get(nameWithoutPeriod(clause.terms.metric)) : undefined
    return month ? (['current', 'target'] as const).flatMap((side) => wrongYear(clause, month, side)) : []
  })
}

function wrongYear(clause: Metric, month: Metric, side: Side): Draft[] {
  const [year, ofMonth] = [clause.terms[side], month.terms[side]]
  if (!year || !ofMonth || year.unit !== 'money' || ofMonth.unit !== 'money') return []
  const annual = amountOf(year.value, year.currency ?? 'XXX', year.sign)
  const monthly = amountOf(ofMonth.value, ofMonth.currency ?? 'XXX', ofMonth.sign)
  if (!comparable([annual, monthly])) return []
  const twelve = times(monthly, 12)
  const off = decimal(decimalText(subtract(twelve, annual))).abs()
  const slack = roundingOf([textOf(clause, side)]).plus(roundingOf([textOf(month, side)]).times(12))
  if (off.lte(slack)) return []
  const difference = amountOf(off.toFixed(), annual.currency, annual.sign)
  return [
    {
      at: clause.places[side] ?? clause.span,
      clause: clause.id,
      params: { title: clause.title, annual, monthly, twelve, difference },
      related: [{ span: month.places[side] ?? month.span, label: 'month' }],
      money: difference,
      operands: [side],
    },
  ]
}

// Forecasts are round figures: closer than this to the target they agree.
const CLOSE = '2'

/** ARI-7: present revenue of a year and what the initiatives are to add do not come to the target of a year. */
export function pipelineAgainstTarget(context: CheckContext): Draft[] {
  const initiatives = context.clauses(growthInitiative).filter(({ title }) => !namesTotal(title))
  const expected = initiatives.flatMap(({ terms }) => (terms.expected ? [yearly(terms.expected)] : []))
  const found = revenues(context).filter(({ present, target }) => comparable([present, target, ...expected]))
  const [first] = found
  if (!first || expected.length === 0 || expected.length !== initiatives.length) return []
  if (isReconciled(context, first.clause.id)) return []
  const added = expected.reduce(add)
  if (found.some(({ present, target }) => agrees(add(present, added), target))) return []
  const { clause, present, target } = first
  const sum = add(present, added)
  const over = compare(sum, target) > 0
  const difference = over ? subtract(sum, target) : subtract(target, sum)
  const code = 'arithmetic/pipeline-against-target'
  const children = initiatives.map((each) =>
    trace('clause', message('trace.clause', { text: each.title }), { span: each.places.expected ?? each.span }),
  )
  return [
    {
      at: clause.places.target ?? clause.span,
      clause: clause.id,
      params: {
        present,
        added,
        sum,
        target,
        difference,
        side: { word: `${code}.label.${over ? 'more' : 'less'}` },
      },
      related: [
        { span: clause.places.current ?? clause.span, label: 'present', params: { amount: present } },
        ...initiatives.map(({ places, span }) => ({ span: places.expected ?? span, label: 'expected' })),
      ],
      money: difference,
      trace: trace('formula', message(`${code}.label.sum`), { value: sum, children }),
    },
  ]
}

function agrees(sum: Amount, target: Amount): boolean {
  const off = decimal(decimalText(subtract(sum, target))).abs()
  return off.lte(decimal(decimalText(percentOf(target, CLOSE))))
}

/** A note without a clause, or one about the growth figures, says why they differ. */
function isReconciled(context: CheckContext, id: string): boolean {
  const about = (clause: string) => clause === id || /^(?:customer-metric|growth-initiative)\b/.test(clause)
  return context.rules.all('reconciliation-note').some(({ clause }) => clause === undefined || about(clause))
}
