import { addDays, daysBetween, type IsoDate } from '../../language/index.ts'
import { monthOf, startOfDay } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import type { Chance, Deployment, Scenario, TrueIncident } from '../world.ts'

const DAYS_OF_MONTH = 30.4
const BUSY_SHARE = 0.72
const LONG_OUTAGE_MINUTES = 30

type Numbers = Scenario['incidents']

/** What truly happened to each deployment over the whole scenario, in order of time. */
export function incidentsOf(scenario: Scenario, seed: number, deployments: readonly Deployment[]): TrueIncident[] {
  const found = deployments.flatMap((each) =>
    ofDeployment(scenario, each, chanceOf(seed, `world/incidents/${each.ordinal}`)),
  )
  found.sort((a, b) => a.beginsAt - b.beginsAt || a.deployment.ordinal - b.deployment.ordinal)
  return found.map((each, at) => ({ id: `I-${String(at + 1).padStart(4, '0')}`, ...each }))
}

function ofDeployment(scenario: Scenario, deployment: Deployment, chance: Chance): Omit<TrueIncident, 'id'>[] {
  const { from, to } = served(scenario, deployment)
  const days = daysBetween(from, to)
  if (days <= 0) return []
  const count = chance.poisson((scenario.incidents.perDeploymentMonth * days) / DAYS_OF_MONTH)
  const begins = Array.from({ length: count }, () => {
    const day = addDays(from, chance.whole(0, days - 1))
    const minute = chance.next() < BUSY_SHARE ? chance.whole(480, 1259) : chance.whole(0, 1439)
    return startOfDay(scenario.timeZone, day) + minute
  }).sort((a, b) => a - b)
  const end = startOfDay(scenario.timeZone, to)
  const incidents: Omit<TrueIncident, 'id'>[] = []
  let free = 0
  for (const beginsAt of begins) {
    const one = { deployment, beginsAt, ...course(scenario.incidents, chance) }
    // Two incidents of one deployment never run at once: their minutes could not be told apart.
    if (beginsAt < free || beginsAt + one.outageMinutes >= end) continue
    free = beginsAt + one.resolveMinutes + 1
    incidents.push(one)
  }
  return incidents
}

function served(scenario: Scenario, { liveFrom, liveTo }: Deployment): { from: IsoDate; to: IsoDate } {
  const start = monthOf(scenario.from).first
  const end = monthOf(scenario.to).next
  return { from: liveFrom > start ? liveFrom : start, to: liveTo !== undefined && liveTo < end ? liveTo : end }
}

function course(numbers: Numbers, chance: Chance): Omit<TrueIncident, 'id' | 'deployment' | 'beginsAt'> {
  const { median, sigma } = numbers.outageMinutes
  const isOutage = chance.next() < numbers.outageShare
  const outageMinutes = isOutage ? Math.max(1, Math.round(chance.lognormal(median, sigma))) : 0
  const priority = isOutage ? (outageMinutes >= LONG_OUTAGE_MINUTES ? 1 : 2) : lesser(numbers, chance)
  const index = priority - 1
  const resolved = Math.round(chance.lognormal(numbers.resolveMinutes[index] ?? 1, numbers.sigma))
  const resolveMinutes = Math.max(outageMinutes, resolved, 2)
  const responded = Math.round(chance.lognormal(numbers.respondMinutes[index] ?? 1, numbers.sigma))
  const respondMinutes = Math.max(1, Math.min(resolveMinutes - 1, responded))
  return {
    outageMinutes,
    resolveMinutes,
    respondMinutes,
    priority,
    what: chance.pick(isOutage ? numbers.whatOutage : numbers.what),
  }
}

function lesser({ priorities }: Numbers, chance: Chance): 2 | 3 | 4 {
  const [second, third, fourth] = priorities
  const drawn = chance.next() * (second + third + fourth)
  return drawn < second ? 2 : drawn < second + third ? 3 : 4
}
