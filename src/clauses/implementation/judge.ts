import { type Clause, plain, slug } from '../../agreement/index.ts'
import { type EvidenceFact, weakestGrade } from '../../evidence/index.ts'
import { message, trace } from '../../language/index.ts'
import { lastDayOf } from '../dated-target.ts'
import {
  declarationTrace,
  declaredState,
  evidenced,
  judgement,
  missing,
  quoted,
  statement,
  undetermined,
} from '../judging.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ImplementationTerms } from './terms.ts'

const LIVE =
  /^(?:live|active|in service|in use|deployed|complete|completed|true|yes|en servicio|en uso|activ[oa]|completad[oa])$/
const COUNTS_DEPLOYMENTS = /\b(?:instances?|deployments?|instancias?|despliegues?|implementaciones)\b/

/** IMP-4 to IMP-7: by what is known to be live, else by what the document declares. */
export function judge(clause: Clause<ImplementationTerms>, context: JudgeContext): Judgement {
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const measured = byDeployments(clause, context)
  if (measured && measured.verdict !== 'undetermined') return measured
  const proof = proofFor(clause, context)
  // What is once in place was in place.
  if (proof) return judgeByProof(clause, proof, context, { lasting: clause.terms.due !== undefined })
  return measured ?? (clause.terms.due ? byDate(clause, clause.terms.due, context) : byDeclaration(clause, context))
}

/** IMP-5: the newest state of each deployment; fewer live ones than declared prove something only when the list is complete. */
function byDeployments(clause: Clause<ImplementationTerms>, context: JudgeContext): Judgement | undefined {
  const { count, subject } = clause.terms
  const facts = context.evidence('deployments').filter((fact) => isOf(fact, clause))
  if (facts.length === 0) return undefined
  const latest = new Map<string, EvidenceFact>()
  for (const fact of facts) latest.set(String(fact.values.deployment ?? fact.values.customer ?? fact.row ?? ''), fact)
  const newest = [...latest.values()]
  const live = newest.filter((fact) => LIVE.test(plain(String(fact.values.status ?? ''))))
  const promised = count ?? '1'
  const params = { live: live.length, count: { decimal: promised }, subject }
  const total = trace('formula', message('implementation.trace.live'), {
    value: live.length,
    children: live.map((fact) => evidenced(fact, 'status')),
  })
  const children = [quoted(clause), total]
  const measure = { value: String(live.length), target: promised, unit: clause.terms.unit ?? 'count' }
  const grade = weakestGrade(newest.map((fact) => fact.grade)) ?? null
  if (live.length >= Number(promised))
    return judgement(
      { verdict: 'met', reason: message('implementation.live', params), measure, grade },
      context,
      children,
    )
  if (facts.some((fact) => String(fact.values.complete) === 'true'))
    return judgement(
      { verdict: 'breached', reason: message('implementation.fewer', params), measure, grade },
      context,
      children,
    )
  const reason = message('implementation.list-incomplete', params)
  return undetermined(reason, context, [...children, missing('deployments')], { measure })
}

function isOf(fact: EvidenceFact, clause: Clause<ImplementationTerms>): boolean {
  const { subject, unit } = clause.terms
  const said = fact.values.subject
  if (said !== undefined) return said === clause.id || slug(String(said)) === slug(subject)
  return clause.terms.count !== undefined && COUNTS_DEPLOYMENTS.test(plain(`${subject} ${unit ?? ''}`))
}

/** IMP-8: a milestone is awaited until its date; afterwards what the document declares decides, if it is known after the date. */
function byDate(
  clause: Clause<ImplementationTerms>,
  stated: NonNullable<ImplementationTerms['due']>,
  context: JudgeContext,
): Judgement {
  const { status, state } = clause.terms
  const due = lastDayOf(stated)
  const { knownFrom } = context.declarations
  const fresh = declaredState(context) === 'fresh' && knownFrom !== undefined
  const children = [quoted(clause), declarationTrace(context)]
  if (status === 'complete' && fresh) {
    const reason = message('clause.declared-met', { value: state ?? clause.terms.subject, from: { date: knownFrom } })
    return judgement({ verdict: 'met', reason, grade: 'declared' }, context, children)
  }
  const params = { date: { date: due } }
  if (context.asOf <= due) {
    const reason = message('implementation.awaited', params)
    return judgement({ verdict: 'not-due', reason, nextDate: due }, context, [quoted(clause)])
  }
  if (status !== undefined && fresh && knownFrom > due) {
    const reason = message('implementation.late', { ...params, value: state ?? '', from: { date: knownFrom } })
    return judgement({ verdict: 'breached', reason, grade: 'declared' }, context, children)
  }
  return undetermined(message('implementation.unproved', params), context, [...children, missing('documents')])
}

/** IMP-6, IMP-7: what the document says of itself, while it is fresh. */
function byDeclaration(clause: Clause<ImplementationTerms>, context: JudgeContext): Judgement {
  const { status, count, unit } = clause.terms
  if (status === undefined && count === undefined) return statement(clause, context)
  const value = clause.terms.state ?? clause.terms.subject
  const { knownFrom, staleFrom } = context.declarations
  const state = declaredState(context)
  const measure = count === undefined ? null : { value: count, target: count, unit: unit ?? 'count' }
  const children = [quoted(clause), declarationTrace(context)]
  const from = { date: knownFrom ?? context.asOf }
  if (state !== 'fresh') {
    const params = { value, from, stale: staleFrom ? { date: staleFrom } : '—' }
    const more = [...children, missing('deployments')]
    return undetermined(
      message(`clause.declaration-${state}`, params),
      context,
      more,
      state === 'stale' ? { measure } : {},
    )
  }
  if (status !== undefined && status !== 'complete')
    return judgement(
      { verdict: 'not-due', reason: message('implementation.not-in-place', { value, from }), grade: 'declared' },
      context,
      children,
    )
  const reason = message('clause.declared-met', { value, from })
  return judgement({ verdict: 'met', reason, measure, grade: 'declared' }, context, children)
}
