import type { Clause } from '../../agreement/index.ts'
import { message } from '../../language/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { PartnerTierTerms } from './terms.ts'

/** PTR-4: the partner's standing is stated, not promised; nothing falls due. */
export function judge(clause: Clause<PartnerTierTerms>, context: JudgeContext): Judgement {
  return statement(clause, context, message('partner-tier.states', { text: clause.terms.text }))
}
