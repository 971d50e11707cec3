import { hasColumns } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { derive } from './lists.ts'
import { read } from './read.ts'

/** The ledger of joint activities. */
export const activities: RecordSource = {
  id: 'activities',
  version: 1,
  store: 'records',
  gives: ['activities', 'activity-lists'],
  grade: 'reported',
  order: 5,
  recognise: (file) => hasColumns(file, 'Activity ID', 'Activity', 'Date', 'Status'),
  read,
  derive,
}
