import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { PartnerTierTerms } from './terms.ts'

/** Where one partner-tier clause stands. */
export function judge(clause: Clause<PartnerTierTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
