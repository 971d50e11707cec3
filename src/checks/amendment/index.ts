import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: amendment. */
export const amendmentChecks: CheckRoom = {
  id: 'amendment',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
