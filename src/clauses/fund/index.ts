import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type FundTerms, fromRow, fundTerms } from './terms.ts'

export type { FundTerms } from './terms.ts'

/** A marketing or development fund. */
export const fund: ClauseRoom<FundTerms> = {
  id: 'fund',
  version: 1,
  family: 'commercial',
  terms: fundTerms,
  needs: [{ dataset: 'funds', fields: ['programme', 'claimed', 'currency'], how: 'fund.how.funds' }],
  gives: ['funding of each programme'],
  reads: [],
  favours: { funding: { up: 'beneficiary' }, share: { change: 'neutral' } },
  fromRow,
  judge,
}
