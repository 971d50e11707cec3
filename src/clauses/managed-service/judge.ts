import type { Clause } from '../../agreement/index.ts'
import { judgeByProofAlone } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ManagedServiceTerms } from './terms.ts'

/** MSV-2, MSV-3: the text itself says nothing of how the work is done; documents or people do. */
export function judge(clause: Clause<ManagedServiceTerms>, context: JudgeContext): Judgement {
  return judgeByProofAlone(clause, context)
}
