import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { PriceTerms } from './terms.ts'

/** Where one price clause stands. */
export function judge(clause: Clause<PriceTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
