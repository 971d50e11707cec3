import type { Waiver } from '../../agreement/index.ts'
import type { Param } from '../../language/index.ts'
import type { Check, CheckAfter, Draft } from '../room.ts'

const INCOMPLETE = 'waiver/incomplete'

/** WVR-1: a waiver without a reason, an approver, an expiry, or anything that it excuses; one finding names all that is missing. */
export const incomplete: Check = ({ supplement }) =>
  (supplement?.waivers ?? []).flatMap((waiver): Draft[] => {
    const missing = [
      ...(isBlank(waiver.finding) && isBlank(waiver.clause) ? ['subject'] : []),
      ...(isBlank(waiver.reason) ? ['reason'] : []),
      ...(isBlank(waiver.approvedBy) ? ['approver'] : []),
      ...(isBlank(waiver.until) ? ['until'] : []),
    ]
    if (missing.length === 0) return []
    const words = missing.map((each): Param => ({ word: `${INCOMPLETE}.label.${each}` }))
    return [draftOf(waiver, { missing: words })]
  })

/** WVR-2: a waiver whose last day is past at the as-of date. On its last day it still holds. */
export const expired: Check = ({ supplement, asOf }) =>
  (supplement?.waivers ?? []).flatMap((waiver): Draft[] => {
    if (waiver.until === undefined || isBlank(waiver.until) || waiver.until >= asOf) return []
    return [draftOf(waiver, { until: { date: waiver.until }, asOf: { date: asOf } })]
  })

/**
 * WVR-3: a waiver of a finding that is not there, or of a clause that is not there.
 * Nothing is said of a code whose checks have not run.
 */
export const unused: CheckAfter = ({ agreement, supplement }, { findings, sought }) => {
  const waivers = supplement?.waivers ?? []
  if (waivers.length === 0) return []
  const clauses = new Set(agreement.clauses.flatMap((clause) => [clause.id, clause.kind]))
  const found = new Set(findings.flatMap(({ code, clause }) => [code, subjectOf(code, clause ?? '')]))
  return waivers.flatMap((waiver): Draft[] => {
    const { finding, clause } = waiver
    if (finding === undefined && clause === undefined) return []
    if (finding === undefined) return clauses.has(clause ?? '') ? [] : [draftOf(waiver, {})]
    if (!sought(finding)) return []
    return found.has(clause === undefined ? finding : subjectOf(finding, clause)) ? [] : [draftOf(waiver, {})]
  })
}

function draftOf(waiver: Waiver, params: Record<string, Param>): Draft {
  const subject = [waiver.finding, waiver.clause].filter((each) => !isBlank(each)).join(' · ') || '—'
  const draft: Draft = {
    at: waiver.span,
    params: { subject, ...params },
    operands: [waiver.finding ?? '', waiver.clause ?? '', waiver.until ?? ''],
  }
  if (waiver.clause !== undefined) draft.clause = waiver.clause
  return draft
}

function subjectOf(code: string, clause: string): string {
  return `${code}\u0000${clause}`
}

function isBlank(text: string | null | undefined): boolean {
  return (text ?? '').trim() === ''
}
