import { z } from 'zod'
import { addDays, type IsoDate } from '../language/index.ts'
import { addMonths, weekday } from './calendar.ts'
import { faultsWanted, numbered } from './faults.ts'
import { csvLine, filled } from './text.ts'
import type { Output, Part, PartTruth, PlantedFault, World } from './world.ts'

const section = z.strictObject({
  series: z
    .array(
      z.strictObject({
        /** As the agreement calls it. */
        name: z.string().min(1),
        lead: z.string().min(1),
        perYear: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(12)]),
        firstMonth: z.int().min(1).max(12),
        titles: z.array(z.string().min(1)).min(1),
        attendees: z.tuple([z.int().min(1), z.int().min(1)]),
      }),
    )
    .min(1),
})

type Series = z.infer<typeof section>['series'][number]

/** One activity on its day. */
interface Activity {
  id: string
  series: Series
  date: IsoDate
  title: string
  attendees: number
  status: 'Held' | 'Cancelled' | 'Planned'
}

const HEADING = csvLine(['Activity ID', 'Date', 'Activity', 'Title', 'Lead', 'Status', 'Attendees'])

/** Joint activities of partner and provider, one list a calendar year. */
export const activities: Part = {
  id: 'activities',
  section,
  weight: () => 1,
  write: writeActivities,
}

async function writeActivities(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const terms = section.parse(world.scenario.parts.activities)
  const first = Number(world.from.slice(0, 4))
  const last = Number(addDays(world.to, -1).slice(0, 4))
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const planned = years.flatMap((year) => terms.series.flatMap((series) => yearOf(world, series, year)))
  const faults = cancelSome(world, planned)
  for (const [at, year] of years.entries()) {
    const rows = planned
      .filter((each) => each.date.startsWith(`${year}-`) && world.from <= each.date)
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    await output.file(fileOf(String(year)), HEADING + rows.map(rowOf).join(''))
    progress((at + 1) / years.length)
  }
  const held = planned.filter((each) => each.status === 'Held' && world.from <= each.date)
  const byName = terms.series.map(({ name }) => [name, held.filter((each) => each.series.name === name).length])
  return { totals: { held: Object.fromEntries(byName) }, faults: numbered(faults) }
}

function yearOf(world: World, series: Series, year: number): Activity[] {
  const chance = world.chance(`activities ${series.name} ${year}`)
  return Array.from({ length: series.perYear }, (_, at): Activity => {
    const start = addMonths(`${year}-${String(series.firstMonth).padStart(2, '0')}-01`, (at * 12) / series.perYear)
    const date = onWorkday(addDays(start, chance.whole(4, 24)))
    const [few, many] = series.attendees
    const attendees = chance.whole(few, many)
    return {
      id: `ACT-${year}-${initials(series.name)}${String(at + 1).padStart(2, '0')}`,
      series,
      date,
      title: filled(chance.pick(series.titles), { year, n: at + 1 }),
      attendees,
      status: date < world.to ? 'Held' : 'Planned',
    }
  })
}

function onWorkday(day: IsoDate): IsoDate {
  return weekday(day) > 5 ? addDays(day, 8 - weekday(day)) : day
}

/** Cancelled ones are not made up for: the count of their period stays short. */
function cancelSome(world: World, planned: readonly Activity[]): Omit<PlantedFault, 'id'>[] {
  const chance = world.chance('activities cancelled')
  const open = planned.filter((each) => world.from <= each.date && each.date < world.to)
  const faults: Omit<PlantedFault, 'id'>[] = []
  for (let left = faultsWanted(world, 'activity-cancelled'); left > 0 && open.length > 0; left -= 1) {
    const [activity] = open.splice(chance.whole(0, open.length - 1), 1)
    if (activity === undefined) break
    activity.status = 'Cancelled'
    faults.push({
      kind: 'activity-cancelled',
      on: activity.date,
      file: fileOf(activity.date.slice(0, 4)),
      subject: { activity: activity.id, name: activity.series.name },
    })
  }
  return faults
}

function rowOf({ id, date, series, title, status, attendees }: Activity): string {
  return csvLine([id, date, series.name, title, series.lead, status, status === 'Held' ? attendees : ''])
}

function fileOf(year: string): string {
  return `activities/activities-${year}.csv`
}

function initials(name: string): string {
  return name
    .split(' ')
    .map((word) => word[0])
    .join('')
    .toUpperCase()
}
