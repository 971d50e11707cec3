import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { AccreditationTerms } from './terms.ts'

/** Where one accreditation clause stands. */
export function judge(clause: Clause<AccreditationTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
