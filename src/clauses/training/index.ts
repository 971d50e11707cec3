import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type TrainingTerms, trainingTerms } from './terms.ts'

export type { TrainingTerms } from './terms.ts'

/** A training budget. */
export const training: ClauseRoom<TrainingTerms> = {
  id: 'training',
  version: 1,
  terms: trainingTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
