import type { Clause } from '../../agreement/index.ts'
import { message } from '../../language/index.ts'
import { missing, quoted, statement, undetermined } from '../judging.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ProvisionTerms } from './terms.ts'

/** PRO-3 to PRO-5: only a document or a person can say whether a sentence was kept. */
export function judge(clause: Clause<ProvisionTerms>, context: JudgeContext): Judgement {
  if (clause.terms.modal === 'may') return statement(clause, context, message('provision.may'))
  if (clause.terms.modal === 'none') return statement(clause, context)
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const proof = proofFor(clause, context)
  if (proof) return judgeByProof(clause, proof, context)
  return undetermined(message('provision.unproven'), context, [quoted(clause), missing('documents')])
}
