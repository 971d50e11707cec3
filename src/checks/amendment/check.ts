import type { Agreement, Amendment, AmendmentChange } from '../../agreement/index.ts'
import { exact, type Param } from '../../language/index.ts'
import type { Check, Draft } from '../room.ts'

/** AMD-1: an amendment without the date of signature or without anybody who signed it. */
export const unsigned: Check = ({ agreement }) =>
  amendmentsOf(agreement).flatMap((amendment): Draft[] => {
    const { signed } = amendment
    if (signed?.on && signed.by.some((each) => each.trim() !== '')) return []
    return [{ at: amendment.span, params: { id: amendment.id }, operands: [amendment.id] }]
  })

/** AMD-2: a change of a clause that the text does not have, or no longer has. */
export const unknownClause: Check = ({ agreement }) =>
  changesOf(agreement, 'unknown-clause').map(({ amendment, change }) => draftOf(amendment, change))

/** AMD-3: two amendments that change one term with effect from the same day. */
export const overlapping: Check = ({ agreement }) => {
  const earlier = new Map<string, AmendmentChange>()
  return amendmentsOf(agreement).flatMap((amendment) =>
    amendment.changes.flatMap((change): Draft[] => {
      const other = change.overlaps === undefined ? undefined : earlier.get(placeKey(change.overlaps, change))
      earlier.set(placeKey(amendment.id, change), change)
      if (change.overlaps === undefined) return []
      const draft = draftOf(amendment, change, { other: change.overlaps, effective: { date: amendment.effective } })
      if (other) draft.related = [{ span: other.span, label: 'other', params: { other: change.overlaps } }]
      return [draft]
    }),
  )
}

/** AMD-4: an amendment that takes effect earlier than it was recorded. */
export const backDated: Check = ({ agreement }) =>
  amendmentsOf(agreement).flatMap((amendment): Draft[] => {
    const { id, effective, recorded } = amendment
    if (effective >= recorded) return []
    const params = { id, effective: { date: effective }, recorded: { date: recorded } }
    return [{ at: amendment.span, params, operands: [id] }]
  })

/** AMD-5: an amendment that quotes an old value which is not what the text says. */
export const staleOriginal: Check = ({ agreement }) => {
  const clauses = new Map(agreement.clauses.map((clause) => [clause.id, clause]))
  return changesOf(agreement, 'stale-original').map(({ amendment, change }) => {
    const [was, found] = [shown(change.was), shown(change.found)]
    const draft = draftOf(amendment, change, { was, found })
    const clause = clauses.get(change.clause)
    const span = clause && (clause.places[change.term ?? ''] ?? clause.span)
    if (span) draft.related = [{ span, label: 'text', params: { found } }]
    return draft
  })
}

/** AMD-6: an amendment that gives a term a value which clauses of its kind cannot have. */
export const invalidValue: Check = ({ agreement }) =>
  changesOf(agreement, 'invalid').map(({ amendment, change }) =>
    draftOf(amendment, change, { becomes: shown(change.becomes) }),
  )

function amendmentsOf(agreement: Agreement): readonly Amendment[] {
  return agreement.amendments ?? []
}

function changesOf(
  agreement: Agreement,
  outcome: AmendmentChange['outcome'],
): { amendment: Amendment; change: AmendmentChange }[] {
  return amendmentsOf(agreement).flatMap((amendment) =>
    amendment.changes.filter((change) => change.outcome === outcome).map((change) => ({ amendment, change })),
  )
}

function draftOf(amendment: Amendment, change: AmendmentChange, params: Record<string, Param> = {}): Draft {
  const term = change.term ?? '—'
  return {
    at: change.span,
    clause: change.clause,
    params: { id: amendment.id, clause: change.clause, term, ...params },
    operands: [amendment.id, term],
  }
}

function placeKey(amendment: string, change: AmendmentChange): string {
  return `${amendment}\u0000${change.clause}\u0000${change.term ?? ''}`
}

/** A term's value for people: money and dates in words, anything else as it would stand in YAML. */
function shown(value: unknown): Param {
  if (value === undefined || value === null) return '—'
  if (typeof value !== 'object') return String(value)
  const { amount, currency, date } = value as { amount?: unknown; currency?: unknown; date?: unknown }
  if (typeof amount === 'string' && typeof currency === 'string' && /^-?\d+(\.\d+)?$/.test(amount))
    return exact({ amount, currency })
  return typeof date === 'string' ? date : JSON.stringify(value)
}
