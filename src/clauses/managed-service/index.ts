import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ManagedServiceTerms, managedServiceTerms } from './terms.ts'

export type { ManagedServiceTerms } from './terms.ts'

/** A component of the managed service and what the partner does about it. */
export const managedService: ClauseRoom<ManagedServiceTerms> = {
  id: 'managed-service',
  version: 1,
  family: 'service',
  terms: managedServiceTerms,
  needs: [{ dataset: 'documents', fields: ['clause', 'status'], how: 'managed-service.how.documents' }],
  gives: ['components of the managed service'],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
