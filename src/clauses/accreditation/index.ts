import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type AccreditationTerms, accreditationTerms, fromRow } from './terms.ts'

export type { AccreditationTerms } from './terms.ts'

/** A standard and which side holds it. */
export const accreditation: ClauseRoom<AccreditationTerms> = {
  id: 'accreditation',
  version: 1,
  terms: accreditationTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
