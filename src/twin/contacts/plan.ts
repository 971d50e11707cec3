import { addDays, type IsoDate } from '../../language/index.ts'
import { monthOf } from '../calendar.ts'
import { faultsWanted } from '../faults.ts'
import type { Deployment, World } from '../world.ts'
import { deliveredDeployments, deliveredMonths } from './delivered.ts'

/** Faults that contact records can have. */
export const CONTACT_FAULTS = [
  'double-delivered-contact',
  'contact-billed-to-wrong-customer',
  'contact-never-billed',
  'late-contact',
  'broken-record',
] as const

/** One of CONTACT_FAULTS. */
export type ContactFault = (typeof CONTACT_FAULTS)[number]

/** Latest delivery after the end of a month whose bill is closed. */
export const LATEST_AFTER_MONTH_DAYS = 20

/** At most one fault for each deployment and day, so that each shows alone. */
export function plannedFaults(world: World): Map<string, ContactFault> {
  const plan = new Map<string, ContactFault>()
  const deployments = deliveredDeployments(world)
  const months = deliveredMonths(world)
  if (deployments.length === 0 || months.length === 0) return plan
  const chance = world.chance('contact faults')
  // A month whose bill was closed long enough before the end for something to come after it.
  const closed = months.filter((month) => addDays(month.last, LATEST_AFTER_MONTH_DAYS + 1) < world.to)
  for (const kind of CONTACT_FAULTS) {
    const among = kind === 'contact-never-billed' && closed.length > 0 ? closed : months
    let open = faultsWanted(world, kind)
    for (let attempt = 0; attempt < 400 && open > 0; attempt += 1) {
      const deployment = chance.pick(deployments)
      const month = chance.pick(among)
      const day = addDays(month.first, chance.whole(0, month.days - 1))
      const key = keyOf(deployment, day)
      if (plan.has(key) || deployment.subscribersOn(day) === 0) continue
      plan.set(key, kind)
      open -= 1
    }
  }
  return plan
}

/** Key of a deployment's day in the plan. */
export function keyOf(deployment: Deployment, day: IsoDate): string {
  return `${deployment.alias} ${day}`
}

/** First day of the month after. */
export function monthAfter(day: IsoDate): IsoDate {
  return monthOf(day).next
}
