import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type CertificationTerms, certificationTerms, fromRow } from './terms.ts'

export type { CertificationTerms } from './terms.ts'

/** A certificate with its holders and target. */
export const certification: ClauseRoom<CertificationTerms> = {
  id: 'certification',
  version: 1,
  family: 'programme',
  terms: certificationTerms,
  needs: [
    { dataset: 'certificates', fields: ['certificate', 'holder', 'validUntil'], how: 'certification.how.certificates' },
  ],
  gives: ['holders and target of each certificate'],
  reads: [],
  favours: { target: { up: 'provider' } },
  fromRow,
  judge,
}
