import { hasKeys } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { isEmptyMonth, read } from './read.ts'

/** Incidents and their work notes, as ServiceNow's Table API gives them. */
export const incidents: RecordSource = {
  id: 'incidents',
  version: 1,
  store: 'records',
  gives: ['incidents', 'incident-timelines'],
  grade: 'reported',
  order: 5,
  recognise: (file) =>
    hasKeys(file, 'sys_id', 'opened_at', 'priority') ||
    hasKeys(file, 'sys_id', 'element_id', 'sys_created_on') ||
    isEmptyMonth(file),
  read,
}
