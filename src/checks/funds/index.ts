import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: funds. */
export const fundsChecks: CheckRoom = {
  id: 'funds',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
