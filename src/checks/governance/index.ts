import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: governance. */
export const governanceChecks: CheckRoom = {
  id: 'governance',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
