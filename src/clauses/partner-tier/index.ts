import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type PartnerTierTerms, partnerTierTerms } from './terms.ts'

export type { PartnerTierTerms } from './terms.ts'

/** The partner's standing in the provider's programme: tier, specialisations, competencies, benefits. */
export const partnerTier: ClauseRoom<PartnerTierTerms> = {
  id: 'partner-tier',
  version: 1,
  family: 'programme',
  terms: partnerTierTerms,
  needs: [],
  gives: ['the tier, specialisations, competencies and benefits of the partner'],
  reads: [],
  favours: { text: { change: 'neutral' } },
  fromRow,
  judge,
}
