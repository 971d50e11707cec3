import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type PriceTerms, priceTerms } from './terms.ts'

export type { PriceTerms } from './terms.ts'

/** A service's pricing model with its estimate or price, or a total row. */
export const price: ClauseRoom<PriceTerms> = {
  id: 'price',
  version: 1,
  family: 'commercial',
  terms: priceTerms,
  needs: [{ dataset: 'cost-and-usage', fields: ['service', 'amount', 'currency'], how: 'price.how.cost-and-usage' }],
  gives: ['estimated or agreed monthly amount of each service', 'units and unit prices'],
  reads: [],
  favours: {
    monthly: { up: 'provider' },
    annual: { up: 'provider' },
    unitPrice: { up: 'provider' },
    amount: { up: 'provider' },
    discount: { up: 'partner' },
  },
  fromRow,
  judge,
}
