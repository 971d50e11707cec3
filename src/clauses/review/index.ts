import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ReviewTerms, reviewTerms } from './terms.ts'

export type { ReviewTerms } from './terms.ts'

/** A recurring meeting. */
export const review: ClauseRoom<ReviewTerms> = {
  id: 'review',
  version: 1,
  family: 'governance',
  terms: reviewTerms,
  needs: [{ dataset: 'meetings', fields: ['meeting'], how: 'review.how.meetings' }],
  gives: ['meetings and how often they are held'],
  reads: [],
  favours: { frequency: { change: 'neutral' } },
  fromRow,
  judge,
}
