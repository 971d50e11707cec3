import { hasKeys } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { derive } from './held.ts'
import { read } from './read.ts'

/** Calendars and minutes of the meetings between the parties. */
export const meetings: RecordSource = {
  id: 'meetings',
  version: 1,
  store: 'records',
  gives: ['meetings', 'actions', 'calendar-events', 'calendar-lists', 'action-notes'],
  grade: 'reported',
  order: 5,
  recognise: (file) => /^\s*BEGIN:VCALENDAR\s/i.test(file.text) || hasKeys(file, 'minutes', 'meeting', 'held'),
  read,
  derive,
}
