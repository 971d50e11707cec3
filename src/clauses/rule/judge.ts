import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { RuleTerms } from './terms.ts'

/** Where one rule clause stands. */
export function judge(clause: Clause<RuleTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
