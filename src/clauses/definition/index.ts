import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type DefinitionTerms, definitionTerms, fromRow } from './terms.ts'

export type { DefinitionTerms } from './terms.ts'

/** A defined term. */
export const definition: ClauseRoom<DefinitionTerms> = {
  id: 'definition',
  version: 1,
  family: 'terms',
  terms: definitionTerms,
  needs: [],
  gives: ['what a word means'],
  reads: [],
  favours: { meaning: { change: 'neutral' } },
  fromRow,
  judge,
}
