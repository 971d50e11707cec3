import { z } from 'zod'
import { addDays, type IsoDate } from '../language/index.ts'
import { addMonths, startOfDay, utcText, weekday, workingDay } from './calendar.ts'
import { faultsWanted, numbered } from './faults.ts'
import { calendarText, type Event } from './icalendar.ts'
import { jsonFile } from './text.ts'
import type { Chance, Output, Part, PartTruth, PlantedFault, World } from './world.ts'

const text = z.string().min(1)
const series = z
  .strictObject({
    /** As the agreement calls it. */
    name: text,
    perYear: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(12)]).optional(),
    everyDays: z.int().min(1).optional(),
    hour: z.int().min(0).max(23),
    minutes: z.int().min(5),
    /** Roles of the provider and of the partner. */
    hosts: z.array(text).min(1),
    guests: z.array(text).min(1),
    about: z.array(text).min(1),
  })
  .refine((terms) => (terms.perYear === undefined) !== (terms.everyDays === undefined), {
    error: 'either perYear or everyDays',
    path: ['perYear'],
  })
const section = z.strictObject({
  hostDomain: text,
  hosts: z.array(z.strictObject({ role: text, first: text, last: text })).min(1),
  series: z.array(series).min(1),
  decisions: z.array(text).min(1),
  actions: z.array(text).min(1),
  actionDays: z.tuple([z.int().min(1), z.int().min(1)]),
  movedShare: z.number().min(0).max(1),
})

type MeetingTerms = z.infer<typeof section>
type Series = MeetingTerms['series'][number]

interface Action {
  id: string
  what: string
  owner: string
  due: IsoDate
  doneOn: IsoDate | null
}

/** A meeting of a series on its day, with what was written about it. */
interface Meeting {
  series: Series
  event: Event
  day: IsoDate
  minutes: { summary: string; decisions: string[]; actions: Action[] } | undefined
}

/** The calendar that both sides keep, and the minutes: one file of each a calendar year, as they stand at the end. */
export const meetings: Part = {
  id: 'meetings',
  section,
  weight: () => 2,
  write: writeMeetings,
}

async function writeMeetings(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const terms = section.parse(world.scenario.parts.meetings)
  const all = terms.series.flatMap((each) => meetingsOf(world, terms, each))
  const faults = spoil(world, all)
  all.sort((a, b) => a.event.start - b.event.start || (a.event.uid < b.event.uid ? -1 : 1))
  const years = [...new Set(all.map((each) => each.day.slice(0, 4)))].sort()
  for (const [at, year] of years.entries()) {
    const own = all.filter((each) => each.day.startsWith(year))
    await output.file(calendarFile(year), calendarText(own.map((each) => each.event)))
    await output.file(minutesFile(year), jsonFile({ minutes: own.flatMap(minutesOf) }))
    progress((at + 1) / years.length)
  }
  const held = terms.series.map(({ name }) => [
    name,
    all.filter((each) => isHeld(each) && each.series.name === name).length,
  ])
  return { totals: { held: Object.fromEntries(held) }, faults: numbered(faults) }
}

function isHeld({ event }: Meeting): boolean {
  return event.status === 'CONFIRMED'
}

/** Days of a series in the run: a fixed number of days apart, or once in each period of the calendar year. */
function daysOf(world: World, { name, perYear, everyDays, hour }: Series): IsoDate[] {
  const days: IsoDate[] = []
  if (everyDays !== undefined) {
    // From one fixed day, so that the same months of two runs meet on the same days.
    const first = addDays('2023-01-02', hour % 5)
    for (let day = first; day < world.to; day = addDays(day, everyDays)) if (day >= world.from) days.push(day)
    return days
  }
  const apart = 12 / (perYear ?? 12)
  for (let start = `${world.from.slice(0, 4)}-01-01`; start < world.to; start = addMonths(start, apart)) {
    const chance = world.chance(`meetings ${name} ${start}`)
    // A quarter is reviewed near its end, a month in its middle.
    const day = workingDay(addDays(addMonths(start, apart - 1), chance.whole(8, 24)))
    if (day >= world.from && day < world.to) days.push(day)
  }
  return days
}

