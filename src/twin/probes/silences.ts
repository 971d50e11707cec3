import { type Month, monthsBetween, startOfDay } from '../calendar.ts'
import { faultsWanted } from '../faults.ts'
import { minutesDown } from '../load/outages.ts'
import type { Deployment, World } from '../world.ts'

const SHORTEST_SILENCE_MINUTES = 180
const LONGEST_SILENCE_MINUTES = 2880

/** From `beginsAt` until before `endsAt`, in minutes since 1970. */
export interface Interval {
  beginsAt: number
  endsAt: number
}

/** The part of a local month in which the deployment was in service. */
export function coverage(world: World, deployment: Deployment, month: Month): Interval | undefined {
  const { timeZone } = world.scenario
  const [, first = ''] = [month.first, deployment.liveFrom].sort()
  const [end = ''] = [month.next, deployment.liveTo ?? month.next].sort()
  return first < end ? { beginsAt: startOfDay(timeZone, first), endsAt: startOfDay(timeZone, end) } : undefined
}

/** A time in which a deployment's probe told nothing. */
export interface Silence extends Interval {
  deployment: Deployment
  month: Month
}

/** Silences lie where nothing was down, so that what they hide is nothing but knowledge. */
export function silencesOf(world: World): Silence[] {
  const months = monthsBetween(world.from, world.to)
  const chance = world.chance('probe faults')
  const silences: Silence[] = []
  let open = faultsWanted(world, 'silent-probe')
  for (let attempt = 0; attempt < 500 && open > 0; attempt += 1) {
    const [deployment, month] = [chance.pick(world.deployments), chance.pick(months)]
    const length = chance.whole(SHORTEST_SILENCE_MINUTES, LONGEST_SILENCE_MINUTES)
    const covered = coverage(world, deployment, month)
    if (covered === undefined || covered.endsAt - covered.beginsAt < length + 120) continue
    if (silences.some((each) => each.deployment === deployment && each.month.id === month.id)) continue
    const beginsAt = chance.whole(covered.beginsAt + 60, covered.endsAt - length - 60)
    if (minutesDown(world, deployment, beginsAt - 30, beginsAt + length + 30) > 0) continue
    silences.push({ deployment, month, beginsAt, endsAt: beginsAt + length })
    open -= 1
  }
  return silences.sort((a, b) => a.beginsAt - b.beginsAt || a.deployment.ordinal - b.deployment.ordinal)
}
