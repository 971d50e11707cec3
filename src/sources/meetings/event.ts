import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { isIsoDate } from '../../language/index.ts'
import { cellDetail } from '../input-row.ts'
import type { RowFault } from '../room.ts'
import type { Block } from './blocks.ts'
import { EVENT_STATES } from './terms.ts'

/** One event of a calendar, typed as far as meetings need it. */
export interface CalendarEvent {
  uid: string
  meeting: string
  status?: 'planned' | 'cancelled'
  /** Which telling is newer: its sequence, then when it was changed. */
  version: string
  changed?: string
  start: ICAL.Time
  /** The zone that DTSTART names. */
  zone?: string
  /** Set when it changes a single occurrence of a series. */
  instead?: ICAL.Time
  series: boolean
  component: ICAL.Component
  personal: Record<string, string>
  invited: number
}

/** An event, or why there is none. */
export type EventRead = { event: CalendarEvent } | { faults: RowFault[] }

/** SME-2, SME-6: reads one event; whatever is wrong with it is told with the name of its property. */
export function readEvent(block: Block): EventRead {
  if (block.broken) return { faults: [{ code: block.broken, field: 'VEVENT' }] }
  const lines = unfolded(block.lines)
  const faults = propertyFaults(lines)
  if (faults.length > 0) return { faults }
  try {
    return typed(new ICAL.Component(ICAL.parse(lines.filter((line) => line.trim() !== '').join('\r\n')) as unknown[]))
  } catch {
    return { faults: [{ code: 'calendar-broken', field: 'VEVENT' }] }
  }
}

const MOMENTS = new Set(['dtstart', 'dtend', 'recurrence-id', 'exdate', 'rdate', 'last-modified', 'dtstamp', 'created'])

/** Every line by itself, because a parser stops at the first that it cannot read. */
function propertyFaults(lines: readonly string[]): RowFault[] {
  const faults: RowFault[] = []
  for (const line of lines) {
    if (line.trim() === '') continue
    if (/^(?:BEGIN|END):/i.test(line)) continue
    const field = /^[A-Za-z][A-Za-z0-9-]*/.exec(line)?.[0].toUpperCase() ?? ''
    try {
      const property = ICAL.Property.fromString(line)
      const moments = MOMENTS.has(property.name) && property.type !== 'period' ? property.getValues() : []
      if (property.name === 'rrule') property.getFirstValue()
      // The parser makes nothing of a sequence that is no number.
      if (property.name === 'sequence' && !/:\d{1,9}\s*$/.test(line))
        faults.push({
          code: 'not-a-whole-number',
          field,
          detail: cellDetail(line.slice(line.indexOf(':') + 1), 'word'),
        })
      const bad = moments.some((_, at) => !isMoment(String((property.jCal as unknown[])[3 + at])))
      if (bad)
        faults.push({
          code: 'not-a-moment',
          field,
          detail: cellDetail(line.slice(line.lastIndexOf(':') + 1), 'figure'),
        })
    } catch {
      faults.push({ code: 'calendar-broken', field })
    }
  }
  return faults
}

// The parser makes a day of 2025 out of the 45th of a 13th month; only what is written is a day.
function isMoment(text: string): boolean {
  const [, date = '', time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})Z?)?$/.exec(text) ?? []
  return (
    isIsoDate(date) &&
    date >= '1900-01-01' &&
    date <= '2199-12-31' &&
    (!time || /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time))
  )
}

/** RFC 5545, 3.1: a line that begins with a blank continues the one before. */
function unfolded(lines: readonly string[]): string[] {
  const whole: string[] = []
  for (const line of lines) {
    if (/^[ \t]/.test(line) && whole.length > 0) whole[whole.length - 1] += line.slice(1)
    else whole.push(line)
  }
  return whole
}

