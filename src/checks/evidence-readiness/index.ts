import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: evidence-readiness. */
export const evidenceReadinessChecks: CheckRoom = {
  id: 'evidence-readiness',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
