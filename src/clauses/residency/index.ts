import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ResidencyTerms, residencyTerms } from './terms.ts'

export type { ResidencyTerms } from './terms.ts'

/** A promise about where data is, who owns it, and when it goes. */
export const residency: ClauseRoom<ResidencyTerms> = {
  id: 'residency',
  version: 1,
  terms: residencyTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
