import { type Clause, plain } from '../../agreement/index.ts'
import { type Message, message, type TraceNode } from '../../language/index.ts'
import { declarationTrace, declaredState, judgement, missing, quoted, undetermined } from '../judging.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement, Param } from '../room.ts'
import { residencyAgainstFacts } from './residency.ts'
import type { StandardTerms } from './terms.ts'

/** STD-4 to STD-7: by a document or a person, else by what the document declares, as far as the world lets it be true. */
export function judge(clause: Clause<StandardTerms>, context: JudgeContext): Judgement {
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const proof = proofFor(clause, context)
  if (proof && proof.fact.dataset === 'documents') return judgeByProof(clause, proof, context)
  const declared = declaredState(context)
  const { status } = clause.terms
  if (status === 'compliant' && declared === 'fresh') {
    const against = residencyAgainstFacts(clause, context)
    if (against) return against
  }
  if (proof) return judgeByProof(clause, proof, context)
  return status === undefined ? noEvidence(clause, context) : byDeclaration(clause, status, context)
}

function noEvidence(clause: Clause, context: JudgeContext): Judgement {
  const children = [quoted(clause), missing('documents')]
  return undetermined(message('clause.no-evidence', { dataset: 'documents' }), context, children)
}

const VERDICT = { compliant: 'met', partial: 'at-risk', planned: 'at-risk', 'non-compliant': 'breached' } as const

/** STD-5: the declared state, while it is fresh. */
function byDeclaration(
  clause: Clause<StandardTerms>,
  status: NonNullable<StandardTerms['status']>,
  context: JudgeContext,
): Judgement {
  const { knownFrom, staleFrom } = context.declarations
  const state = declaredState(context)
  const params = {
    value: stateWords(clause),
    from: { date: knownFrom ?? context.asOf },
    stale: staleFrom ? { date: staleFrom } : '—',
  }
  const children: TraceNode[] = [quoted(clause, 'status'), declarationTrace(context)]
  if (state !== 'fresh')
    return undetermined(message(`clause.declaration-${state}`, params), context, [...children, missing('documents')])
  const verdict = VERDICT[status]
  const reason: Message = message(verdict === 'met' ? 'clause.declared-met' : `standard.declared-${status}`, params)
  return judgement({ verdict, reason, grade: 'declared' }, context, children)
}

/** The declared words as the status cell has them; a bullet's are said in our words. */
function stateWords(clause: Clause<StandardTerms>): Param {
  const cell = clause.cells.find((each) => each.role === 'status')
  return cell && plain(cell.text) !== '' ? cell.text : { word: `standard.state-${clause.terms.status}` }
}