function typed(component: ICAL.Component): EventRead {
  const said = (name: string): string => String(component.getFirstPropertyValue(name) ?? '').trim()
  const start = component.getFirstPropertyValue('dtstart')
  const instead = component.getFirstPropertyValue('recurrence-id')
  const [status, sequence] = [said('status').toUpperCase(), said('sequence') || '0']
  const faults: RowFault[] = ['uid', 'summary', 'dtstart']
    .filter((name) => said(name) === '')
    .map((name) => ({ code: 'missing', field: name.toUpperCase() }))
  if (status !== '' && !(status in EVENT_STATES))
    faults.push({ code: 'unknown-word', field: 'STATUS', detail: cellDetail(status, 'word') })
  if (faults.length > 0 || !(start instanceof ICAL.Time)) return { faults }
  const changed = ['last-modified', 'dtstamp'].map((name) => component.getFirstPropertyValue(name)).find(isTime)
  const zone = component.getFirstProperty('dtstart')?.getFirstParameter('tzid')
  const standing = EVENT_STATES[(status || 'CONFIRMED') as keyof typeof EVENT_STATES]
  const series = ['rrule', 'rdate'].some((name) => component.hasProperty(name))
  return {
    event: {
      uid: said('uid'),
      meeting: said('summary').replace(/\s+/g, ' '),
      ...(standing ? { status: standing } : {}),
      version: `${sequence.padStart(9, '0')} ${changed?.toString() ?? ''}`,
      ...(changed ? { changed: changed.toString().slice(0, 10) } : {}),
      start,
      ...(zone ? { zone } : {}),
      ...(isTime(instead) ? { instead } : {}),
      series,
      component,
      ...people(component),
    },
  }
}

function isTime(value: unknown): value is ICAL.Time {
  return value instanceof ICAL.Time
}

/** SME-5: names, addresses and free words, to be sealed; rooms and those who declined are not invited persons. */
function people(component: ICAL.Component): Pick<CalendarEvent, 'personal' | 'invited'> {
  const named = (property: ICAL.Property): string => {
    const address = String(property.getFirstValue()).replace(/^mailto:/i, '')
    const name = property.getFirstParameter('cn')
    return name ? `${name} <${address}>` : address
  }
  const attendees = component
    .getAllProperties('attendee')
    .filter((each) => !/^(?:ROOM|RESOURCE)$/i.test(each.getFirstParameter('cutype') ?? ''))
    .filter((each) => !/^DECLINED$/i.test(each.getFirstParameter('partstat') ?? ''))
  const organizer = component.getFirstProperty('organizer')
  const personal: Record<string, string> = {}
  if (attendees.length > 0) personal.attendees = attendees.map(named).join('; ')
  if (organizer) personal.organizer = named(organizer)
  for (const name of ['description', 'location', 'comment']) {
    const text = String(component.getFirstPropertyValue(name) ?? '').trim()
    if (text !== '') personal[name] = text
  }
  return { personal, invited: attendees.length }
}

/** When something takes place: the day on the clocks of `own`, else of the calendar's `zone`, and the moment in UTC when one is known. */
export function momentOf(
  time: ICAL.Time,
  own: string | undefined,
  zone: string | undefined,
): { day: string; moment?: string } {
  const written = time.toString()
  const day = written.slice(0, 10)
  if (time.isDate) return { day }
  const local = written.replace(/Z$/, '')
  const isUtc = written.endsWith('Z')
  try {
    if (isUtc) {
      const instant = Temporal.Instant.from(`${local}Z`)
      const there = zone === undefined ? day : instant.toZonedDateTimeISO(zone).toPlainDate().toString()
      return { day: there, moment: instant.toString() }
    }
    const place = own ?? zone
    if (place === undefined) return { day }
    return { day, moment: Temporal.PlainDateTime.from(local).toZonedDateTime(place).toInstant().toString() }
  } catch {
    // A zone that only its own calendar knows: the day is written all the same.
    return { day, ...(isUtc ? { moment: `${local}Z` } : {}) }
  }
}
