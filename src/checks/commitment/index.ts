import type { CheckRoom } from '../room.ts'
import { discountBaseUndefined, eligibleSpendUndefined, shortfallUndefined, tierOrder, yearSequence } from './check.ts'
import { tierGap, tierOverlap, tierUnreachable } from './check-bands.ts'
import { runRateBelowMinimum } from './check-run-rate.ts'

/** What contradicts, is missing or does not add up: commitment. */
export const commitmentChecks: CheckRoom = {
  id: 'commitment',
  version: 1,
  needs: ['commitment', 'price', 'term'],
  gives: [],
  checks: {
    'commitment/run-rate-below-minimum': runRateBelowMinimum,
    'commitment/eligible-spend-undefined': eligibleSpendUndefined,
    'commitment/discount-base-undefined': discountBaseUndefined,
    'commitment/shortfall-undefined': shortfallUndefined,
    'commitment/tier-order': tierOrder,
    'commitment/tier-gap': tierGap,
    'commitment/tier-overlap': tierOverlap,
    'commitment/year-sequence': yearSequence,
    'commitment/tier-unreachable': tierUnreachable,
  },
}
