import type { CheckRoom } from '../room.ts'
import { annualised, commitmentTotal, lineProduct } from './check.ts'
import { annualisedRevenue, average, growthPercent, pipelineAgainstTarget } from './check-growth.ts'
import { annualisedInProse } from './check-prose.ts'
import { percentSum, subtotal } from './check-totals.ts'

/** What contradicts, is missing or does not add up: arithmetic. */
export const arithmeticChecks: CheckRoom = {
  id: 'arithmetic',
  version: 1,
  needs: ['commitment', 'term', 'price', 'customer-metric', 'growth-initiative'],
  gives: [],
  checks: {
    'arithmetic/commitment-total': commitmentTotal,
    'arithmetic/average': average,
    'arithmetic/line-product': lineProduct,
    'arithmetic/subtotal': subtotal,
    'arithmetic/annualised': (context) => [
      ...annualised(context),
      ...annualisedRevenue(context),
      ...annualisedInProse(context),
    ],
    'arithmetic/growth-percent': growthPercent,
    'arithmetic/pipeline-against-target': pipelineAgainstTarget,
    'arithmetic/percent-sum': percentSum,
  },
}
