import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ProvisionTerms } from './terms.ts'

/** Where one provision clause stands. */
export function judge(clause: Clause<ProvisionTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
