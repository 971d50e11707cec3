import { z } from 'zod'
import { type IsoDate, isIsoDate, type Problem, type Span, YamlSource } from '../language/index.ts'
import type { AddedClause, Amendment, AmendmentChange } from './amendment.ts'
import type { Agreement, Clause, KnownKind } from './clause.ts'
import { slug } from './words.ts'

const isoDate = z.string().refine(isIsoDate, 'a date such as 2025-01-31')
const sides = ['partner', 'provider', 'both', 'none'] as const

const changeForm = z
  .strictObject({
    clause: z.string().optional(),
    term: z.string().optional(),
    was: z.unknown().optional(),
    becomes: z.unknown().optional(),
    ends: z.literal(true).optional(),
    adds: z
      .strictObject({
        kind: z.string(),
        title: z.string(),
        force: z.enum(['obligation', 'target', 'estimate', 'statement']),
        obligor: z.enum(sides),
        beneficiary: z.enum(sides),
        terms: z.record(z.string(), z.unknown()),
      })
      .optional(),
  })
  .refine(
    (change) => (change.adds ? !change.clause : change.clause !== undefined),
    'names a clause to change, or what it adds',
  )
  .refine(
    (change) => change.adds || change.ends || (change.term !== undefined && change.becomes !== undefined),
    'a change needs `term` and `becomes`, or `ends: true`',
  )

/** An amendment as it is written in YAML, dated twice: when it takes effect and when it was recorded. */
export const amendmentForm = z.strictObject({
  amendment: z.literal(1).describe('version of this form'),
  id: z.string().min(1),
  title: z.string().optional(),
  effective: isoDate,
  recorded: isoDate,
  signed: z.strictObject({ on: isoDate, by: z.array(z.string().min(1)).min(1) }).optional(),
  changes: z.array(changeForm).min(1),
})

/** Reads one amendment file; every fault is a problem with its place. */
export function readAmendment(text: string, file: string): { amendment?: Amendment; problems: Problem[] } {
  const source = new YamlSource(text, file)
  const form = source.problems.length > 0 ? undefined : source.check(amendmentForm)
  if (!form) return { problems: source.problems }
  const changes = form.changes.map((change, at): AmendmentChange => {
    const { clause = change.adds ? `${change.adds.kind}/${slug(change.adds.title)}` : '', term, was, becomes } = change
    return {
      clause,
      span: source.spanAt(['changes', at]),
      outcome: 'pending',
      ...(term === undefined ? {} : { term }),
      ...(was === undefined ? {} : { was }),
      ...(becomes === undefined ? {} : { becomes }),
      ...(change.ends ? { ends: true as const } : {}),
      ...(change.adds ? { adds: change.adds } : {}),
    }
  })
  const { id, title, effective, recorded, signed } = form
  const amendment: Amendment = {
    id,
    file,
    effective,
    recorded,
    span: source.spanAt(['id']),
    changes,
    ...(title ? { title } : {}),
    ...(signed ? { signed } : {}),
  }
  return { amendment, problems: source.problems }
}

/**
 * The consolidated agreement: amendments recorded by `knownAt` and effective by `asOf`, in the order in which they take effect.
 * Each change leaves its mark in `amendedBy` and points at the amending words. Amendments not yet effective are listed as pending.
 */
