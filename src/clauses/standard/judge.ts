import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { StandardTerms } from './terms.ts'

/** Where one standard clause stands. */
export function judge(clause: Clause<StandardTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
