import ICAL from 'ical.js'
import { PARTNER } from '../../evidence/index.ts'
import { addDays, type IsoDate } from '../../language/index.ts'
import { refusal } from '../reading.ts'
import type { FileReading, ReadFact, ReadRow, RecordFile, RowFault } from '../room.ts'
import { wholeMonthFacts, wholeMonths, yearInName } from '../whole-months.ts'
import { type Block, blocksOf, headerValue } from './blocks.ts'
import { type CalendarEvent, momentOf, readEvent } from './event.ts'

// A series may have no end: so many days beyond the file's receipt and so many occurrences are told, no more.
const DAYS_AHEAD = 366
const OCCURRENCES_MAX = 2000

interface Reading {
  file: RecordFile
  zone: string | undefined
  cancelled: boolean
  /** Occurrences that an event of their own replaces, by uid. */
  replaced: Map<string, Set<string>>
}

/** SME-1 to SME-6: the events of an iCalendar file (RFC 5545). */
export function readCalendar(file: RecordFile): FileReading {
  const blocks = blocksOf(file.text)
  if (!blocks) return refusal(file.name, 'no-calendar')
  if (blocks.events.length === 0) return refusal(file.name, 'no-events')
  const read = blocks.events.map((block) => ({ block, found: readEvent(block) }))
  const events = read.flatMap(({ found }) => ('event' in found ? [found.event] : []))
  const reading: Reading = {
    file,
    zone: headerValue(blocks, 'X-WR-TIMEZONE'),
    cancelled: headerValue(blocks, 'METHOD')?.toUpperCase() === 'CANCEL',
    replaced: new Map(),
  }
  for (const { uid, instead } of events)
    if (instead) reading.replaced.set(uid, (reading.replaced.get(uid) ?? new Set()).add(instead.toString()))
  const rows = read.map(({ block, found }): ReadRow => {
    const raw = block.lines.join('\n')
    if ('faults' in found) return { row: block.line, facts: [], rejected: found.faults, raw, owner: PARTNER }
    return eventRow(block, raw, found.event, reading)
  })
  return { rows: withWholeMonths(rows, events, file) }
}

function eventRow(block: Block, raw: string, event: CalendarEvent, reading: Reading): ReadRow {
  const quirks: RowFault[] = []
  const times = occurrencesOf(event, reading, quirks)
  const facts = times.map((time) => factOf(event, time, reading))
  const said = new Set<string>()
  // Occurrences of one key, such as a date that a series and RDATE both name, are one.
  const distinct = facts.filter(({ key }) => !said.has(key) && said.add(key))
  return {
    row: block.line,
    facts: distinct,
    rejected: [],
    ...(quirks.length > 0 ? { quirks } : {}),
    raw,
    owner: PARTNER,
  }
}

/** SME-4: the days of a series, without those that are left out or stand as events of their own. */
function occurrencesOf(event: CalendarEvent, reading: Reading, quirks: RowFault[]): ICAL.Time[] {
  if (!event.series || event.instead) return [event.start]
  const until = addDays(reading.file.receivedAt, DAYS_AHEAD)
  const replaced = reading.replaced.get(event.uid)
  const times: ICAL.Time[] = []
  try {
    const expansion = new ICAL.RecurExpansion({ component: event.component, dtstart: event.start })
    for (let at = 0; ; at += 1) {
      if (at === OCCURRENCES_MAX) {
        quirks.push({ code: 'long-series', field: 'RRULE' })
        break
      }
      const next = expansion.next() as ICAL.Time | undefined
      if (!next || next.toString().slice(0, 10) > until) break
      if (!replaced?.has(next.toString())) times.push(next.clone())
    }
  } catch {
    quirks.push({ code: 'unread-series', field: 'RRULE' })
    return times.length > 0 ? times : [event.start]
  }
  if (times.length === 0) quirks.push({ code: 'empty-series', field: 'RRULE' })
  return times
}

function factOf(event: CalendarEvent, time: ICAL.Time, { file, zone, cancelled }: Reading): ReadFact {
  const { uid, meeting, version, series, instead, personal, invited } = event
  const { day, moment } = momentOf(time, event.zone, zone)
  // What a calendar says of a day after it was received is a plan, whatever the status.
  const status = cancelled ? 'cancelled' : (event.status ?? (day > file.receivedAt ? 'planned' : undefined))
  const occurrence = instead ?? (series ? time : undefined)
  return {
    dataset: 'calendar-events',
    key: occurrence ? `${uid} ${occurrence.toString()}` : uid,
    version: `${version}${instead ? ' 1' : ''}`,
    from: day,
    to: day,
    values: {
      meeting,
      uid,
      ...(status ? { status } : {}),
      ...(moment ? { start: moment } : {}),
      ...(occurrence ? { occurrence: occurrence.toString() } : {}),
      ...(series ? { series: version } : {}),
      ...(invited > 0 ? { invited } : {}),
    },
    personal,
    owner: PARTNER,
  }
}

/** SME-8: a calendar that its name calls a year's is whole for the months that were over when it was received or last changed. */
function withWholeMonths(rows: ReadRow[], events: readonly CalendarEvent[], file: RecordFile): ReadRow[] {
  const year = yearInName(file.name)
  const first = rows[0]
  if (year === undefined || !first || rows.some((row) => row.rejected.length > 0)) return rows
  const changes = events.flatMap((each): IsoDate[] => (each.changed ? [each.changed] : []))
  const reached = changes
    .filter((day) => day <= file.receivedAt)
    .sort()
    .at(-1)
  const months = wholeMonths(year, { reached, open: undefined, receivedAt: file.receivedAt })
  return [
    { ...first, facts: [...first.facts, ...wholeMonthFacts('calendar-lists', months, PARTNER)] },
    ...rows.slice(1),
  ]
}
