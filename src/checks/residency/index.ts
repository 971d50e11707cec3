import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: residency. */
export const residencyChecks: CheckRoom = {
  id: 'residency',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
