import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type ActivityTerms, activityTerms, fromRow } from './terms.ts'

export type { ActivityTerms } from './terms.ts'

/** A joint activity with its frequency and owner. */
export const activity: ClauseRoom<ActivityTerms> = {
  id: 'activity',
  version: 1,
  family: 'programme',
  terms: activityTerms,
  needs: [{ dataset: 'activities', fields: ['activity'], how: 'activity.how.activities' }],
  gives: ['joint activities and how often they are held'],
  reads: [],
  favours: { frequency: { change: 'neutral' } },
  fromRow,
  judge,
}
