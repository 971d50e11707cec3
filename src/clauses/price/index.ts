import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type PriceTerms, priceTerms } from './terms.ts'

export type { PriceTerms } from './terms.ts'

/** A service's pricing model with its estimate or price, or a total row. */
export const price: ClauseRoom<PriceTerms> = {
  id: 'price',
  version: 1,
  terms: priceTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
