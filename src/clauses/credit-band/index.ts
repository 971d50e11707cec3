import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type CreditBandTerms, creditBandTerms, fromRow } from './terms.ts'

export type { CreditBandTerms } from './terms.ts'

/** A band of service with the credit that it earns. */
export const creditBand: ClauseRoom<CreditBandTerms> = {
  id: 'credit-band',
  version: 1,
  family: 'service',
  terms: creditBandTerms,
  needs: [],
  gives: ['credit due for each band of service'],
  reads: [],
  favours: { credit: { up: 'partner' }, below: { up: 'partner' }, atLeast: { change: 'neutral' } },
  fromRow,
  judge,
}
