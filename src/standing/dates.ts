import type { Agreement, Clause } from '../agreement/index.ts'
import type { DocumentControlTerms } from '../clauses/document-control/index.ts'
import type { Declarations } from '../clauses/room.ts'
import type { TermTerms } from '../clauses/term/index.ts'
import { addDays, addDuration, type Period } from '../language/index.ts'

/** From the effective date to the day after the end; undefined when the text does not give both ends. */
export function termOf(agreement: Agreement): Period | undefined {
  const terms = agreement.clauses.filter((clause) => clause.kind === 'term').map((clause) => clause.terms as TermTerms)
  const start = terms.find((each) => each.field === 'effective-date')?.date
  if (!start) return undefined
  const duration = terms.find((each) => each.field === 'duration')?.duration
  const stated = terms.find((each) => each.field === 'end-date')?.date
  if (duration) return { start: start.date, end: addDuration(start.date, duration) }
  return stated?.precision === 'day' ? { start: start.date, end: addDays(stated.date, 1) } : undefined
}

/**
 * Since when the document's own declarations are known: the last day of its last review (January 2025: the 31st),
 * and from when they are stale: the first day after the next review's month, or a year later when none is named.
 */
export function declarationsOf(agreement: Agreement): Declarations {
  const control = agreement.clauses.filter(
    (clause): clause is Clause<DocumentControlTerms> => clause.kind === 'document-control',
  )
  const last = control.find((clause) => clause.terms.field === 'last-review')?.terms.date
  if (!last) return {}
  const next = control.find((clause) => clause.terms.field === 'next-review')?.terms.date
  const knownFrom = lastDayOf(last)
  return {
    knownFrom,
    staleFrom: next ? addDays(lastDayOf(next), 1) : addDuration(knownFrom, { amount: '1', unit: 'year' }),
  }
}

function lastDayOf(stated: { date: string; precision: 'day' | 'month' | 'year' }): string {
  if (stated.precision === 'day') return stated.date
  return addDays(addDuration(stated.date, { amount: '1', unit: stated.precision }), -1)
}
