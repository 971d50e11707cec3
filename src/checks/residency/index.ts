import type { CheckRoom } from '../room.ts'
import { consentUndefined, crossRegionRecovery, scopeUndefined, serviceUnavailable } from './check.ts'
import { regionCodeMismatch, regionOutsideCountry, unknownRegion } from './check-regions.ts'

/** What the text promises about where data is, held against the regions and services that exist. */
export const residencyChecks: CheckRoom = {
  id: 'residency',
  version: 1,
  needs: ['regions', 'services by region'],
  gives: ['findings about regions, recovery and the scope of residency'],
  checks: {
    'residency/region-code-mismatch': regionCodeMismatch,
    'residency/unknown-region': unknownRegion,
    'residency/cross-region-recovery': crossRegionRecovery,
    'residency/service-unavailable': serviceUnavailable,
    'residency/region-outside-country': regionOutsideCountry,
    'residency/scope-undefined': scopeUndefined,
    'residency/consent-undefined': consentUndefined,
  },
}
