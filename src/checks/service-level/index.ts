import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: service-level. */
export const serviceLevelChecks: CheckRoom = {
  id: 'service-level',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
