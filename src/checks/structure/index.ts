import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: structure. */
export const structureChecks: CheckRoom = {
  id: 'structure',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
