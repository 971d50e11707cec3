import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ResidencyTerms } from './terms.ts'

/** Where one residency clause stands. */
export function judge(clause: Clause<ResidencyTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
