import type { CheckRoom } from '../room.ts'
import {
  claimAfterTerm,
  claimRulesUndefined,
  initiativeOwnerMissing,
  initiativeUndated,
  periodUndefined,
} from './check.ts'

/** What contradicts, is missing or does not add up: funds and growth initiatives. */
export const fundsChecks: CheckRoom = {
  id: 'funds',
  version: 1,
  needs: ['funds', 'growth initiatives', 'the term'],
  gives: [],
  checks: {
    'funds/period-undefined': periodUndefined,
    'funds/claim-rules-undefined': claimRulesUndefined,
    'funds/initiative-undated': initiativeUndated,
    'funds/initiative-owner-missing': initiativeOwnerMissing,
    'funds/claim-after-term': claimAfterTerm,
  },
}
