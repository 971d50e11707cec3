import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { CertificationTerms } from './terms.ts'

/** Where one certification clause stands. */
export function judge(clause: Clause<CertificationTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
