import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type AccreditationTerms, accreditationTerms, fromRow } from './terms.ts'

export type { AccreditationTerms } from './terms.ts'

/** A standard and which side holds it. */
export const accreditation: ClauseRoom<AccreditationTerms> = {
  id: 'accreditation',
  version: 1,
  family: 'programme',
  terms: accreditationTerms,
  needs: [
    { dataset: 'accreditations', fields: ['standard', 'side', 'validUntil'], how: 'accreditation.how.accreditations' },
  ],
  gives: ['standards and who holds them'],
  reads: [],
  favours: { validUntil: { change: 'neutral' } },
  fromRow,
  judge,
}
