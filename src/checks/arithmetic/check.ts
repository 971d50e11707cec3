import { type Clause, plain } from '../../agreement/index.ts'
import { commitment } from '../../clauses/commitment/index.ts'
import { type PriceTerms, price } from '../../clauses/price/index.ts'
import { term } from '../../clauses/term/index.ts'
import {
  type Amount,
  add,
  compare,
  decimal,
  decimalText,
  exact,
  lessPercent,
  message,
  subtract,
  times,
  trace,
} from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable, type PeriodicAmount, pricedRows, yearly } from '../run-rate.ts'
import { roundingOf, textOf } from './check-figures.ts'

/** ARI-1: the yearly minimums of a table do not sum to the stated total. */
export function commitmentTotal(context: CheckContext): Draft[] {
  const total = context.clauses(term).find(({ terms }) => terms.field === 'total-commitment' && terms.amount)
  const stated: PeriodicAmount | undefined = total?.terms.amount
  // "US$4M a year" is no total of the term.
  if (!total || !stated || stated.per) return []
  const years = context.clauses(commitment).filter(({ terms }) => terms.year !== undefined)
  const amounts = years.flatMap(({ terms }) => (terms.minimum ? [yearly(terms.minimum)] : []))
  const numbers = new Set(years.map(({ terms }) => terms.year))
  // A year without an amount, or one that stands twice, is another check's business: the sum would mislead.
  if (amounts.length < 2 || amounts.length !== years.length || numbers.size !== years.length) return []
  const wanted = exact(stated)
  if (!comparable([wanted, ...amounts])) return []
  const sum = amounts.reduce(add)
  if (compare(sum, wanted) === 0) return []
  const difference = distance(sum, wanted)
  return [
    {
      at: total.places.value ?? total.span,
      clause: total.id,
      params: { total: wanted, sum, difference },
      related: years.map(({ places, span }) => ({ span: places.minimum ?? span, label: 'year' })),
      money: difference,
      trace: trace('formula', message('arithmetic/commitment-total.label.sum'), {
        value: sum,
        children: years.map((year) =>
          trace('clause', message('trace.clause', { text: year.title }), { span: year.places.minimum ?? year.span }),
        ),
      }),
    },
  ]
}

function distance(a: Amount, b: Amount): Amount {
  return compare(a, b) >= 0 ? subtract(a, b) : subtract(b, a)
}

function isClose(a: Amount, b: Amount, tolerance: ReturnType<typeof decimal>): boolean {
  return decimal(decimalText(distance(a, b))).lte(tolerance)
}

/** ARI-3: unit price times quantity is not the line's amount, not even by its own discount or for a stated pack. */
export function lineProduct(context: CheckContext): Draft[] {
  return pricedRows(context).flatMap((clause): Draft[] => {
    const { unitPrice, quantity } = clause.terms
    const line = lineAmount(clause.terms)
    if (!unitPrice || !quantity || !line) return []
    const price = exact(unitPrice)
    const amount = exact(line.amount)
    if (!comparable([price, amount])) return []
    const product = times(price, quantity)
    const tolerance = roundingOf([textOf(clause, line.role)])
    if (possible(clause, product, line.role).some((each) => isClose(each, amount, tolerance))) return []
    const difference = distance(product, amount)
    return [
      {
        at: clause.places[line.role] ?? clause.span,
        clause: clause.id,
        params: { price, quantity: { decimal: quantity }, product, amount, difference },
        related: [
          { span: clause.places.unitPrice ?? clause.span, label: 'price' },
          { span: clause.places.quantity ?? clause.span, label: 'quantity' },
        ],
        money: difference,
        operands: [line.role],
      },
    ]
  })
}

function lineAmount(terms: PriceTerms): { role: 'amount' | 'monthly' | 'annual'; amount: PeriodicAmount } | undefined {
  for (const role of ['amount', 'monthly', 'annual'] as const) {
    const amount = terms[role]
    if (amount) return { role, amount }
  }
  return undefined
}

/** What a line may rightly say: the product, the product of a year, after its discount, or for packs of a hundred or more. */
function possible(clause: Clause<PriceTerms>, product: Amount, role: string): Amount[] {
  const results = [product]
  const header = clause.cells.find((cell) => cell.role === 'unitPrice')?.column ?? ''
  const words = plain(`${header} ${textOf(clause, 'unitPrice')} ${clause.terms.model ?? ''}`)
  const pack = /(?:per|por|\/)\s*(1[.,]?000|thousand|mil|100|1[.,]?000[.,]?000|million|millon)\b/.exec(words)?.[1]
  if (pack) {
    const size = /million|millon/.test(pack)
      ? '1000000'
      : /thousand|mil/.test(pack)
        ? '1000'
        : pack.replace(/[.,]/g, '')
    results.push(times(product, decimal(1).div(size).toFixed()))
  }
  if (role === 'annual' && clause.terms.unitPrice?.per !== 'year')
    results.push(...results.map((each) => times(each, 12)))
  if (role === 'monthly' && clause.terms.unitPrice?.per === 'year')
    return results.map((each) => times(each, decimal(1).div(12).toFixed(20)))
  const { discount } = clause.terms
  return discount === undefined ? results : [...results, ...results.map((each) => lessPercent(each, discount))]
}

/** ARI-5: a stated amount of a year is not twelve times the stated amount of a month. */
export function annualised(context: CheckContext): Draft[] {
  return context.clauses(price).flatMap((clause): Draft[] => {
    const { monthly, annual } = clause.terms
    if (!monthly || !annual) return []
    const [month, year] = [exact(monthly), exact(annual)]
    if (!comparable([month, year])) return []
    const twelve = times(month, 12)
    const tolerance = roundingOf([textOf(clause, 'annual')]).plus(roundingOf([textOf(clause, 'monthly')]).times(12))
    const { discount } = clause.terms
    if (isClose(twelve, year, tolerance)) return []
    // A lower price for paying the year at once is no mistake when the row says by how much.
    if (discount !== undefined && isClose(lessPercent(twelve, discount), year, tolerance)) return []
    const difference = distance(twelve, year)
    return [
      {
        at: clause.places.annual ?? clause.span,
        clause: clause.id,
        params: { title: clause.title, annual: year, monthly: month, twelve, difference },
        related: [{ span: clause.places.monthly ?? clause.span, label: 'month' }],
        money: difference,
      },
    ]
  })
}
