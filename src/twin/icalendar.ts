import { utcText } from './calendar.ts'

/** One event of a calendar; times are minutes since 1970 UTC. */
export interface Event {
  uid: string
  summary: string
  start: number
  end: number
  status: 'CONFIRMED' | 'CANCELLED'
  sequence: number
  lastModified: number
  organizer: Attendee
  attendees: readonly Attendee[]
}

/** Somebody invited. */
export interface Attendee {
  name: string
  email: string
}

const OCTETS_OF_LINE = 75

/** Events as an iCalendar file (RFC 5545): lines of at most 75 octets that end in CR LF. */
export function calendarText(events: readonly Event[]): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Convenio//Twin//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines(event: Event): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${stamp(event.lastModified)}`,
    `DTSTART:${stamp(event.start)}`,
    `DTEND:${stamp(event.end)}`,
    `SUMMARY:${escaped(event.summary)}`,
    `STATUS:${event.status}`,
    `SEQUENCE:${event.sequence}`,
    `LAST-MODIFIED:${stamp(event.lastModified)}`,
    `ORGANIZER;CN="${event.organizer.name}":mailto:${event.organizer.email}`,
    ...event.attendees.map(({ name, email }) => `ATTENDEE;CN="${name}";ROLE=REQ-PARTICIPANT:mailto:${email}`),
    'END:VEVENT',
  ]
}

function stamp(minutes: number): string {
  return utcText(minutes).replaceAll(/[-:]/g, '')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')
}

/** Folds by octets, never inside a character. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let [result, octets] = ['', 0]
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > OCTETS_OF_LINE) {
      result += '\r\n '
      octets = 1
    }
    result += character
    octets += size
  }
  return result
}
