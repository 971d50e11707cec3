import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ReviewTerms, reviewTerms } from './terms.ts'

export type { ReviewTerms } from './terms.ts'

/** A recurring meeting. */
export const review: ClauseRoom<ReviewTerms> = {
  id: 'review',
  version: 1,
  terms: reviewTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
