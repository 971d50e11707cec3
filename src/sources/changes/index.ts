import { hasKeys } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { read } from './read.ts'

/** Changes and how they ended, as ServiceNow's Table API gives them. */
export const changes: RecordSource = {
  id: 'changes',
  version: 1,
  store: 'records',
  gives: ['changes'],
  grade: 'reported',
  order: 5,
  recognise: (file) => hasKeys(file, 'sys_id', 'close_code', 'start_date', 'end_date'),
  read,
}
