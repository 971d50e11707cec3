import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type StandardTerms, standardTerms } from './terms.ts'

export type { StandardTerms } from './terms.ts'

/** An infrastructure standard with its requirement and declared status. */
export const standard: ClauseRoom<StandardTerms> = {
  id: 'standard',
  version: 1,
  family: 'compliance',
  terms: standardTerms,
  needs: [{ dataset: 'documents', fields: ['clause', 'status'], how: 'standard.how.documents' }],
  gives: ['infrastructure standards with their declared state'],
  reads: ['service', 'implementation'],
  favours: {},
  fromRow,
  judge,
}
