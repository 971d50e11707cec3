import type { CheckRoom } from '../room.ts'

/** What contradicts, is missing or does not add up: price. */
export const priceChecks: CheckRoom = {
  id: 'price',
  version: 1,
  needs: [],
  gives: [],
  checks: {},
}
