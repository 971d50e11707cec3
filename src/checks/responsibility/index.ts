import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: responsibility. */
export const responsibilityChecks: CheckRoom = {
  id: 'responsibility',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
