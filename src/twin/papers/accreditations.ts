import { addDays, daysBetween, type IsoDate } from '../../language/index.ts'
import { addMonths, monthOf } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import { faultsOfScenario, numbered } from '../faults.ts'
import { shuffled } from '../model/names.ts'
import { csvLine } from '../text.ts'
import type { Part, PlantedFault, Scenario, World } from '../world.ts'

const HEADER = ['Standard', 'Side', 'Certificate Number', 'Certification Body', 'Issued', 'Expires', 'Status']
const KIND = 'accreditation-lapsed'

type Terms = Scenario['accreditations'][number]

interface Accreditation {
  terms: Terms
  number: string
  issued: IsoDate
  /** Last valid day. */
  expires: IsoDate
  /** Planted: so many days passed until the next one was issued. */
  gapDays?: number
}

/** The accreditations of both sides: for each year all that had been issued by its end. */
export const accreditations: Part = {
  id: 'accreditations',
  weight: () => 10,
  async write(world, output, progress) {
    const all = accreditationsOf(world.scenario, world.seed)
    const last = addDays(world.to, -1)
    for (let year = Number(world.from.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
      const end = `${year}-12-31`
      const day = end < last ? end : last
      await output.file(`accreditations/accreditations-${year}.csv`, listOn(all, day))
    }
    progress(1)
    const issued = all.filter((each) => each.issued < world.to).length
    return { totals: { issued }, faults: faultsIn(all, world) }
  },
}

function listOn(all: readonly Accreditation[], day: IsoDate): string {
  const lines = all
    .filter((each) => each.issued <= day)
    .map(({ terms: { standard, side, body }, number, issued, expires }) =>
      csvLine([standard, side, number, body, issued, expires, expires >= day ? 'Valid' : 'Expired']),
    )
  return csvLine(HEADER) + lines.join('')
}

function accreditationsOf(scenario: Scenario, seed: number): Accreditation[] {
  const chance = chanceOf(seed, 'accreditations')
  const [start, end] = [monthOf(scenario.from).first, monthOf(scenario.to).next]
  const chains = scenario.accreditations.map((terms) => {
    const chain: Accreditation[] = []
    let issued = terms.issued
    do {
      const number = `${terms.prefix}-${issued.slice(0, 4)}-${chance.whole(1000, 9999)}`
      const expires = addDays(addMonths(issued, terms.months), -1)
      chain.push({ terms, number, issued, expires })
      issued = addDays(expires, -chance.whole(5, 40))
    } while (issued < end)
    return chain
  })
  const [least, most] = scenario.accreditationGapDays
  // Who is late once moves everything after it: one gap a chain keeps the dates of the others.
  const late = shuffled(
    chains.filter(([first]) => first?.terms.side === 'partner'),
    chance,
  )
  for (const chain of late.slice(0, faultsOfScenario(scenario, KIND))) {
    const ends = chain.filter(({ expires }) => expires > addDays(start, 20) && addDays(expires, most) < end)
    if (ends.length === 0) continue
    const lapsed = chance.pick(ends)
    const gapDays = chance.whole(least, most)
    lapsed.gapDays = gapDays
    const next = chain[chain.indexOf(lapsed) + 1]
    if (next) next.issued = addDays(lapsed.expires, gapDays + 1)
  }
  return chains.flat()
}

function faultsIn(all: readonly Accreditation[], { from, to }: World): PlantedFault[] {
  const found = all.flatMap(({ terms, number, expires, gapDays }): Omit<PlantedFault, 'id'>[] => {
    const on = addDays(expires, 1)
    if (gapDays === undefined || on < from || on >= to) return []
    const seen = Math.min(gapDays, daysBetween(on, to))
    const subject = { standard: terms.standard, side: terms.side, certificateNumber: number }
    const file = `accreditations/accreditations-${on.slice(0, 4)}.csv`
    return [{ kind: KIND, on, file, subject, effect: { value: String(seen), unit: 'day' } }]
  })
  return numbered(found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)))
}
