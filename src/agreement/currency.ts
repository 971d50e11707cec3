import type { Agreement, Clause } from './clause.ts'
import { statedCurrency } from './rules.ts'
import { isCurrency } from './values.ts'

/** Applies the currency that the text itself states for all amounts, so that a bare sign is no longer open. */
export function resolveCurrency(agreement: Agreement): Agreement {
  const currency = statedCurrency(agreement)
  return currency ? withCurrency(agreement, currency) : agreement
}

/** The agreement with every amount of unstated currency in the given one. */
export function withCurrency(agreement: Agreement, currency: string): Agreement {
  if (!isCurrency(currency)) return agreement
  return {
    ...agreement,
    clauses: agreement.clauses.map((clause) => ({ ...clause, terms: replaced(clause.terms, currency) }) as Clause),
  }
}

function replaced(value: unknown, currency: string): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, currency))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, replaced(inner, currency)])
  const result = Object.fromEntries(entries) as Record<string, unknown>
  // Amounts, money among metrics and ends of bands alike.
  if (result.currency === 'XXX') result.currency = currency
  return result
}