export function consolidate(
  agreement: Agreement,
  amendments: readonly Amendment[],
  asOf: IsoDate,
  knownAt: IsoDate,
  kinds: readonly KnownKind[],
): Agreement {
  const known = amendments.filter((each) => each.recorded <= knownAt)
  const ordered = [...known].sort(
    (a, b) => compareText(a.effective, b.effective) || compareText(a.recorded, b.recorded) || compareText(a.id, b.id),
  )
  const clauses = new Map(agreement.clauses.map((clause) => [clause.id, clause]))
  const touched = new Map<string, string>()
  const done = ordered.map((amendment): Amendment => {
    // What nobody signed binds nobody: it is listed, and a check says so, but it changes nothing.
    const inForce = amendment.effective <= asOf && amendment.signed !== undefined
    const changes = amendment.changes.map((change) => {
      const key = `${change.clause}\u0000${change.term ?? ''}\u0000${amendment.effective}`
      const overlaps = touched.get(key)
      touched.set(key, amendment.id)
      const result = apply(clauses, amendment, change, kinds, inForce)
      return overlaps === undefined ? result : { ...result, overlaps }
    })
    return { ...amendment, changes }
  })
  return { ...agreement, clauses: [...clauses.values()], amendments: done }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function apply(
  clauses: Map<string, Clause>,
  amendment: Amendment,
  change: AmendmentChange,
  kinds: readonly KnownKind[],
  inForce: boolean,
): AmendmentChange {
  const outcome = inForce ? 'applied' : 'pending'
  if (change.adds) {
    const id = clauses.has(change.clause) ? `${change.clause}-${amendment.id}` : change.clause
    if (!fitsKind(kinds, change.adds.kind, change.adds.terms)) return { ...change, clause: id, outcome: 'invalid' }
    if (inForce) clauses.set(id, addedClause(id, change.adds, amendment, change.span))
    return { ...change, clause: id, outcome }
  }
  const clause = clauses.get(change.clause)
  if (!clause) return { ...change, outcome: 'unknown-clause' }
  const term = change.term ?? ''
  const current = (clause.terms as Record<string, unknown>)[term]
  if (change.was !== undefined && !sameValue(change.was, current)) {
    return { ...change, outcome: 'stale-original', found: current }
  }
  const terms = { ...(clause.terms as object), [term]: change.becomes }
  if (!change.ends && !fitsKind(kinds, clause.kind, terms)) return { ...change, outcome: 'invalid' }
  if (!inForce) return { ...change, outcome }
  if (change.ends) clauses.delete(change.clause)
  else clauses.set(change.clause, amended(clause, amendment, change, terms))
  return { ...change, outcome }
}

function fitsKind(kinds: readonly KnownKind[], id: string, terms: unknown): boolean {
  const kind = kinds.find((known) => known.kind.id === id)?.kind
  return kind !== undefined && (kind.terms as z.ZodType<unknown>).safeParse(terms).success
}

// The amending words take the place of the amended ones, so that a trace quotes what is in force.
function amended(clause: Clause, amendment: Amendment, change: AmendmentChange, terms: unknown): Clause {
  const term = change.term ?? ''
  const cells = clause.cells.map((cell) =>
    cell.role === term ? { ...cell, text: wordsOf(change.becomes), span: change.span } : cell,
  )
  const places = { ...clause.places, [term]: change.span }
  return { ...clause, terms, cells, places, amendedBy: [...(clause.amendedBy ?? []), amendment.id] }
}

function wordsOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value)
  const { amount, currency, sign, unit, date } = value as Record<string, unknown>
  if (amount !== undefined && currency !== undefined) return `${sign ?? currency} ${amount}`
  if (amount !== undefined) return `${amount} ${unit ?? ''}`.trim()
  return date === undefined ? JSON.stringify(value) : String(date)
}

function addedClause(id: string, adds: AddedClause, amendment: Amendment, span: Span): Clause {
  const { kind, title, force, obligor, beneficiary, terms } = adds
  const cells = [{ text: title, span, column: '' }]
  const section = [amendment.title ?? amendment.id]
  const places = { label: span }
  return {
    id,
    kind,
    title,
    section,
    force,
    obligor,
    beneficiary,
    terms,
    cells,
    span,
    places,
    amendedBy: [amendment.id],
  }
}

/** Equal as values: the sign of a currency and the order of keys do not matter. */
export function sameValue(a: unknown, b: unknown): boolean {
  return normal(a) === normal(b)
}

function normal(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined'
  if (Array.isArray(value)) return `[${value.map(normal).join()}]`
  const entries = Object.entries(value).filter(([key, inner]) => key !== 'sign' && inner !== undefined)
  return `{${entries
    .sort(([x], [y]) => compareText(x, y))
    .map(([key, inner]) => `${key}:${normal(inner)}`)
    .join()}}`
}
