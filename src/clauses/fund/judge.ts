import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { FundTerms } from './terms.ts'

/** Where one fund clause stands. */
export function judge(clause: Clause<FundTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
