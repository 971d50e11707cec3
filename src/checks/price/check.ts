import { type Cell, type Clause, plain } from '../../agreement/index.ts'
import { commitment } from '../../clauses/commitment/index.ts'
import { type CustomerMetricTerms, customerMetric } from '../../clauses/customer-metric/index.ts'
import { type PriceTerms, price } from '../../clauses/price/index.ts'
import {
  type Amount,
  amountOf,
  compare,
  decimal,
  decimalText,
  message,
  type Span,
  subtract,
  times,
  trace,
} from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable, pricedRows, runRate, saysIncluded } from '../run-rate.ts'

const MONEY =
  /(?:[$€£]|\b(?:usd|eur|clp|mxn|pen|gbp|cop|brl)\b)\s*\d|\d\s*(?:[$€£]|(?:usd|eur|clp|mxn|pen|gbp|cop|brl)\b)|\b0[.,]\d/
const ELSEWHERE =
  /\b(?:list price|price list|public pric\w+|rate card|lista de precios|precios? publicos?|tarifario|annex|anexo|appendix|schedule)\b/

/** PRC-3: a row charges by a unit and no rate for it is given, in the row or by a rule. */
export function rateMissing(context: CheckContext): Draft[] {
  return pricedRows(context).flatMap((clause): Draft[] => {
    const { units = [], unitPrice, rates, quantity, monthly, amount, model } = clause.terms
    if (units.length === 0 || unitPrice || rates || (quantity && (monthly || amount)) || saysIncluded(clause)) return []
    const cell = clause.cells.find((each) => each.role === 'model')
    const words = plain(model ?? cell?.text ?? '')
    if (MONEY.test(words) || noteCells(clause).some((each) => saysRate(each))) return []
    const open = unitsWithoutRate(context, clause.id, units)
    if (open.length === 0) return []
    return [
      {
        at: clause.places.model ?? clause.span,
        clause: clause.id,
        params: { service: clause.terms.service, model: model ?? cell?.text ?? open.join(', ') },
        operands: open,
      },
    ]
  })
}

function noteCells(clause: Clause): Cell[] {
  return clause.cells.filter((cell) => cell.role === undefined || cell.role === 'model')
}

function saysRate(cell: Cell): boolean {
  const text = plain(cell.text)
  return ELSEWHERE.test(text) || (cell.role === undefined && MONEY.test(text))
}

/** Units that neither a rule about the row nor a general list of rates gives. */
function unitsWithoutRate(context: CheckContext, id: string, units: readonly string[]): string[] {
  const rule = context.rules.find('rate', id)
  if (!rule) return [...units]
  if (rule.clause !== undefined || !rule.value?.rates) return []
  const given = context.rules.all('rate').flatMap((each) => each.value?.rates ?? [])
  const words = given.map((each) => plain(each.unit)).join(' | ')
  return units.filter((unit) => !words.includes(plain(unit)))
}

const MONTHLY = /\b(?:monthly|mensual(?:es)?|mrr|per month|al mes|por mes)\b/
const ANNUAL = /\b(?:annual|anual(?:es)?|yearly|arr|per year|al ano|por ano)\b/
const A_YEAR = { month: 12, quarter: 4, year: 1 } as const

function periodOf({ per, metric }: CustomerMetricTerms): 'month' | 'quarter' | 'year' | undefined {
  if (per) return per
  if (MONTHLY.test(plain(metric))) return 'month'
  return ANNUAL.test(plain(metric)) ? 'year' : undefined
}

/** The present revenue of a year, from a revenue metric that states its period. */
function presentRevenue(context: CheckContext): { clause: Clause; span: Span; yearly: Amount } | undefined {
  for (const clause of context.clauses(customerMetric)) {
    const { subject, current } = clause.terms
    const period = periodOf(clause.terms)
    if (subject !== 'revenue' || !current || current.unit !== 'money' || !period) continue
    const amount = amountOf(current.value, current.currency ?? 'XXX', current.sign)
    return { clause, span: clause.places.current ?? clause.span, yearly: times(amount, A_YEAR[period]) }
  }
  return undefined
}

