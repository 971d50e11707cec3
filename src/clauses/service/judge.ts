import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ServiceTerms } from './terms.ts'

/** Where one service clause stands. */
export function judge(clause: Clause<ServiceTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
