import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type StandardTerms, standardTerms } from './terms.ts'

export type { StandardTerms } from './terms.ts'

/** An infrastructure standard with its requirement and declared status. */
export const standard: ClauseRoom<StandardTerms> = {
  id: 'standard',
  version: 1,
  terms: standardTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
