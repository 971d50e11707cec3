import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ResponsibilityTerms } from './terms.ts'

/** Where one responsibility clause stands. */
export function judge(clause: Clause<ResponsibilityTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
