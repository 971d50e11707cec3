import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: text. */
export const textChecks: CheckRoom = {
  id: 'text',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
