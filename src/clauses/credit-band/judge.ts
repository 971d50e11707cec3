import type { Clause } from '../../agreement/index.ts'
import { message } from '../../language/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { CreditBandTerms } from './terms.ts'

/** CRB-3: a band says what a bad month costs; whether there was one is judged with the service level. */
export function judge(clause: Clause<CreditBandTerms>, context: JudgeContext): Judgement {
  return statement(clause, context, message('credit-band.states', { credit: { percent: clause.terms.credit } }))
}
