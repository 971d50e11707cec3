import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ImplementationTerms, implementationTerms } from './terms.ts'

export type { ImplementationTerms } from './terms.ts'

/** How far the implementation is: what is in place, and how many. */
export const implementation: ClauseRoom<ImplementationTerms> = {
  id: 'implementation',
  version: 1,
  family: 'service',
  terms: implementationTerms,
  needs: [
    { dataset: 'deployments', fields: ['deployment', 'status'], how: 'implementation.how.deployments' },
    { dataset: 'declarations', fields: ['clause', 'status'], how: 'implementation.how.declarations' },
  ],
  gives: ['what is in place, and how many'],
  reads: [],
  favours: { count: { up: 'partner' } },
  fromRow,
  judge,
}
