import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { DefinitionTerms } from './terms.ts'

/** Where one definition clause stands. */
export function judge(clause: Clause<DefinitionTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