function meetingsOf(world: World, terms: MeetingTerms, own: Series): Meeting[] {
  return daysOf(world, own).map((planned) => {
    const chance = world.chance(`meeting ${own.name} ${planned}`)
    const moved = chance.next() < terms.movedShare && weekday(planned) < 5 ? 1 : 0
    const day = addDays(planned, moved)
    const start = startOfDay(world.scenario.timeZone, day) + own.hour * 60
    const attendees = attendeesOf(world, terms, own, day)
    const changed = startOfDay(world.scenario.timeZone, addDays(planned, -chance.whole(3, 9))) + chance.whole(540, 1080)
    const [organizer] = attendees
    const event: Event = {
      uid: `${chance.uuid()}@${world.scenario.partner.domain}`,
      summary: own.name,
      start,
      end: start + own.minutes,
      status: 'CONFIRMED',
      sequence: moved,
      lastModified: changed,
      organizer: organizer ?? {
        name: world.scenario.partner.name,
        email: `alliances@${world.scenario.partner.domain}`,
      },
      attendees,
    }
    return { series: own, event, day, minutes: written(world, terms, own, event, day, chance) }
  })
}

function attendeesOf(world: World, terms: MeetingTerms, own: Series, day: IsoDate): Event['attendees'] {
  const guests = own.guests.flatMap((role) => {
    const staff = world.people.filter(
      (each) => each.role === role && each.hiredOn <= day && !(each.leftOn && each.leftOn <= day),
    )
    return staff.slice(0, 2).map(({ first, last, email }) => ({ name: `${first} ${last}`, email }))
  })
  const hosts = terms.hosts.filter((each) => own.hosts.includes(each.role))
  const names = hosts.map(({ first, last }) => {
    const mailbox = `${first}.${last}`.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
    return { name: `${first} ${last}`, email: `${mailbox}@${terms.hostDomain}` }
  })
  return [...guests, ...names]
}

function written(
  world: World,
  terms: MeetingTerms,
  own: Series,
  event: Event,
  day: IsoDate,
  chance: Chance,
): NonNullable<Meeting['minutes']> {
  const count = chance.whole(0, 2)
  const actions = Array.from({ length: count }, (_, at): Action => {
    const days = chance.whole(...terms.actionDays)
    const due = workingDay(addDays(day, days))
    const done = addDays(day, Math.max(1, days - chance.whole(2, 6)))
    return {
      id: `${event.uid.slice(0, 8)}-${at + 1}`,
      what: chance.pick(terms.actions),
      owner: event.attendees.length === 0 ? event.organizer.name : chance.pick(event.attendees).name,
      due,
      doneOn: done < world.to ? done : null,
    }
  })
  return {
    summary: `${own.name}: ${chance.pick(own.about)}.`,
    decisions: chance.next() < 0.6 ? [chance.pick(terms.decisions)] : [],
    actions,
  }
}

function spoil(world: World, all: readonly Meeting[]): Omit<PlantedFault, 'id'>[] {
  const faults: Omit<PlantedFault, 'id'>[] = []
  const chance = world.chance('meetings spoiled')
  const open = [...all]
  const some = (kind: string, possible: (meeting: Meeting) => boolean, change: (meeting: Meeting) => void): void => {
    for (let left = faultsWanted(world, kind); left > 0; left -= 1) {
      const fit = open.filter(possible)
      if (fit.length === 0) return
      const meeting = chance.pick(fit)
      open.splice(open.indexOf(meeting), 1)
      change(meeting)
    }
  }
  const fault = (kind: string, { day, event }: Meeting, file: string, more = {}): void => {
    faults.push({ kind, on: day, file, subject: { uid: event.uid, meeting: event.summary, ...more } })
  }
  const any = (): boolean => true
  some('meeting-not-held', any, (meeting) => {
    meeting.event.status = 'CANCELLED'
    meeting.event.sequence += 1
    meeting.minutes = undefined
    fault('meeting-not-held', meeting, calendarFile(meeting.day.slice(0, 4)))
  })
  some('minutes-missing', any, (meeting) => {
    meeting.minutes = undefined
    fault('minutes-missing', meeting, minutesFile(meeting.day.slice(0, 4)))
  })
  const overdue = ({ minutes }: Meeting): boolean =>
    (minutes?.actions ?? []).some((each) => addDays(each.due, 1) < world.to)
  some('action-overdue', overdue, (meeting) => {
    const action = meeting.minutes?.actions.find((each) => addDays(each.due, 1) < world.to)
    if (action === undefined) return
    action.doneOn = null
    fault('action-overdue', meeting, minutesFile(meeting.day.slice(0, 4)), { action: action.id, due: action.due })
  })
  return faults
}

function minutesOf({ event, minutes }: Meeting) {
  if (minutes === undefined) return []
  const { summary, decisions, actions } = minutes
  const attendees = event.attendees.map((each) => each.name)
  const start = utcText(event.start)
  return [{ uid: event.uid, meeting: event.summary, start, held: true, attendees, summary, decisions, actions }]
}

function calendarFile(year: string): string {
  return `meetings/calendar-${year}.ics`
}

function minutesFile(year: string): string {
  return `meetings/minutes-${year}.json`
}
