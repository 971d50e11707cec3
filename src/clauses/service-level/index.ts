import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ServiceLevelTerms, serviceLevelTerms } from './terms.ts'

export type { ServiceLevelTerms } from './terms.ts'

/** A service level: metric, target, consequence, and how it is measured. */
export const serviceLevel: ClauseRoom<ServiceLevelTerms> = {
  id: 'service-level',
  version: 1,
  terms: serviceLevelTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
