import type { Clause } from '../../agreement/index.ts'
import { message } from '../../language/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ServiceTerms } from './terms.ts'

/** SRV-4: that a service is covered is a fact of the agreement; nothing falls due. */
export function judge(clause: Clause<ServiceTerms>, context: JudgeContext): Judgement {
  return statement(clause, context, message('service.covered', { service: clause.terms.service }))
}
