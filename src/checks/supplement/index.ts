import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: supplement. */
export const supplementChecks: CheckRoom = {
  id: 'supplement',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
