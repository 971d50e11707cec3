import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type DocumentControlTerms, documentControlTerms, fromRow } from './terms.ts'

export type { DocumentControlTerms } from './terms.ts'

/** A line of document control. */
export const documentControl: ClauseRoom<DocumentControlTerms> = {
  id: 'document-control',
  version: 1,
  terms: documentControlTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
