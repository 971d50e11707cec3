import type { CheckRoom } from '../room.ts'
import { escalationMissing, meetingOwnerMissing, reviewOrder, reviewOverdue, roleMissing } from './check.ts'
import { ambiguousFrequency } from './check-frequency.ts'
import { ownerUnknown } from './check-owner.ts'

/** What is unclear or missing in meetings, roles, owners and the document's own reviews. */
export const governanceChecks: CheckRoom = {
  id: 'governance',
  version: 1,
  needs: ['activity', 'review', 'relationship', 'document-control', 'growth-initiative', 'as-of date'],
  gives: ['findings on governance'],
  checks: {
    'governance/ambiguous-frequency': ambiguousFrequency,
    'governance/review-overdue': reviewOverdue,
    'governance/role-missing': roleMissing,
    'governance/owner-unknown': ownerUnknown,
    'governance/review-order': reviewOrder,
    'governance/escalation-missing': escalationMissing,
    'governance/meeting-owner-missing': meetingOwnerMissing,
  },
}
