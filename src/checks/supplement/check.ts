import type { Rule } from '../../agreement/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'
import { Rows } from './check-rows.ts'
import { againstRules } from './check-rules.ts'

/** SUP-1: an entry says something else than the text, in a rule of the text or in the clause's own cells; one finding for each entry. */
export const contradictsText: Check = (context) => {
  const entries = context.supplement?.rules ?? []
  if (entries.length === 0) return []
  const rows = new Rows(context)
  return entries.flatMap((entry): Draft[] => {
    const found = [...againstRules(entry, context), ...rows.against(entry)]
    const [first] = found
    if (!first) return []
    const params = { topic: entry.topic, clause: reachOf(entry), says: valueText(entry), words: first.words }
    const draft = draftOf(entry, params)
    const clause = first.clause ?? entry.clause
    return [{ ...draft, ...(clause ? { clause } : {}), related: found.map(({ span }) => ({ span, label: 'text' })) }]
  })
}

/** SUP-2: an entry for a clause, or a kind of clause, that the text does not have. */
export const unknownClause: Check = (context) => {
  const entries = context.supplement?.rules ?? []
  if (entries.length === 0) return []
  const known = new Set(context.agreement.clauses.flatMap(({ id, kind }) => [id, kind]))
  return entries.flatMap((entry): Draft[] => {
    if (entry.clause === undefined || known.has(entry.clause)) return []
    const params = { topic: entry.topic, clause: entry.clause, nearest: nearest(entry.clause, context) }
    return [draftOf(entry, params)]
  })
}

/** SUP-3: an entry that does not say who agreed it, and when. */
export const uncited: Check = ({ supplement }) =>
  (supplement?.rules ?? []).flatMap((entry): Draft[] => {
    if (entry.agreed?.on && entry.agreed.by.trim() !== '') return []
    return [draftOf(entry, { topic: entry.topic, clause: reachOf(entry) })]
  })

function draftOf(entry: Rule, params: NonNullable<Draft['params']>): Draft {
  const draft: Draft = { at: entry.span, params, operands: [entry.topic, entry.clause ?? ''] }
  if (entry.clause !== undefined) draft.clause = entry.clause
  return draft
}

function reachOf(entry: Rule): string {
  return entry.clause ?? '*'
}

// As it stands in the YAML, which reads the same in both languages.
function valueText(entry: Rule): string {
  return Object.entries(entry.value ?? {})
    .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
}

/** The clause of the same kind that shares most words with an id that does not exist; a dash when there is none. */
function nearest(id: string, context: CheckContext): string {
  const [kind, slug = ''] = id.split('/')
  const words = new Set(slug.split('-'))
  let best = { id: '—', shared: -1 }
  for (const clause of context.agreement.clauses) {
    if (clause.kind !== kind) continue
    const shared = (clause.id.split('/')[1] ?? '').split('-').filter((word) => words.has(word)).length
    if (shared > best.shared) best = { id: clause.id, shared }
  }
  return best.id
}
