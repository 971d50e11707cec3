import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ImplementationTerms } from './terms.ts'

/** Where one implementation clause stands. */
export function judge(clause: Clause<ImplementationTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
