import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ServiceLevelTerms } from './terms.ts'

/** Where one service-level clause stands. */
export function judge(clause: Clause<ServiceLevelTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
