import { z } from 'zod'
import { addDays, daysBetween, type IsoDate } from '../../language/index.ts'
import { localDay, type Month, monthsBetween, startOfDay } from '../calendar.ts'
import { dayNumberOf } from '../load/calendar.ts'
import type { Deployment, World } from '../world.ts'

const DAY = 86_400

/** Numbers of the part at `parts.contacts` of the scenario. */
export const contactsSection = z
  .strictObject({
    /** Whose contact records are delivered: so many of the smallest deployments. */
    deployments: z.int().min(0).default(3),
    /** The last so many months … */
    months: z.int().min(0).default(2),
    /** … and these. */
    alsoMonths: z.array(z.string().regex(/^\d{4}-\d{2}$/)).default([]),
    /** Records of so many minutes share a file. */
    minutesPerFile: z.int().min(5).max(1440).default(480),
  })
  .prefault({})

/** The part's numbers of a world. */
export function contactNumbers(world: World): z.infer<typeof contactsSection> {
  return contactsSection.parse(world.scenario.parts.contacts)
}

/** The months whose contact records are delivered. */
export function deliveredMonths(world: World): Month[] {
  const months = monthsBetween(world.from, world.to)
  if (world.contacts === 'full') return months
  const { months: last, alsoMonths } = contactNumbers(world)
  return months.filter((month, at) => at >= months.length - last || alsoMonths.includes(month.id))
}

/** A local day, or the part of it, whose contacts are delivered. */
export interface DeliveredDay {
  day: IsoDate
  /** Seconds since 1970 between which the contacts begin. */
  since: number
  until: number
  /** Nothing is delivered of the day after. */
  isLast: boolean
}

/**
 * The days whose contacts are delivered: the months by local time, and by UTC as well, so that they can be held against
 * both the business's months and the bill's.
 */
export function deliveredDays(world: World): DeliveredDay[] {
  const { timeZone } = world.scenario
  const months = deliveredMonths(world)
  const bounds = months.flatMap(({ first, next }) => [
    { from: startOfDay(timeZone, first) * 60, to: startOfDay(timeZone, next) * 60 },
    { from: dayNumberOf(first) * DAY, to: dayNumberOf(next) * DAY },
  ])
  const ranges: { from: number; to: number }[] = []
  for (const { from, to } of bounds.sort((a, b) => a.from - b.from)) {
    const last = ranges.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else ranges.push({ from, to })
  }
  return ranges.flatMap(({ from, to }) => {
    const first = localDay(timeZone, from / 60)
    const count = daysBetween(first, localDay(timeZone, to / 60 - 1)) + 1
    return Array.from({ length: count }, (_, at) => ({
      day: addDays(first, at),
      since: from,
      until: to,
      isLast: at === count - 1,
    }))
  })
}

/**
 * The deployments whose contact records are delivered: the smallest that serve through all of those months, by turns
 * one whose stream sets newlines and one whose stream does not.
 */
export function deliveredDeployments(world: World): Deployment[] {
  if (world.contacts === 'full') return [...world.deployments]
  const { deployments: wanted } = contactNumbers(world)
  const months = deliveredMonths(world)
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return []
  const always = world.deployments.filter((each) => each.subscribersOn(first.first) > 0 && isLive(each, last.last))
  const sometimes = world.deployments.filter((each) => !always.includes(each) && isLive(each, last.last))
  const bySize = (a: Deployment, b: Deployment): number =>
    a.subscribersOn(last.last) - b.subscribersOn(last.last) || a.ordinal - b.ordinal
  const candidates = [...always.sort(bySize), ...sometimes.sort(bySize)]
  const turns = [candidates.filter(hasNewlines), candidates.filter((each) => !hasNewlines(each))]
  return Array.from({ length: wanted }, (_, at) => turns[at % 2]?.shift() ?? turns[1 - (at % 2)]?.shift())
    .filter((each) => each !== undefined)
    .sort((a, b) => a.ordinal - b.ordinal)
}

function isLive(deployment: Deployment, day: string): boolean {
  return deployment.subscribersOn(day) > 0
}

/** Whether a deployment's streams set a newline after each record; about half do not. */
export function hasNewlines(deployment: Deployment): boolean {
  return deployment.ordinal % 2 === 0
}
