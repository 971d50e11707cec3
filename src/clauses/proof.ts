import { type Clause, plain } from '../agreement/index.ts'
import { type EvidenceFact, weakestGrade } from '../evidence/index.ts'
import { addDuration, message, type TraceNode } from '../language/index.ts'
import { evidenced, judgement, missing, quoted, undetermined } from './judging.ts'
import type { JudgeContext, Judgement } from './room.ts'

/** A document or a person that speaks of one clause, and whether it shows the clause kept. */
export interface Proof {
  fact: EvidenceFact
  /** `partial`: begun and not done; `unclear`: words that are not understood. */
  shows: 'met' | 'breached' | 'partial' | 'unclear'
}

const KEPT =
  /^(?:met|kept|yes|true|done|complete|completed|compliant|fulfilled|delivered|satisfied|ok|signed|approved|in place|cumplid[oa]|cumple|si|hecho|complet[oa]|completad[oa]|entregad[oa]|conforme|realizad[oa]|firmad[oa]|aprobad[oa]|vigente)$/
const BROKEN =
  /^(?:breached|not met|not kept|no|false|failed|missed|non-compliant|not compliant|not done|incumplid[oa]|no cumple|no cumplid[oa]|no realizad[oa]|no conforme)$/

const PARTIAL =
  /^(?:partial|partially|partly|pending|in progress|in process|ongoing|open|parcial|parcialmente|pendiente|en curso|en proceso|en tramite|incomplet)/

/**
 * The newest `documents` or `declarations` fact `{clause, status}` about a clause.
 * A document without a status shows the clause kept; a declaration must say which. Words that are not understood
 * are not passed over: an older word does not stand against a newer one.
 */
export function proofFor(clause: Clause, context: JudgeContext): Proof | undefined {
  const declared = context.evidence('declarations').map((fact) => proofIn(fact, clause))
  const documents = context.evidence('documents').map((fact) => proofIn(fact, clause, 'met'))
  // Of the same day the document speaks louder than the person.
  return [...declared, ...documents]
    .filter((each) => each !== undefined)
    .sort((a, b) => (a.fact.to < b.fact.to ? -1 : a.fact.to > b.fact.to ? 1 : 0))
    .at(-1)
}

function proofIn(fact: EvidenceFact, clause: Clause, silent?: 'met'): Proof | undefined {
  if (fact.values.clause !== clause.id) return undefined
  const said = fact.values.status ?? fact.values.value
  const word = said === undefined ? undefined : plain(String(said))
  const shows = word === undefined ? silent : shownBy(word)
  // A number is a value for the clause's own room to judge, not a word about it.
  if (shows === 'unclear' && fact.values.status === undefined && /\d/.test(word ?? '')) return undefined
  return shows && { fact, shows }
}

function shownBy(word: string): Proof['shows'] {
  if (KEPT.test(word)) return 'met'
  if (BROKEN.test(word)) return 'breached'
  return PARTIAL.test(word) ? 'partial' : 'unclear'
}

/** A proof as a trace leaf. */
export function proved({ fact }: Proof): TraceNode {
  const field = ['status', 'value', 'document', 'title'].find((each) => each in fact.values) ?? 'clause'
  return evidenced(fact, field)
}

/** What a person says is never better than declared. */
export function gradeOf({ fact }: Proof): Judgement['grade'] {
  return fact.dataset === 'declarations' ? 'declared' : (weakestGrade([fact.grade]) ?? null)
}

/** The verdict that a proof gives; `lasting` when what it shows stays true, else it is stale a year later. */
export function judgeByProof(
  clause: Clause,
  proof: Proof,
  context: JudgeContext,
  more: Partial<Judgement> & { lasting?: boolean } = {},
): Judgement {
  const { lasting, ...given } = more
  const { fact, shows } = proof
  const params = { dataset: fact.dataset, date: { date: fact.to } }
  const children = [quoted(clause), proved(proof)]
  if (shows === 'partial' || shows === 'unclear') {
    const words = String(fact.values.status ?? fact.values.value)
    return undetermined(message(`clause.proof-${shows}`, { ...params, words }), context, children, given)
  }
  const end = context.term && context.term.end < context.asOf ? context.term.end : context.asOf
  if (!lasting && addDuration(fact.to, { amount: '1', unit: 'year' }) < end)
    return undetermined(message('clause.proof-stale', params), context, children, given)
  return judgement(
    { ...given, verdict: shows, reason: message(`clause.proof-${shows}`, params), grade: gradeOf(proof) },
    context,
    children,
  )
}

/** For an obligation that only documents or people can prove: not due before the term, then by its proof, else undetermined. */
export function judgeByProofAlone(clause: Clause, context: JudgeContext): Judgement {
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const proof = proofFor(clause, context)
  if (proof) return judgeByProof(clause, proof, context)
  const children = [quoted(clause), missing('documents')]
  return undetermined(message('clause.no-evidence', { dataset: 'documents' }), context, children)
}

/** `not-due` before the term begins; undefined afterwards. */
export function notBegun(clause: Clause, context: JudgeContext): Judgement | undefined {
  const start = context.term?.start
  if (start === undefined || context.asOf >= start) return undefined
  const reason = message('clause.not-begun', { start: { date: start } })
  return judgement({ verdict: 'not-due', reason, nextDate: start }, context, [quoted(clause)])
}
