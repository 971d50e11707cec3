import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: people. */
export const peopleChecks: CheckRoom = {
  id: 'people',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
