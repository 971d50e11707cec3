import type { Clause } from '../../agreement/index.ts'
import { message } from '../../language/index.ts'
import { statement } from '../judging.ts'
import { judgeByProofAlone } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ResponsibilityTerms } from './terms.ts'

/** RSC-4, RSC-5: a share nobody bears alone is a statement; what one side bears is judged by documents or people. */
export function judge(clause: Clause<ResponsibilityTerms>, context: JudgeContext): Judgement {
  if (clause.force === 'obligation') return judgeByProofAlone(clause, context)
  const settled = context.rules.find('accountable', clause.id)?.value?.side
  const shared = clause.obligor === 'both'
  if (shared && settled)
    return statement(clause, context, message('responsibility.settled', { side: { word: `side.${settled}` } }))
  return statement(clause, context, message(shared ? 'responsibility.shared' : 'responsibility.nobody'))
}
