import type { Clause } from '../../agreement/index.ts'
import { statement } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { CustomerMetricTerms } from './terms.ts'

/** Where one customer-metric clause stands. */
export function judge(clause: Clause<CustomerMetricTerms>, context: JudgeContext): Judgement {
  return statement(clause, context)
}
