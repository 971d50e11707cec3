import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: term. */
export const termChecks: CheckRoom = {
  id: 'term',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
