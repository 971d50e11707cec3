import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type TrainingTerms, trainingTerms } from './terms.ts'

export type { TrainingTerms } from './terms.ts'

/** A training budget. */
export const training: ClauseRoom<TrainingTerms> = {
  id: 'training',
  version: 1,
  family: 'programme',
  terms: trainingTerms,
  needs: [{ dataset: 'training', fields: ['training', 'spent', 'currency'], how: 'training.how.training' }],
  gives: ['training budget of each line'],
  reads: [],
  favours: { budget: { up: 'provider' } },
  fromRow,
  judge,
}
