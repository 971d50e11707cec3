import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { DocumentControlTerms } from './terms.ts'

/** Where one document-control clause stands. */
export function judge(clause: Clause<DocumentControlTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
