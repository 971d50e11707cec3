import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { RelationshipTerms } from './terms.ts'

/** REL-2: who holds a role is a fact; nothing falls due. */
export function judge(clause: Clause<RelationshipTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
