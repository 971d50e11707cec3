import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { CreditBandTerms } from './terms.ts'

/** Where one credit-band clause stands. */
export function judge(clause: Clause<CreditBandTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
