import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { GrowthInitiativeTerms } from './terms.ts'

/** Where one growth-initiative clause stands. */
export function judge(clause: Clause<GrowthInitiativeTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
