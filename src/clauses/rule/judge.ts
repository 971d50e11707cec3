import type { Clause } from '../../agreement/index.ts'
import { message } from '../../language/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { RuleTerms } from './terms.ts'

/** RUL-5: a rule settles how others are judged; nothing of its own falls due. */
export function judge(clause: Clause<RuleTerms>, context: JudgeContext): Judgement {
  return statement(clause, context, message(clause.terms.value ? 'rule.settles' : 'rule.settles-in-words'))
}
