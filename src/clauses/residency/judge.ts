import type { Clause } from '../../agreement/index.ts'
import { type EvidenceFact, weakestGrade } from '../../evidence/index.ts'
import {
  addDays,
  addDuration,
  type IsoDate,
  message,
  type Period,
  place,
  type TraceNode,
  trace,
} from '../../language/index.ts'
import { coverage, evidenced, judgement, missing, quoted, statement, undetermined } from '../judging.ts'
import { judgeByProof, judgeByProofAlone, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import { allowedPlaces, isOutside, objectionTo, type Places } from './place.ts'
import type { ResidencyTerms } from './terms.ts'

/** RSD-5 to RSD-10: where one promise about data stands. */
export function judge(clause: Clause<ResidencyTerms>, context: JudgeContext): Judgement {
  switch (clause.terms.promise) {
    case 'ownership':
      return statement(clause, context)
    case 'deletion':
      return deletion(clause, context)
    case 'location':
    case 'transfer':
      return notBegun(clause, context) ?? whereabouts(clause, context)
    default:
      return judgeByProofAlone(clause, context)
  }
}

/** RSD-9: at the end of the term, or a time after it; then only a document or a person can say. */
function deletion(clause: Clause<ResidencyTerms>, context: JudgeContext): Judgement {
  const { onTermination, afterDays } = clause.terms
  const { term, asOf } = context
  if (!onTermination) return judgeByProofAlone(clause, context)
  if (!term) return undetermined(message('clause.no-term'), context, [quoted(clause)])
  const due = afterDays ? addDuration(term.end, afterDays) : term.end
  const lifecycle = asOf < term.end ? 'not-begun' : asOf < due ? 'running' : 'ended'
  if (asOf < due) {
    const reason = message('residency.deletion-due', { due: { date: due } })
    return judgement({ verdict: 'not-due', lifecycle, reason, nextDate: due }, context, [quoted(clause)])
  }
  const proof = proofFor(clause, context)
  // A certificate from before the end cannot speak of what was deleted at the end.
  if (proof && proof.fact.to >= term.end) return judgeByProof(clause, proof, context, { lifecycle, lasting: true })
  const reason = message('residency.deletion-unproved', { due: { date: due } })
  return undetermined(reason, context, [quoted(clause), missing('documents')], { lifecycle })
}

/** RSD-6 to RSD-8: the bill's regions, the text's own contradictions, and what documents or people say, in this order. */
function whereabouts(clause: Clause<ResidencyTerms>, context: JudgeContext): Judgement {
  const places = allowedPlaces(clause, context)
  const window = lastYear(context)
  const bill = context
    .evidence('cost-and-usage')
    .filter(
      (fact) => fact.values.region !== undefined && (!window || (fact.to >= window.start && fact.from < window.end)),
    )
  const outside = places ? bill.filter((fact) => isOutside(String(fact.values.region), places, context)) : []
  const proof = proofFor(clause, context)
  if (outside.length > 0 && !(clause.terms.needsConsent && proof?.shows === 'met'))
    return elsewhere(clause, context, outside, proof?.shows === 'breached')
  const objection = objectionTo(clause, context)
  if (objection) {
    const node = trace('fact', objection.reason, objection.source ? { source: objection.source } : {})
    return undetermined(objection.reason, context, [quoted(clause), node])
  }
  if (proof) return judgeByProof(clause, proof, context)
  return inside(clause, context, bill, window, places)
}

/** RSD-6: a charge in a region outside what was promised. With consent allowed, it proves a breach only without consent. */
function elsewhere(
  clause: Clause<ResidencyTerms>,
  context: JudgeContext,
  outside: readonly EvidenceFact[],
  refused: boolean,
): Judgement {
  const regions = [...new Set(outside.map((fact) => String(fact.values.region)))]
  const params = { regions, date: { date: outside.at(-1)?.to ?? context.asOf } }
  const children: TraceNode[] = [quoted(clause), ...outside.slice(-12).map((fact) => evidenced(fact, 'region'))]
  if (clause.terms.needsConsent && !refused) {
    const reason = message('residency.consent-unknown', params)
    return undetermined(reason, context, [...children, missing('documents')])
  }
  const grade = weakestGrade(outside.map((fact) => fact.grade)) ?? null
  return judgement({ verdict: 'breached', reason: message('residency.outside', params), grade }, context, children)
}

/** RSD-8: only a bill that covers every day of the last year shows that nothing ran elsewhere. */
function inside(
  clause: Clause,
  context: JudgeContext,
  bill: readonly EvidenceFact[],
  window: Period | undefined,
  places: Places | undefined,
): Judgement {
  if (places && window && bill.length > 0 && coverage(bill, window).complete) {
    const params = { from: { date: window.start }, to: { date: addDays(window.end, -1) } }
    const grade = weakestGrade(bill.map((fact) => fact.grade)) ?? null
    const children = [quoted(clause), ...bill.slice(-12).map((fact) => evidenced(fact, 'region'))]
    return judgement({ verdict: 'met', reason: message('residency.inside', params), grade }, context, children)
  }
  const children = [quoted(clause), missing('cost-and-usage', window)]
  const known = bill.length > 0 && places
  const reason = known
    ? message('residency.partly-known')
    : message('clause.no-evidence', { dataset: 'cost-and-usage' })
  return undetermined(reason, context, children)
}

/** The last twelve whole months of the term up to the as-of date: a running month has no complete bill. */
function lastYear(context: JudgeContext): Period | undefined {
  const { term, asOf } = context
  if (!term) return undefined
  const month: IsoDate = `${addDays(asOf, 1).slice(0, 7)}-01`
  const end = month < term.end ? month : term.end
  const since = addDuration(end, { amount: '-12', unit: 'month' })
  const start = place(term, since) === 'before' ? term.start : since
  return start < end ? { start, end } : undefined
}
