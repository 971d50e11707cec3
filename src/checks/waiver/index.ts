import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: waiver. */
export const waiverChecks: CheckRoom = {
  id: 'waiver',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
