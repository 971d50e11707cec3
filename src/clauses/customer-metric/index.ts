import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type CustomerMetricTerms, customerMetricTerms, fromRow } from './terms.ts'

export type { CustomerMetricTerms } from './terms.ts'

/** A business metric with its present value and its target. */
export const customerMetric: ClauseRoom<CustomerMetricTerms> = {
  id: 'customer-metric',
  version: 1,
  terms: customerMetricTerms,
  needs: [],
  gives: [],
  reads: [],
  favours: {},
  fromRow,
  judge,
}
