import type { CheckRoom } from '../room.ts'
import { againstProviderModel, nobodyResponsible, sharedResponsibility, twoAccountable } from './check.ts'
import { foreignStandard, standardUndated, supersededStandard } from './check-standards.ts'

/** Who answers for what, and which standards are claimed. */
export const responsibilityChecks: CheckRoom = {
  id: 'responsibility',
  version: 1,
  needs: ['responsibility models', 'standards'],
  gives: ['findings about the division of responsibilities and about standards'],
  checks: {
    'responsibility/shared': sharedResponsibility,
    'responsibility/nobody': nobodyResponsible,
    'responsibility/two-accountable': twoAccountable,
    'responsibility/against-provider-model': againstProviderModel,
    'responsibility/foreign-standard': foreignStandard,
    'responsibility/superseded-standard': supersededStandard,
    'responsibility/standard-undated': standardUndated,
  },
}
