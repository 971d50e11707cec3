import { monthOf, startOfDay } from './calendar.ts'
import { chanceOf } from './chance.ts'
import { deploymentsOf } from './model/deployments.ts'
import { incidentsOf } from './model/incidents.ts'
import { staffOf } from './model/staff.ts'
import type { Scenario, World } from './world.ts'

/** What a world is made for; months inside the scenario's, both included. */
export interface WorldRequest {
  seed: number
  /** `2023-07`. */
  from: string
  to: string
  scale: number
  contacts?: 'default' | 'full'
}

/**
 * The partner business as it truly is, without a file. The business of the whole scenario is made whatever part of it is
 * asked for, so that the same months of two requests are the same; then what is outside them is left out.
 */
export function makeWorld(scenario: Scenario, { seed, from, to, scale, contacts }: WorldRequest): World {
  const start = monthOf(from).first
  const end = monthOf(to).next
  const all = deploymentsOf(scenario, seed, scale)
  const deployments = all.filter((each) => each.liveFrom < end && (each.liveTo === undefined || each.liveTo > start))
  const kept = new Set(deployments)
  const customers = all
    .filter((each) => kept.has(each) || (each.liveFrom >= end && each.customer.signedOn < end))
    .map((each) => each.customer)
  const [first, last] = [startOfDay(scenario.timeZone, start), startOfDay(scenario.timeZone, end)]
  const incidents = incidentsOf(scenario, seed, all).filter(
    (each) => kept.has(each.deployment) && each.beginsAt >= first && each.beginsAt + each.outageMinutes < last,
  )
  const people = staffOf(scenario, seed).filter((each) => each.hiredOn < end)
  return {
    scenario,
    seed,
    from: start,
    to: end,
    scale,
    customers,
    deployments,
    people,
    incidents,
    ...(contacts === undefined ? {} : { contacts }),
    chance: (purpose) => chanceOf(seed, purpose),
  }
}
