import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ProvisionTerms, provisionTerms } from './terms.ts'

export type { ProvisionTerms } from './terms.ts'

/** A sentence that no other kind knows: an obligation when it says shall or must, else a statement. */
export const provision: ClauseRoom<ProvisionTerms> = {
  id: 'provision',
  version: 1,
  family: 'terms',
  terms: provisionTerms,
  needs: [{ dataset: 'documents', fields: ['clause', 'status'], how: 'provision.how.documents' }],
  gives: ['promises that no other kind knows'],
  reads: [],
  favours: { text: { change: 'neutral' } },
  fromRow,
  judge,
}
