import type { Clause } from '../../agreement/index.ts'
import { message } from '../../language/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { DefinitionTerms } from './terms.ts'

/** DEF-3: a definition says what a word means; nothing falls due. */
export function judge(clause: Clause<DefinitionTerms>, context: JudgeContext): Judgement {
  return statement(clause, context, message('definition.defines', { term: clause.terms.term }))
}
