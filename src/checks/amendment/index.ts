import type { CheckRoom } from '../room.ts'
import { backDated, invalidValue, overlapping, staleOriginal, unknownClause, unsigned } from './check.ts'

/** What is wrong with the amendments of an agreement. */
export const amendmentChecks: CheckRoom = {
  id: 'amendment',
  version: 1,
  needs: ['amendments'],
  gives: ['findings on amendments'],
  checks: {
    'amendment/unsigned': unsigned,
    'amendment/unknown-clause': unknownClause,
    'amendment/overlapping': overlapping,
    'amendment/back-dated': backDated,
    'amendment/stale-original': staleOriginal,
    'amendment/invalid-value': invalidValue,
  },
}
