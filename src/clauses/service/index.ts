import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ServiceTerms, serviceTerms } from './terms.ts'

export type { ServiceTerms } from './terms.ts'

/** A service that the agreement covers. */
export const service: ClauseRoom<ServiceTerms> = {
  id: 'service',
  version: 1,
  terms: serviceTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
