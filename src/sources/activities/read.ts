import { PARTNER } from '../../evidence/index.ts'
import { type RowGiven, readRows, readTable } from '../reading.ts'
import type { FileReading, ReadRow, RecordFile } from '../room.ts'
import { wholeMonthFacts, wholeMonths, yearInName } from '../whole-months.ts'
import { type Activity, activity, COLUMNS } from './terms.ts'

/** SAC-1 to SAC-5: a ledger of joint activities. */
export function read(file: RecordFile): FileReading {
  const found = readTable(file, COLUMNS)
  if ('refusal' in found) return found.refusal
  const entries: Activity[] = []
  const rows = readRows(found.table.rows, activity, (value) => {
    entries.push(value)
    return activityRead(value, file.receivedAt)
  })
  return { rows: withWholeMonths(rows, entries, file) }
}

function activityRead(value: Activity, receivedAt: string): RowGiven {
  const { Date: date, Activity: name, Status: status, Title: title, Lead: lead, Attendees: attendees } = value
  const counted = attendees !== undefined && /^\d{1,6}$/.test(attendees)
  return {
    quirks: status === 'Held' && date > receivedAt ? [{ code: 'held-in-future', field: 'Date', detail: date }] : [],
    facts: [
      {
        dataset: 'activities',
        key: value['Activity ID'],
        // Planned and postponed are not the last word on an activity; cancelled and held are.
        version: status === 'Held' || status === 'Cancelled' ? '1' : '0',
        from: date,
        to: date,
        values: { activity: name, status: status.toLowerCase(), ...(counted ? { attendees: Number(attendees) } : {}) },
        personal: {
          ...(title ? { title } : {}),
          ...(lead ? { lead } : {}),
          ...(attendees && !counted ? { attendees } : {}),
        },
        owner: PARTNER,
      },
    ],
  }
}

/** SAC-4: a ledger that its name calls a year's is whole for its months, as long as every row of it could be read. */
function withWholeMonths(rows: ReadRow[], entries: readonly Activity[], file: RecordFile): ReadRow[] {
  const year = yearInName(file.name)
  const first = rows[0]
  const isWhole = first && rows.every((row) => row.rejected.length === 0)
  if (year === undefined || !isWhole || entries.some((each) => !each.Date.startsWith(year))) return rows
  const days = (states: readonly string[]): string[] =>
    entries
      .filter((each) => states.includes(each.Status))
      .map((each) => each.Date)
      .sort()
  const months = wholeMonths(year, {
    reached: days(['Held', 'Cancelled'])
      .filter((day) => day <= file.receivedAt)
      .at(-1),
    open: days(['Planned'])[0],
    receivedAt: file.receivedAt,
  })
  return [
    { ...first, facts: [...first.facts, ...wholeMonthFacts('activity-lists', months, PARTNER)] },
    ...rows.slice(1),
  ]
}
