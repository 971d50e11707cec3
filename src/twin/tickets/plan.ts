import { faultsWanted } from '../faults.ts'
import { minutesDown } from '../load/outages.ts'
import { silencesOf } from '../probes/silences.ts'
import type { Chance, TrueIncident, World } from '../world.ts'
import type { Report } from './incidents.ts'

/** Faults that an incident's ticket can have. */
export const TICKET_FAULTS = [
  'outage-without-ticket',
  'change-without-record',
  'failed-change-closed-successful',
  'slow-resolution',
  'ticket-reopened',
] as const

/** One of TICKET_FAULTS. */
export type TicketFault = (typeof TICKET_FAULTS)[number]

const SHORTEST_OUTAGE_MINUTES = 3
const MARGIN_MINUTES = 6 * 1440

/** Which incident gets which fault; each at most one. */
export function plannedFaults(world: World): Map<TrueIncident, TicketFault> {
  const plan = new Map<TrueIncident, TicketFault>()
  const chance = world.chance('ticket faults')
  // What begins in the last days may not be over at the end of the run.
  const latest = Date.parse(`${world.to}T00:00:00Z`) / 60_000 - MARGIN_MINUTES
  const incidents = world.incidents.filter((each) => each.beginsAt < latest)
  for (const fault of TICKET_FAULTS) {
    for (let open = faultsWanted(world, fault); open > 0; open -= 1) {
      const free = incidents.filter((each) => !plan.has(each) && suits(fault, each))
      if (free.length === 0) break
      plan.set(chance.pick(free), fault)
    }
  }
  return plan
}

function suits(fault: TicketFault, { outageMinutes, priority }: TrueIncident): boolean {
  if (fault === 'ticket-reopened') return outageMinutes === 0
  if (fault === 'slow-resolution') return priority <= 2
  return outageMinutes >= SHORTEST_OUTAGE_MINUTES
}

/** Outages that somebody reported and that never were, where the probes saw the service up. */
export function imaginedOutages(world: World, chance: Chance): Report[] {
  const reports: Report[] = []
  const silences = silencesOf(world)
  const from = Date.parse(`${world.from}T00:00:00Z`) / 60_000 + 1440
  const to = Date.parse(`${world.to}T00:00:00Z`) / 60_000 - 2880
  let open = faultsWanted(world, 'ticket-without-outage')
  for (let attempt = 0; attempt < 500 && open > 0; attempt += 1) {
    const deployment = chance.pick(world.deployments)
    const beginsAt = chance.whole(from, to)
    const outageMinutes = chance.whole(8, 70)
    const day = new Date(beginsAt * 60_000).toISOString().slice(0, 10)
    if (deployment.liveFrom >= day || deployment.subscribersOn(day) === 0) continue
    const [begin, end] = [beginsAt - 60, beginsAt + outageMinutes + 60]
    if (minutesDown(world, deployment, begin, end) > 0) continue
    const isSilent = silences.some(
      (each) => each.deployment === deployment && each.beginsAt < end && begin < each.endsAt,
    )
    if (isSilent) continue
    const resolveMinutes = outageMinutes + chance.whole(5, 60)
    const what = chance.pick(world.scenario.incidents.whatOutage)
    reports.push({
      deployment,
      beginsAt,
      outageMinutes,
      respondMinutes: chance.whole(3, 15),
      resolveMinutes,
      priority: 1,
      what,
    })
    open -= 1
  }
  return reports
}
