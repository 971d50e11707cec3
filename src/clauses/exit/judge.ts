import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ExitTerms } from './terms.ts'

/** Where one exit clause stands. */
export function judge(clause: Clause<ExitTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
