import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type CustomerMetricTerms, customerMetricTerms, fromRow } from './terms.ts'

export type { CustomerMetricTerms } from './terms.ts'

/** A business metric with its present value and its target. */
export const customerMetric: ClauseRoom<CustomerMetricTerms> = {
  id: 'customer-metric',
  version: 1,
  family: 'service',
  terms: customerMetricTerms,
  needs: [
    { dataset: 'usage-metrics', fields: ['metric', 'value'], how: 'customer-metric.how.usage-metrics' },
    { dataset: 'deployments', fields: ['deployment', 'status'], how: 'customer-metric.how.deployments' },
  ],
  gives: ['present value and target of each business metric'],
  reads: [],
  favours: { target: { up: 'provider' }, growth: { up: 'provider' } },
  fromRow,
  judge,
}
