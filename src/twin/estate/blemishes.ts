import type { Month } from '../calendar.ts'
import { addMonths, monthIndex, monthOf, monthsBetween } from '../calendar.ts'
import { faultsWanted } from '../faults.ts'
import { shuffled } from '../model/names.ts'
import type { Deployment, World } from '../world.ts'

/** What is wrong with the inventory: by deployment and month. */
export interface Blemishes {
  missing: { deployment: Deployment; month: Month }[]
  overPaid: { deployment: Deployment; month: Month; seats: number }[]
  unencrypted: { deployment: Deployment; from: Month; to: Month; resource: string }[]
}

interface Place {
  deployment: Deployment
  month: Month
}

/** Months between two faults of one deployment, so that each shows alone. */
const APART = 6

/** Draws the inventory's planted faults, and none in a month of the growth path. */
export function blemishesOf(world: World, resourcesOf: (deployment: Deployment) => readonly string[]): Blemishes {
  const chance = world.chance('inventory/faults')
  const anchors = new Set(world.scenario.growth.anchors.map((each) => monthOf(each.date).id))
  const months = monthsBetween(world.from, world.to).filter((each) => !anchors.has(each.id))
  const places = months.flatMap((month) =>
    world.deployments
      .filter(
        (each) => each.liveFrom < addMonths(month.first, -1) && (each.liveTo ?? '9999') > addMonths(month.last, 2),
      )
      .map((deployment): Place => ({ deployment, month })),
  )
  const order = shuffled(places, chance)
  const used: Place[] = []
  const isNear = (a: Place, b: Place): boolean =>
    a.deployment === b.deployment && Math.abs(monthIndex(a.month.id) - monthIndex(b.month.id)) < APART
  const take = (kind: string): Place[] => {
    const taken: Place[] = []
    for (const place of order) {
      if (taken.length >= faultsWanted(world, kind)) break
      if (used.some((each) => isNear(each, place))) continue
      used.push(place)
      taken.push(place)
    }
    return taken
  }
  const over = (paid: number): number => Math.max(2, Math.round(paid * (0.03 + 0.12 * chance.next())))
  return {
    missing: take('inventory-missing-instance'),
    overPaid: take('subscribers-over-paid').map((each) => ({
      ...each,
      seats: over(each.deployment.subscribersOn(each.month.last)),
    })),
    unencrypted: take('unencrypted-bucket').map(({ deployment, month }) => ({
      deployment,
      from: month,
      to: monthOf(addMonths(month.first, chance.whole(0, 2))),
      resource: chance.pick(resourcesOf(deployment)),
    })),
  }
}
