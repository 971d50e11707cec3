import type { FileReading, RecordFile } from '../room.ts'
import { readCalendar } from './calendar.ts'
import { readMinutes } from './minutes.ts'

/** A calendar, or minutes. */
export function read(file: RecordFile): FileReading {
  return /^\s*[[{]/.test(file.text) ? readMinutes(file) : readCalendar(file)
}
