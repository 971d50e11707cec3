import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ActivityTerms } from './terms.ts'

/** Where one activity clause stands. */
export function judge(clause: Clause<ActivityTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
