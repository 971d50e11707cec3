import { addDays, type IsoDate } from '../../language/index.ts'
import { monthOf, monthsBetween } from '../calendar.ts'
import { numbered } from '../faults.ts'
import { csvLine } from '../text.ts'
import type { Part, PlantedFault, World } from '../world.ts'
import { type Holding, holdingsOf, isValid } from './holders.ts'

const HEADER = [
  ...['First Name', 'Last Name', 'Email', 'Certification', 'Level', 'Validation Number'],
  ...['Award Date', 'Expiration Date', 'Status'],
]

/** The list of the partner's certificates at every month's end: valid and lapsed ones, renewals as rows of their own. */
export const certificates: Part = {
  id: 'certificates',
  weight: () => 120,
  async write(world, output, progress) {
    const holdings = holdingsOf(world.scenario, world.seed)
    const months = monthsBetween(world.from, world.to)
    for (const [at, { last }] of months.entries()) {
      await output.file(fileOf(last), listOn(holdings, last))
      progress((at + 1) / months.length)
    }
    const listed: Record<string, number> = {}
    const employed: Record<string, number> = {}
    for (const { id } of world.scenario.certifications.groups) {
      for (const { last } of months) {
        const valid = holdings.filter((each) => each.group === id && isValid(each, last))
        listed[`${last} ${id}`] = personsIn(valid)
        employed[`${last} ${id}`] = personsIn(valid.filter(({ person }) => !person.leftOn || person.leftOn > last))
      }
    }
    return { totals: { listed, employed }, faults: faultsIn(holdings, world) }
  },
}

function fileOf(day: IsoDate): string {
  return `certificates/certifications-${day}.csv`
}

function personsIn(holdings: readonly Holding[]): number {
  return new Set(holdings.map((each) => each.person.id)).size
}

function listOn(holdings: readonly Holding[], day: IsoDate): string {
  const rows = holdings
    .filter(({ person }) => person.hiredOn <= day)
    .flatMap((holding) => holding.awards.filter((each) => each.awarded <= day).map((award) => ({ holding, award })))
    .map(({ holding: { person, certificate, level, stale }, award }) => {
      const status = stale || award.expires >= day ? 'Active' : 'Expired'
      const { number, awarded, expires } = award
      return [person.last, person.first, certificate, awarded, person.email, level, number, expires, status] as const
    })
    .sort((a, b) => (a.join() < b.join() ? -1 : 1))
  const lines = rows.map(([last, first, certificate, awarded, email, level, number, expires, status]) =>
    csvLine([first, last, email, certificate, level, number, awarded, expires, status]),
  )
  return csvLine(HEADER) + lines.join('')
}

function faultsIn(holdings: readonly Holding[], { from, to }: World): PlantedFault[] {
  const found = holdings.flatMap(({ fault, person, certificate, awards }): Omit<PlantedFault, 'id'>[] => {
    const [award] = awards
    if (fault === undefined || !award) return []
    const on = fault === 'certificate-lapsed' ? addDays(award.expires, 1) : (person.leftOn ?? award.expires)
    if (on < from || on >= to) return []
    const subject = { person: person.email, certification: certificate, validationNumber: award.number }
    return [{ kind: fault, on, file: fileOf(monthOf(on).last), subject }]
  })
  return numbered(found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)))
}
