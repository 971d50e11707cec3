import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type GrowthInitiativeTerms, growthInitiativeTerms } from './terms.ts'

export type { GrowthInitiativeTerms } from './terms.ts'

/** An investment with the recurring revenue expected of it. */
export const growthInitiative: ClauseRoom<GrowthInitiativeTerms> = {
  id: 'growth-initiative',
  version: 1,
  terms: growthInitiativeTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
