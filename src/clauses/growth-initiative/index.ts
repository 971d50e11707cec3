import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type GrowthInitiativeTerms, growthInitiativeTerms } from './terms.ts'

export type { GrowthInitiativeTerms } from './terms.ts'

/** An investment with the recurring revenue expected of it. */
export const growthInitiative: ClauseRoom<GrowthInitiativeTerms> = {
  id: 'growth-initiative',
  version: 1,
  family: 'programme',
  terms: growthInitiativeTerms,
  needs: [
    { dataset: 'opportunities', fields: ['initiative', 'arr', 'currency'], how: 'growth-initiative.how.opportunities' },
  ],
  gives: ['investment and expected recurring revenue of each initiative'],
  reads: [],
  favours: { investment: { up: 'provider' }, expected: { up: 'provider' } },
  fromRow,
  judge,
}
