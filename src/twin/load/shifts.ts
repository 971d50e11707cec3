import type { IsoDate } from '../../language/index.ts'
import type { Deployment, World } from '../world.ts'
import { apportion } from './apportion.ts'
import { BOUNDS, type DrawnDay, drawDay } from './draw-day.ts'
import { type Profile, profileOf } from './profile.ts'

/** One agent's time logged in on a day; seconds since 1970. */
export interface Shift {
  /** Position of the agent in the instance. */
  agent: number
  beginsAt: number
  endsAt: number
}

/** The shifts of a local day in order of login; as many, and together as long, as the day's load says. */
export function shiftsOf(world: World, deployment: Deployment, day: IsoDate): Shift[] {
  const drawn = drawDay(world, deployment, day)
  return drawn === undefined ? [] : shiftsOfDrawn(world, deployment, drawn)
}

/** The same, of a day already drawn. */
export function shiftsOfDrawn(world: World, deployment: Deployment, drawn: DrawnDay): Shift[] {
  const { agentsOnline, loginSeconds, clock, day } = drawn
  const chance = world.chance(`shifts ${deployment.alias} ${day}`)
  const profile = profileOf(world, deployment)
  const seats = deployment.subscribersOn(day)
  const lengths = apportion(
    loginSeconds,
    Array.from({ length: agentsOnline }, () => 0.6 + chance.next()),
    ...BOUNDS.login,
  )
  const shifts: Shift[] = []
  let open = agentsOnline
  for (let agent = 0; agent < seats && open > 0; agent += 1) {
    if (chance.next() * (seats - agent) >= open) continue
    open -= 1
    const length = lengths[open] ?? 0
    const middle = clock.beginsAt + busyHour(profile, chance.next(), clock.hours.length) * 3600 + chance.whole(0, 3599)
    const latest = clock.endsAt - length - 1
    const beginsAt = Math.min(latest, Math.max(clock.beginsAt, middle - Math.floor(length / 2)))
    shifts.push({ agent, beginsAt, endsAt: beginsAt + length })
  }
  return shifts.sort((a, b) => a.beginsAt - b.beginsAt || a.agent - b.agent)
}

/** An hour of the day, likelier the busier it is. */
function busyHour(profile: Profile, draw: number, hours: number): number {
  let sum = 0
  for (const [hour, share] of profile.byHour.entries()) {
    sum += share
    if (draw < sum) return Math.min(hour, hours - 1)
  }
  return Math.min(12, hours - 1)
}
