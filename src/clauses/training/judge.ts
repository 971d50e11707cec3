import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { TrainingTerms } from './terms.ts'

/** Where one training clause stands. */
export function judge(clause: Clause<TrainingTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
