import type { Clause } from '../../agreement/index.ts'
import { judgeCadence } from '../cadence.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ReviewTerms } from './terms.ts'

/** REV-2 to REV-5: what was held in the last year of the term, against how often it was promised. */
export function judge(clause: Clause<ReviewTerms>, context: JudgeContext): Judgement {
  const { meeting, frequency, frequencyText } = clause.terms
  const recurring = {
    name: meeting,
    dataset: 'meetings',
    field: 'meeting',
    ...(frequencyText ? { frequencyText } : {}),
  } as const
  return judgeCadence(clause, frequency ? { ...recurring, frequency: given(frequency) } : recurring, context)
}

function given({ times, per, meanings }: NonNullable<ReviewTerms['frequency']>) {
  return meanings ? { times, per, meanings } : { times, per }
}
