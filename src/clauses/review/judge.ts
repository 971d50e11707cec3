import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ReviewTerms } from './terms.ts'

/** Where one review clause stands. */
export function judge(clause: Clause<ReviewTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
