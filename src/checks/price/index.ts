import type { CheckRoom } from '../room.ts'
import { estimateNotPrice, listAndDiscount, rateMissing, revenueBelowCost, taxUnstated } from './check.ts'
import { coveredNotPriced, pricedNotCovered } from './check-scope.ts'

/** What contradicts, is missing or does not add up: price. */
export const priceChecks: CheckRoom = {
  id: 'price',
  version: 1,
  needs: ['price', 'service', 'customer-metric', 'commitment'],
  gives: [],
  checks: {
    'price/covered-not-priced': coveredNotPriced,
    'price/priced-not-covered': pricedNotCovered,
    'price/rate-missing': rateMissing,
    'price/revenue-below-cost': revenueBelowCost,
    'price/estimate-not-price': estimateNotPrice,
    'price/tax-unstated': taxUnstated,
    'price/list-and-discount': listAndDiscount,
  },
}
