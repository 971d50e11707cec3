import type { Clause } from '../agreement/index.ts'
import { plain } from '../agreement/index.ts'
import { type PriceTerms, price } from '../clauses/price/index.ts'
import { type Amount, add, exact, type Span, type StatedAmount, times, zeroLike } from '../language/index.ts'
import type { CheckContext } from './room.ts'

/** An amount with the period it is stated for. */
export type PeriodicAmount = StatedAmount & { per?: 'year' | 'quarter' | 'month' }

const TIMES_A_YEAR = { year: 1, quarter: 4, month: 12 } as const

/** What an amount comes to in a year; without a stated period it is taken for `otherwise`. */
export function yearly(amount: PeriodicAmount, otherwise: 'year' | 'quarter' | 'month' = 'year'): Amount {
  return times(exact(amount), TIMES_A_YEAR[amount.per ?? otherwise])
}

/** Whether amounts may be added and compared: one currency and, where the text states none, one sign. */
export function comparable(amounts: readonly { currency: string; sign?: string | undefined }[]): boolean {
  if (new Set(amounts.map((each) => each.currency)).size > 1) return false
  if (amounts[0]?.currency !== 'XXX') return true
  return new Set(amounts.flatMap((each) => each.sign ?? [])).size <= 1
}

/** One priced service with what the text says it costs in a year. */
export interface PricedService {
  clause: Clause<PriceTerms>
  /** Where the amount is written. */
  span: Span
  yearly: Amount
}

/** What the priced services cost in a year by the text's own estimates or prices. */
export interface RunRate {
  services: PricedService[]
  total: Amount
  /** False when a service's cost is open, so that the total is only a floor. */
  complete: boolean
}

const INCLUDED =
  /\b(?:included|no (?:extra |additional )?(?:charge|cost)|free of charge|free|at no cost|incluid[oa]s?|sin (?:cargo|costo|coste)|gratuit[oa]s?|gratis)\b/

/** Whether a row says that its service costs nothing of its own. */
export function saysIncluded(clause: Clause): boolean {
  return clause.cells.some((cell) => INCLUDED.test(plain(cell.text)))
}

/** Price rows that stand for a service: no total rows, and no sentence that says again what a row says. */
export function pricedRows(context: CheckContext): Clause<PriceTerms>[] {
  const priced = context.clauses(price).filter((clause) => !clause.terms.total)
  const inTables = new Set(priced.filter(isInTable).map((clause) => plain(clause.terms.service)))
  return priced.filter((clause) => isInTable(clause) || !inTables.has(plain(clause.terms.service)))
}

function isInTable(clause: Clause): boolean {
  return clause.cells.some((cell) => cell.column !== '')
}

/** Sum of the yearly cost of all priced services; undefined without amounts or in several currencies. */
export function runRate(context: CheckContext): RunRate | undefined {
  const services: PricedService[] = []
  let complete = true
  for (const clause of pricedRows(context)) {
    const { monthly, annual } = clause.terms
    const stated = monthly ? 'monthly' : 'annual'
    const amount = monthly ? yearly(monthly, 'month') : annual && yearly(annual)
    if (amount) services.push({ clause, span: clause.places[stated] ?? clause.span, yearly: amount })
    else if (!saysIncluded(clause)) complete = false
  }
  const [first] = services
  if (!first || !comparable(services.map((each) => each.yearly))) return undefined
  const total = services.reduce((sum, each) => add(sum, each.yearly), zeroLike(first.yearly))
  return { services, total, complete }
}
