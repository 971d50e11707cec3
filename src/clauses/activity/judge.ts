import type { Clause } from '../../agreement/index.ts'
import { judgeCadence } from '../cadence.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ActivityTerms } from './terms.ts'

/** ACT-2 to ACT-5: what was held in the last year of the term, against how often it was promised. */
export function judge(clause: Clause<ActivityTerms>, context: JudgeContext): Judgement {
  const { activity, frequency, frequencyText } = clause.terms
  const recurring = {
    name: activity,
    dataset: 'activities',
    field: 'activity',
    ...(frequencyText ? { frequencyText } : {}),
  } as const
  return judgeCadence(clause, frequency ? { ...recurring, frequency: given(frequency) } : recurring, context)
}

function given({ times, per, meanings }: NonNullable<ActivityTerms['frequency']>) {
  return meanings ? { times, per, meanings } : { times, per }
}
