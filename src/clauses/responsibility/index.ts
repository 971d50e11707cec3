import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ResponsibilityTerms, responsibilityTerms } from './terms.ts'

export type { ResponsibilityTerms } from './terms.ts'

/** An area with the share of each side. */
export const responsibility: ClauseRoom<ResponsibilityTerms> = {
  id: 'responsibility',
  version: 1,
  family: 'governance',
  terms: responsibilityTerms,
  needs: [{ dataset: 'documents', fields: ['clause', 'status'], how: 'responsibility.how.documents' }],
  gives: ['which side answers for an area'],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
