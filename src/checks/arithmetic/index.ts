import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: arithmetic. */
export const arithmeticChecks: CheckRoom = {
  id: 'arithmetic',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
