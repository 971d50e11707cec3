import type { ClauseRoom } from '../room.ts'
import { datasetOf, judge } from './judge.ts'
import { fromRow, type ServiceLevelTerms, serviceLevelTerms } from './terms.ts'

export type { ServiceLevelTerms } from './terms.ts'

/** A service level: metric, target, consequence, and how it is measured. */
export const serviceLevel: ClauseRoom<ServiceLevelTerms> = {
  id: 'service-level',
  version: 1,
  family: 'service',
  terms: serviceLevelTerms,
  needs: [
    { dataset: 'probes', fields: ['availability'], how: 'service-level.how.probes' },
    { dataset: 'incidents', fields: ['minutesToResolve'], how: 'service-level.how.incidents' },
    { dataset: 'changes', fields: ['outcome'], how: 'service-level.how.changes' },
    { dataset: 'surveys', fields: ['nps'], how: 'service-level.how.surveys' },
    { dataset: 'usage-metrics', fields: ['metric', 'value'], how: 'service-level.how.usage-metrics' },
  ],
  needsOf: ({ terms }) => serviceLevel.needs.filter((need) => need.dataset === datasetOf(terms.subject)),
  gives: ['target and consequence of each service level'],
  reads: ['credit-band'],
  favours: { target: { up: 'beneficiary' }, response: { up: 'obligor' }, resolution: { up: 'obligor' } },
  fromRow,
  judge,
}
