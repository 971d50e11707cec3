import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meetings } from '../../src/sources/meetings/index.ts'
import type { ReadFact } from '../../src/sources/room.ts'
import { readingOf } from '../cases/source-setting.ts'

function factsOf(given: string, receivedAt = '2026-07-01'): ReadFact[] {
  const { rows, refused } = readingOf(meetings, { file: 'calendar.ics', given, receivedAt })
  expect(refused).toBeUndefined()
  return (rows ?? []).flatMap((row) => row.facts)
}

const calendar = (events: readonly string[][], end = '\r\n'): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR', ''].join(end)

const day = fc
  .date({ min: new Date('2023-07-01T00:00:00Z'), max: new Date('2026-06-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const summary = fc.constantFrom('QBR', 'Technical meeting', 'Reunión técnica; ñandú, 日本')
const event = fc.record({ day, summary, sequence: fc.nat(12), cancelled: fc.boolean() })

const linesOf = (given: { day: string; summary: string; sequence: number; cancelled: boolean }, at: number) => [
  ...[
    'BEGIN:VEVENT',
    `UID:event-${at}@wom.example`,
    `DTSTART;TZID=America/Santiago:${given.day.replaceAll('-', '')}T100000`,
  ],
  ...[`SUMMARY:${given.summary.replaceAll(/[;,]/g, '\\$&')}`, `SEQUENCE:${given.sequence}`],
  ...[
    `STATUS:${given.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'ATTENDEE;CN="Paz, Luis":mailto:luis@aws.example',
    'END:VEVENT',
  ],
]

describe('calendars', () => {
  test('say the same however their lines are folded and ended, and in whatever order their events stand', () => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.boolean(),
        (given, widths, end, backwards) => {
          const events = given.map(linesOf)
          const facts = factsOf(calendar(events))
          expect(facts.map(({ from, values }) => [from, values.meeting, values.status === 'cancelled'])).toEqual(
            given.map((each) => [each.day, each.summary, each.cancelled]),
          )
          const folded = events.map((lines) =>
            lines.flatMap((line, at) =>
              /^(?:BEGIN|END):/.test(line) ? line : fold(line, widths[at % widths.length] ?? 1, end),
            ),
          )
          const again = factsOf(calendar(backwards ? [...folded].reverse() : folded, end))
          expect(backwards ? again.reverse() : again).toEqual(facts)
        },
      ),
      { seed: 5545, numRuns: 200 },
    )
  })

  // Examples of RFC 5545, 3.8.5.3, with the days that it gives.
  test.each([
    ['DTSTART:19970902T090000', 'FREQ=DAILY;COUNT=3', ['1997-09-02', '1997-09-03', '1997-09-04']],
    ['DTSTART:19970902T090000', 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=3', ['1997-09-02', '1997-09-16', '1997-09-30']],
    [
      'DTSTART:19970905T090000',
      'FREQ=MONTHLY;COUNT=4;BYDAY=1FR',
      ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05'],
    ],
    ['DTSTART:19970922T090000', 'FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', ['1997-09-22', '1997-10-20', '1997-11-17']],
    ['DTSTART:19970928T090000', 'FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3', ['1997-09-28', '1997-10-29', '1997-11-28']],
    [
      'DTSTART:19970610T090000',
      'FREQ=YEARLY;COUNT=4;BYMONTH=6,7',
      ['1997-06-10', '1997-07-10', '1998-06-10', '1998-07-10'],
    ],
    [
      'DTSTART:19970904T090000',
      'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
      ['1997-09-04', '1997-10-07', '1997-11-06'],
    ],
    ['DTSTART;VALUE=DATE:20240229', 'FREQ=YEARLY;COUNT=2;INTERVAL=4', ['2024-02-29', '2028-02-29']],
  ])('%s %s', (start, rule, days) => {
    const lines = ['BEGIN:VEVENT', 'UID:u', 'SUMMARY:QBR', start, `RRULE:${rule}`, 'END:VEVENT']
    expect(factsOf(calendar([lines]), '2030-01-01').map((fact) => fact.from)).toEqual(days)
  })

  test('a series that its rule never meets ends', () => {
    const lines = ['BEGIN:VEVENT', 'UID:u', 'SUMMARY:QBR', 'DTSTART:20240101T100000']
    for (const rule of [
      'FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=9',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
    ])
      expect(factsOf(calendar([[...lines, `RRULE:${rule}`, 'END:VEVENT']])).length).toBeGreaterThan(0)
  })
})

/** Cuts a line after every so many characters, never inside one; what follows begins with a blank. */
function fold(line: string, width: number, end: string): string {
  const characters = [...line]
  const parts: string[] = []
  for (let at = 0; at < characters.length; at += width) parts.push(characters.slice(at, at + width).join(''))
  return parts.join(`${end} `)
}
