import type { CheckRoom } from '../room.ts'
import { expired, incomplete, unused } from './check.ts'

/** What is wrong with the waivers themselves. */
export const waiverChecks: CheckRoom = {
  id: 'waiver',
  version: 1,
  needs: ['supplement', 'as-of date', 'findings of the other families'],
  gives: ['findings on waivers'],
  checks: { 'waiver/incomplete': incomplete, 'waiver/expired': expired },
  after: { 'waiver/unused': unused },
}
