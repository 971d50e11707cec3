import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ServiceTerms, serviceTerms } from './terms.ts'

export type { ServiceTerms } from './terms.ts'

/** A service that the agreement covers. */
export const service: ClauseRoom<ServiceTerms> = {
  id: 'service',
  version: 1,
  family: 'service',
  terms: serviceTerms,
  needs: [],
  gives: ['the services that the agreement covers'],
  reads: [],
  favours: { service: { change: 'neutral' } },
  fromRow,
  judge,
}
