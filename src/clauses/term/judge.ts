import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { TermTerms } from './terms.ts'

/** Where one term clause stands. */
export function judge(clause: Clause<TermTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
