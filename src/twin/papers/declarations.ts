import type { IsoDate } from '../../language/index.ts'
import { numbered } from '../faults.ts'
import type { Part, PlantedFault } from '../world.ts'
import { type Claim, claimsOf, declaredDays } from './claimed.ts'

const KIND = 'declared-not-evidenced'

/** What the partner says of itself, once a year: a file for each day on which it does. */
export const declarations: Part = {
  id: 'declarations',
  weight: () => 5,
  async write(world, output, progress) {
    const claims = claimsOf(world.scenario, world.seed)
    const byDay = new Map<IsoDate, Claim[]>()
    for (const claim of claims) {
      for (const day of declaredDays(world, claim.terms.everyMonths)) {
        byDay.set(day, [...(byDay.get(day) ?? []), claim])
      }
    }
    const days = [...byDay.keys()].sort()
    for (const day of days) await output.file(fileOf(day), factsOf(day, byDay.get(day) ?? []))
    progress(1)
    const faults = claims.flatMap(({ terms, evidenced }): Omit<PlantedFault, 'id'>[] => {
      const [on] = declaredDays(world, terms.everyMonths)
      return evidenced || on === undefined
        ? []
        : [{ kind: KIND, on, file: fileOf(on), subject: { clause: terms.clause } }]
    })
    return { totals: { days: days.length, declared: claims.length }, faults: numbered(faults) }
  },
}

function fileOf(day: IsoDate): string {
  return `declarations/declarations-${day}.yaml`
}

function factsOf(day: IsoDate, claims: readonly Claim[]): string {
  const facts = claims.map(({ terms: { clause, status, value, source } }) => {
    const said = status === undefined ? { clause, value } : { clause, status }
    return `  - ${JSON.stringify({ dataset: 'declarations', date: day, values: said, grade: 'declared', source })}\n`
  })
  return `facts:\n${facts.join('')}`
}
