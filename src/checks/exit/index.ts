import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: exit. */
export const exitChecks: CheckRoom = {
  id: 'exit',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
