import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type RelationshipTerms, relationshipTerms } from './terms.ts'

export type { RelationshipTerms } from './terms.ts'

/** A role with the person or post on each side. */
export const relationship: ClauseRoom<RelationshipTerms> = {
  id: 'relationship',
  version: 1,
  family: 'governance',
  terms: relationshipTerms,
  needs: [],
  gives: ['who holds a role on each side'],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
