import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type ResidencyTerms, residencyTerms } from './terms.ts'

export type { ResidencyTerms } from './terms.ts'

/** A promise about where data is, who owns it, and when it goes. */
export const residency: ClauseRoom<ResidencyTerms> = {
  id: 'residency',
  version: 1,
  family: 'compliance',
  terms: residencyTerms,
  needs: [
    { dataset: 'cost-and-usage', fields: ['region'], how: 'residency.how.cost-and-usage' },
    { dataset: 'documents', fields: ['clause', 'status'], how: 'residency.how.documents' },
  ],
  gives: ['where data must be, who owns it and when it goes'],
  reads: ['standard'],
  favours: { afterDays: { up: 'provider' } },
  fromRow,
  judge,
}
