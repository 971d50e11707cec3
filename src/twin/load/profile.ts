import type { Chance, Deployment, World } from '../world.ts'

/** What is particular to one deployment's customers and agents; it stays the same for all days. */
export interface Profile {
  /** Contacts begun by customers for each seat on an average day. */
  arrivalsPerSeat: number
  /** Share of the day's arrivals by local hour; they add up to 1. */
  byHour: readonly number[]
  /** Takes contacts at night too. */
  allHours: boolean
  chatShare: number
  selfServedShare: number
  abandonShare: number
  transferShare: number
  callbackShare: number
  /** Share answered in time on a quiet day. */
  promptShare: number
  talkSeconds: number
  chatSeconds: number
  /** Share of the seats at work on a weekday. */
  attendance: number
  queues: number
}

const OFFICE_HOURS = [
  ...[0, 0, 0, 0, 0, 0, 0, 0.2, 3.6, 8.6, 10.8, 11.2, 9.9, 7.6, 7.2, 8.4, 9.1, 9.0, 6.6, 4.1, 2.2, 1.0, 0, 0],
]
const ALL_HOURS = [
  ...[0.9, 0.6, 0.4, 0.3, 0.4, 0.7, 1.4, 3.0, 5.4, 7.6, 8.6, 8.8, 8.0, 6.9, 6.6, 6.9, 7.0, 6.8, 5.9, 4.6, 3.5, 2.7],
  ...[1.8, 1.3],
]
const profiles = new WeakMap<World, Map<string, Profile>>()

/** The deployment's character, drawn once. */
export function profileOf(world: World, deployment: Deployment): Profile {
  const known = profiles.get(world) ?? new Map<string, Profile>()
  profiles.set(world, known)
  const made = known.get(deployment.alias)
  if (made !== undefined) return made
  const profile = drawProfile(world.chance(`load profile ${deployment.alias}`))
  known.set(deployment.alias, profile)
  return profile
}

function drawProfile(chance: Chance): Profile {
  const between = (low: number, high: number): number => low + (high - low) * chance.next()
  const allHours = chance.next() < 0.25
  const weights = (allHours ? ALL_HOURS : OFFICE_HOURS).map((weight) => weight * between(0.85, 1.15))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return {
    arrivalsPerSeat: between(7.4, 9.2),
    byHour: weights.map((weight) => weight / sum),
    allHours,
    chatShare: chance.next() < 0.65 ? between(0.1, 0.32) : 0,
    selfServedShare: between(0.13, 0.24),
    abandonShare: between(0.03, 0.07),
    transferShare: between(0.04, 0.1),
    callbackShare: between(0.004, 0.02),
    promptShare: between(0.74, 0.9),
    talkSeconds: between(215, 320),
    chatSeconds: between(420, 640),
    attendance: between(0.4, 0.52),
    queues: chance.whole(3, 7),
  }
}
