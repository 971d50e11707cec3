import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type CommitmentTerms, commitmentTerms, fromRow } from './terms.ts'

export type { CommitmentTerms } from './terms.ts'

/** Yearly minimum spend with its discount, and spend bands. */
export const commitment: ClauseRoom<CommitmentTerms> = {
  id: 'commitment',
  version: 1,
  family: 'commercial',
  terms: commitmentTerms,
  needs: [{ dataset: 'cost-and-usage', fields: ['amount', 'currency'], how: 'commitment.how.cost-and-usage' }],
  gives: ['minimum spend and discount of each contract year'],
  reads: ['price'],
  favours: {
    minimum: { up: 'provider' },
    discount: { up: 'partner' },
    from: { up: 'provider' },
    to: { up: 'provider' },
  },
  fromRow,
  judge,
}