/** PRC-4: the present revenue of a month is less than what the priced services cost in it. */
export function revenueBelowCost(context: CheckContext): Draft[] {
  const revenue = presentRevenue(context)
  const rate = runRate(context)
  if (!revenue || !rate || !comparable([revenue.yearly, rate.total])) return []
  if (compare(revenue.yearly, rate.total) >= 0) return []
  if (context.rules.all('reconciliation-note').some((note) => note.clause?.startsWith('price'))) return []
  const [income, cost] = [aMonth(revenue.yearly), aMonth(rate.total)]
  const gap = subtract(cost, income)
  const code = 'price/revenue-below-cost'
  const estimates = rate.services.map(({ clause, span, yearly }) =>
    trace('clause', message('trace.clause', { text: clause.title }), { span, value: aMonth(yearly) }),
  )
  return [
    {
      at: revenue.span,
      clause: revenue.clause.id,
      params: { revenue: income, cost, gap },
      related: rate.services.map(({ span, yearly }) => ({ span, label: 'cost', params: { amount: aMonth(yearly) } })),
      money: gap,
      trace: trace('formula', message(`${code}.label.gap`), {
        value: gap,
        children: [
          trace('clause', message('trace.clause', { text: revenue.clause.title }), {
            span: revenue.span,
            value: income,
          }),
          trace('formula', message(`${code}.label.sum`), { value: cost, children: estimates }),
        ],
      }),
    },
  ]
}

function aMonth(yearly: Amount): Amount {
  const months = decimal(decimalText(yearly)).div(12)
  return amountOf(months.toDecimalPlaces(2).toFixed(), yearly.currency, yearly.sign)
}

/** PRC-5: rows that have an estimate and no price; one finding for the table. */
export function estimateNotPrice(context: CheckContext): Draft[] {
  const estimates = pricedRows(context).filter(
    ({ id, terms }) =>
      terms.estimate === true &&
      hasAmount(terms) &&
      !terms.unitPrice &&
      !terms.rates &&
      !context.rules.find('estimate-basis', id),
  )
  const [first, ...others] = estimates
  if (!first) return []
  const related = others.map((clause) => ({ span: amountSpan(clause), label: 'estimate' }))
  return [{ at: amountSpan(first), clause: first.id, params: { count: estimates.length }, related }]
}

function hasAmount({ monthly, annual, amount }: PriceTerms): boolean {
  return (monthly ?? annual ?? amount) !== undefined
}

function amountSpan({ places, span }: Clause): Span {
  return places.monthly ?? places.annual ?? places.amount ?? places.unitPrice ?? span
}

const TAX = /\b(?:vat|iva|igv|itbis|gst|hst|tax|taxes|impuestos?|tributos?|moms|mva|withholding)\b/i

/** PRC-6: nothing in the text says whether the prices include tax. */
export function taxUnstated(context: CheckContext): Draft[] {
  const first = context.clauses(price).find(({ terms }) => hasAmount(terms) || terms.unitPrice)
  if (!first || context.rules.find('tax', first.id)) return []
  if (context.agreement.lines.some((line) => TAX.test(line))) return []
  return [{ at: amountSpan(first), clause: first.id }]
}

/** PRC-7: a price row gives a discount of its own beside the discount of the commitment. */
export function listAndDiscount(context: CheckContext): Draft[] {
  const discounts = context.clauses(commitment).filter(({ terms }) => isSome(terms.discount))
  if (discounts.length === 0) return []
  const related = discounts.map((clause) => ({ span: clause.places.discount ?? clause.span, label: 'commitment' }))
  const general = context.rules.find('eligible-spend', discounts[0]?.id)
  if (general?.value?.discounted) return []
  return pricedRows(context).flatMap((clause): Draft[] => {
    const { discount, service } = clause.terms
    if (!isSome(discount) || saysOnly(clause)) return []
    return [
      {
        at: clause.places.discount ?? clause.span,
        clause: clause.id,
        params: { service, discount: { percent: discount as string } },
        related,
      },
    ]
  })
}

function isSome(percent: string | undefined): boolean {
  return percent !== undefined && !decimal(percent).isZero()
}

const ONLY =
  /\b(?:instead of|in lieu of|not cumulative|non-cumulative|in addition|on top of|cumulative|en lugar de|no acumulable|acumulable|adicional|ademas del?)\b/

// A row that says how its discount stands to the other one leaves nothing open.
function saysOnly(clause: Clause): boolean {
  return clause.cells.some((cell) => ONLY.test(plain(`${cell.column} ${cell.text}`)))
}
