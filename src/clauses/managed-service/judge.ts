import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ManagedServiceTerms } from './terms.ts'

/** Where one managed-service clause stands. */
export function judge(clause: Clause<ManagedServiceTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
