import { addDays, daysBetween, type IsoDate } from '../../language/index.ts'
import { monthIndex, monthsBetween, workingDay } from '../calendar.ts'
import type { Chance, Scenario } from '../world.ts'
import { shuffled } from './names.ts'
import { type PathPoint, scaledPath, scaledSeats, shareOut } from './path.ts'

/** A deployment as the growth path has it, before it gets a customer. */
export interface Course {
  liveFrom: IsoDate
  liveTo?: IsoDate
  workforce: boolean
  quality: boolean
  /** Size beside the others. */
  weight: number
  /** Seats by month index; months outside the service count for nothing. */
  seats: Map<number, number>
}

/** Days before the scenario over which the first deployments went live. */
const HISTORY_DAYS = 640
/** Nobody leaves who has not been served so long. */
const LOYAL_DAYS = 150

type Sized = (ordinal: number) => number

/** All deployments of a scenario in order of going live, with seats whose sums meet every anchor exactly. */
export function coursesOf(scenario: Scenario, scale: number, chance: Chance, sizeOf: Sized): Course[] {
  const path = scaledPath(scenario.growth, scale)
  const courses: Course[] = []
  path.forEach((point, at) => {
    const before = path[at - 1]
    const { leavers, joiners } = before
      ? interval(courses, before, point, chance)
      : { leavers: [], joiners: firstDates(scenario, point.deployments, chance) }
    for (const { course, liveTo } of leavers) course.liveTo = liveTo
    const joined = joiners.map((liveFrom, n): Course => {
      const weight = sizeOf(courses.length + n)
      return { liveFrom, workforce: false, quality: false, weight, seats: new Map() }
    })
    const survivors = courses.filter((each) => isLive(each, point.date))
    mark('workforce', point.workforce, survivors, joined, chance)
    mark('quality', point.quality, survivors, joined, chance)
    courses.push(...joined)
  })
  fillSeats(courses, path, scenario, scale)
  return courses
}

function isLive(course: Course, day: IsoDate): boolean {
  return course.liveFrom <= day && (course.liveTo === undefined || course.liveTo > day)
}

function firstDates(scenario: Scenario, count: number, chance: Chance): IsoDate[] {
  const start = `${scenario.from}-01`
  const dates = spread(count, HISTORY_DAYS, chance).map((days) => workingDay(addDays(start, days - HISTORY_DAYS)))
  return dates.sort()
}

/** So many whole numbers from 0 up to `length`, spread over it without clumping. */
function spread(count: number, length: number, chance: Chance): number[] {
  return Array.from({ length: count }, (_, at) => Math.floor(((at + chance.next()) / count) * length))
}

interface Interval {
  leavers: { course: Course; liveTo: IsoDate }[]
  joiners: IsoDate[]
}

function interval(courses: readonly Course[], before: PathPoint, point: PathPoint, chance: Chance): Interval {
  const live = courses.filter((each) => isLive(each, before.date))
  const loyal = live.filter((each) => addDays(each.liveFrom, LOYAL_DAYS) <= before.date)
  const from = addDays(before.date, 1)
  const joined = point.deployments - before.deployments + point.left
  const ends = monthsBetween(from, point.date).map((each) => each.next)
  const usable = ends.filter((each) => each <= point.date)
  let leaving: Course[] = []
  for (let attempt = 0; attempt < 500; attempt += 1) {
    leaving = shuffled(loyal.length >= point.left ? loyal : live, chance).slice(0, point.left)
    if (fits(live, leaving, point, joined)) break
  }
  const leavers = leaving.map((course) => ({ course, liveTo: usable.length > 0 ? chance.pick(usable) : from }))
  const length = daysBetween(from, point.date) + 1
  const joiners = spread(joined, length, chance).map((days) => {
    const day = addDays(from, days)
    const moved = workingDay(day)
    return moved < from ? day : moved
  })
  return { leavers, joiners: joiners.sort() }
}

/** Whether those who stay and those who join can have exactly as many of each extra as the path says. */
function fits(live: readonly Course[], leaving: readonly Course[], point: PathPoint, joined: number): boolean {
  return (['workforce', 'quality'] as const).every((kind) => {
    const staying = live.filter((each) => each[kind] && !leaving.includes(each)).length
    return point[kind] >= staying && point[kind] - staying <= joined
  })
}

// Larger customers take the extras more often.
function mark(
  kind: 'workforce' | 'quality',
  wanted: number,
  survivors: readonly Course[],
  joined: readonly Course[],
  chance: Chance,
): void {
  const missing = wanted - survivors.filter((each) => each[kind]).length
  const drawn = joined.map((course) => ({ course, eagerness: course.weight * chance.lognormal(1, 0.7) }))
  drawn.sort((a, b) => b.eagerness - a.eagerness)
  for (const { course } of drawn.slice(0, Math.max(0, missing))) course[kind] = true
}

function fillSeats(courses: readonly Course[], path: readonly PathPoint[], scenario: Scenario, scale: number): void {
  const { ramp } = scenario.growth
  const bounds = scaledSeats(scenario.growth, scale)
  const grown = (course: Course, month: number): number => {
    const age = month - monthIndex(course.liveFrom)
    return Math.min(1, ramp.share + ((1 - ramp.share) * Math.max(0, age)) / ramp.months)
  }
  path.forEach((point, at) => {
    const live = courses.filter((each) => isLive(each, point.date))
    const month = monthIndex(point.date)
    const weights = live.map((each) => each.weight * grown(each, month))
    const shares = shareOut(point.subscribers, weights, bounds)
    live.forEach((course, n) => {
      const seats = shares[n] ?? 0
      const before = path[at - 1]
      const begin = monthIndex(course.liveFrom)
      const known = before && course.seats.get(monthIndex(before.date))
      const start = known !== undefined && before ? monthIndex(before.date) : begin
      for (let each = start; each < month; each += 1) {
        const value =
          known === undefined
            ? (seats * grown(course, each)) / grown(course, month)
            : known + ((seats - known) * (each - start)) / (month - start)
        course.seats.set(each, Math.max(1, Math.round(value)))
      }
      course.seats.set(month, seats)
    })
  })
  for (const course of courses) carryOn(course, path)
}

// Who leaves keeps the seats of the last anchor until then; who came and went between two anchors never exists.
function carryOn(course: Course, path: readonly PathPoint[]): void {
  const last = Math.max(...course.seats.keys())
  const seats = course.seats.get(last) ?? 1
  const end = monthIndex(course.liveTo ?? path.at(-1)?.date ?? course.liveFrom)
  for (let month = last + 1; month <= end + 1; month += 1) course.seats.set(month, seats)
}
