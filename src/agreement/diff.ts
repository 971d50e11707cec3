import type { Decimal } from 'decimal.js'
import { decimal } from '../language/index.ts'
import type { AmendmentChange } from './amendment.ts'
import { sameValue } from './amendments.ts'
import type { Agreement, Clause } from './clause.ts'

/** Whom a change favours. */
export type Favoured = 'payer' | 'provider' | 'neutral'

/** How a rise of each term of a kind moves the balance, to a side or to whoever a clause obliges or serves; `neutral` terms move nothing. */
export type Balance = Record<
  string,
  Record<string, { up: 'partner' | 'provider' | 'obligor' | 'beneficiary' } | { change: 'neutral' }>
>

/** One change between two versions of an agreement. */
export interface Change {
  clause: string
  kind: string
  title: string
  change: 'added' | 'removed' | 'changed'
  term?: string
  from?: unknown
  to?: unknown
  favours: Favoured
  /** Places in the old and the new text. */
  before?: Clause['span']
  after?: Clause['span']
}

/** Changes by clause, in the order of the new text; removed clauses come where they stood. */
export function diffAgreements(before: Agreement, after: Agreement, balance: Balance): Change[] {
  const old = new Map(before.clauses.map((clause) => [clause.id, clause]))
  const changes: Change[] = []
  for (const clause of after.clauses) {
    const was = old.get(clause.id)
    old.delete(clause.id)
    if (!was) changes.push(whole(clause, 'added'))
    else changes.push(...termChanges(was, clause, balance[clause.kind] ?? {}))
  }
  for (const clause of old.values()) changes.push(whole(clause, 'removed'))
  return changes
}

/** Whom one change of an amendment favours; `clause` is the one it changes, as it stood before. */
export function favouredByAmendment(change: AmendmentChange, clause: Clause | undefined, balance: Balance): Favoured {
  if (change.adds) return favouredByWhole(change.adds, 'added')
  if (!clause) return 'neutral'
  if (change.ends) return favouredByWhole(clause, 'removed')
  const term = change.term ?? ''
  const before = change.found ?? change.was ?? (clause.terms as Record<string, unknown>)[term]
  return favoured(before, change.becomes, balance[clause.kind]?.[term], clause)
}

// A new promise favours the side that it is made to; losing one favours the other. Facts and estimates move nothing.
function favouredByWhole(
  { force, beneficiary }: Pick<Clause, 'force' | 'beneficiary'>,
  change: 'added' | 'removed',
): Favoured {
  const gains = force === 'obligation' || force === 'target' ? beneficiary : 'none'
  if (gains === 'both' || gains === 'none') return 'neutral'
  return (gains === 'partner') === (change === 'added') ? 'payer' : 'provider'
}

function whole(clause: Clause, change: 'added' | 'removed'): Change {
  const { id, kind, title, span } = clause
  const favours = favouredByWhole(clause, change)
  return {
    clause: id,
    kind,
    title,
    change,
    favours,
    ...(change === 'added' ? { to: clause.terms, after: span } : { from: clause.terms, before: span }),
  }
}

function termChanges(was: Clause, now: Clause, balance: Balance[string]): Change[] {
  const [from, to] = [was.terms as Record<string, unknown>, now.terms as Record<string, unknown>]
  const changed = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (term) => !sameValue(from[term], to[term]),
  )
  // The words of a value change with it; they are a change of their own only when nothing else is.
  const values = changed.filter((term) => !/^(?:text|label|statement)$|Text$/.test(term))
  const terms = values.length > 0 ? values : changed
  return terms.map((term) => ({
    clause: now.id,
    kind: now.kind,
    title: now.title,
    change: 'changed',
    term,
    from: from[term],
    to: to[term],
    favours: favoured(from[term], to[term], balance[term], now),
    before: was.places[term] ?? was.span,
    after: now.places[term] ?? now.span,
  }))
}

function favoured(from: unknown, to: unknown, rule: Balance[string][string] | undefined, clause: Clause): Favoured {
  if (!rule || 'change' in rule) return 'neutral'
  const [a, b] = [sizeOf(from), sizeOf(to)]
  if (a === undefined || b === undefined || a.eq(b)) return 'neutral'
  const gainer = rule.up === 'obligor' || rule.up === 'beneficiary' ? clause[rule.up] : rule.up
  if (gainer === 'both' || gainer === 'none') return 'neutral'
  return (gainer === 'partner') === b.gt(a) ? 'payer' : 'provider'
}

const DAYS: Record<string, number> = {
  year: 365,
  quarter: 91,
  month: 30,
  week: 7,
  day: 1,
  'business-day': 1.4,
  hour: 1 / 24,
  minute: 1 / 1440,
  second: 1 / 86_400,
}

// A size only for telling "more" from "less": amounts, percentages, durations, measures, counts and dates.
function sizeOf(value: unknown): Decimal | undefined {
  if (typeof value === 'number') return decimal(value)
  if (typeof value === 'string') return /^-?\d+(\.\d+)?$/.test(value) ? decimal(value) : undefined
  if (value === null || typeof value !== 'object') return undefined
  const { amount, unit, value: inner, date, times, per, comparison } = value as Record<string, unknown>
  if (typeof date === 'string') return decimal(date.replaceAll('-', ''))
  const days = decimal(typeof unit === 'string' ? (DAYS[unit] ?? 1) : 1)
  if (typeof amount === 'string') return decimal(amount).times(days)
  if (typeof times === 'string') return decimal(times).div(DAYS[String(per)] ?? 1)
  if (typeof inner !== 'string') return undefined
  const size = decimal(inner).times(days)
  // A ceiling is the stricter the lower it is.
  return comparison === 'at-most' || comparison === 'less-than' ? size.neg() : size
}
