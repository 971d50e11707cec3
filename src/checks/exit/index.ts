import type { CheckRoom } from '../room.ts'
import { costUndefined, noExitRights, noTerminationNotice, startEventMissing, stepLongerThanWhole } from './check.ts'
import { deletionBeforeExport, deletionProofMissing } from './check-deletion.ts'

/** What contradicts, is missing or does not add up: how one leaves. */
export const exitChecks: CheckRoom = {
  id: 'exit',
  version: 1,
  needs: ['exit rights', 'promises about data', 'managed-service components', 'commitments', 'the term'],
  gives: [],
  checks: {
    'exit/deletion-before-export': deletionBeforeExport,
    'exit/start-event-missing': startEventMissing,
    'exit/step-longer-than-whole': stepLongerThanWhole,
    'exit/cost-undefined': costUndefined,
    'exit/no-exit-rights': noExitRights,
    'exit/deletion-proof-missing': deletionProofMissing,
    'exit/no-termination-notice': noTerminationNotice,
  },
}
