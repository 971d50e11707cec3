import type { CheckRoom } from '../room.ts'
import {
  effectiveBeforeSignature,
  ended,
  endMismatch,
  missingField,
  noRenewal,
  timeZoneUnstated,
  yearsMismatch,
} from './check.ts'
import { noticeLongerThanTerm } from './check-notice.ts'
import { targetAfterTerm, targetUndated, targetYearOnly } from './check-targets.ts'

/** What is missing or does not add up in parties, dates, length, renewal and the dates of targets. */
export const termChecks: CheckRoom = {
  id: 'term',
  version: 1,
  needs: ['term', 'commitment', 'provision', 'customer-metric', 'certification', 'growth-initiative', 'as-of date'],
  gives: ['findings on the term and on the dates of targets'],
  checks: {
    'term/missing-field': missingField,
    'term/end-mismatch': endMismatch,
    'term/years-mismatch': yearsMismatch,
    'term/no-renewal': noRenewal,
    'term/ended': ended,
    'term/notice-longer-than-term': noticeLongerThanTerm,
    'term/effective-before-signature': effectiveBeforeSignature,
    'term/target-year-only': targetYearOnly,
    'term/target-undated': targetUndated,
    'term/target-after-term': targetAfterTerm,
    'term/time-zone-unstated': timeZoneUnstated,
  },
}
