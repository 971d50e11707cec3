import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: commitment. */
export const commitmentChecks: CheckRoom = {
  id: 'commitment',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
