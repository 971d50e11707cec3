import { daysBetween } from '../language/index.ts'
import { monthOf } from './calendar.ts'
import type { PlantedFault, Scenario, World } from './world.ts'

const USUAL_PER_YEAR = 2
const DAYS_OF_YEAR = 365.25

/** How many faults of a kind to plant in this world: by the scenario's yearly number, at least one unless that is zero. */
export function faultsWanted(world: World, kind: string): number {
  return faultsBetween(world.scenario, kind, world)
}

/** The same for the scenario's whole range, whatever part of it is asked for. */
export function faultsOfScenario(scenario: Scenario, kind: string): number {
  return faultsBetween(scenario, kind, { from: monthOf(scenario.from).first, to: monthOf(scenario.to).next })
}

function faultsBetween(scenario: Scenario, kind: string, { from, to }: Pick<World, 'from' | 'to'>): number {
  const perYear = scenario.faults[kind] ?? USUAL_PER_YEAR
  if (perYear === 0) return 0
  return Math.max(1, Math.round((perYear * daysBetween(from, to)) / DAYS_OF_YEAR))
}

/** Numbers the faults of each kind in the order given: `kind-001`. */
export function numbered(faults: readonly Omit<PlantedFault, 'id'>[]): PlantedFault[] {
  const counts = new Map<string, number>()
  return faults.map(({ kind, ...rest }) => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return { kind, id: `${kind}-${String(count).padStart(3, '0')}`, ...rest }
  })
}
