import { addDays, type IsoDate } from '../../language/index.ts'
import { addMonths, monthOf } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import { faultsOfScenario } from '../faults.ts'
import { shuffled } from '../model/names.ts'
import type { Scenario, World } from '../world.ts'

/** A statement about itself that the partner repeats, and whether anything stands behind it. */
export interface Claim {
  terms: Scenario['declarations'][number]
  evidenced: boolean
}

/** What the partner declares. For some of it, the document that should stand behind it was never written. */
export function claimsOf(scenario: Scenario, seed: number): Claim[] {
  const able = scenario.declarations.filter((each) => each.evidenced && each.document !== undefined)
  const bare = shuffled(able, chanceOf(seed, 'declarations/faults')).slice(
    0,
    faultsOfScenario(scenario, 'declared-not-evidenced'),
  )
  return scenario.declarations.map((terms) => ({ terms, evidenced: terms.evidenced && !bare.includes(terms) }))
}

/** The documents that were never written. */
export function unwritten(scenario: Scenario, seed: number): Set<string> {
  const claims = claimsOf(scenario, seed).filter((each) => !each.evidenced)
  return new Set(claims.flatMap(({ terms: { document } }) => (document === undefined ? [] : [document])))
}

/** Days from the scenario's first on which something that recurs happens, before the world's end. */
export function daysOf(world: World, first: IsoDate, everyMonths: number | undefined): IsoDate[] {
  const days: IsoDate[] = []
  for (let n = 0, day = first; day < world.to; n += 1) {
    days.push(day)
    if (everyMonths === undefined) break
    day = addMonths(first, (n + 1) * everyMonths)
  }
  return days
}

/** The day on which declarations are made: the end of the scenario's first month, and so on. */
export function declaredDays(world: World, everyMonths: number): IsoDate[] {
  const { first } = monthOf(world.scenario.from)
  return daysOf(world, first, everyMonths)
    .map((day) => addDays(monthOf(day).next, -1))
    .filter((day) => day >= world.from && day < world.to)
}
