import { z } from 'zod'
import { addDays, daysBetween, type IsoDate } from '../../language/index.ts'
import { addMonths, monthIndex, monthOf, utcText } from '../calendar.ts'
import { outagesOf } from '../load/outages.ts'
import { csvLine } from '../text.ts'
import type { Chance, Deployment, Output, Part, PartTruth, World } from '../world.ts'
import { COMMENTS } from './comments.ts'

const share = z.number().min(0).max(1)

/** Numbers of the part at `parts.surveys` of the scenario. */
const surveysSection = z
  .strictObject({
    /** Who answers in a quarter: so many persons of each deployment. */
    respondents: z.tuple([z.int().min(1), z.int().min(1)]).default([3, 8]),
    promoters: share.default(0.63),
    detractors: share.default(0.11),
    /** Share of quarters that go worse, and how many more detractors and fewer promoters they bring. */
    badQuarters: share.default(0.2),
    badBy: share.default(0.12),
  })
  .prefault({})

type Numbers = z.infer<typeof surveysSection>

/** The customers' answers to the quarterly survey, as the survey tool exports them. */
export const surveys: Part = {
  id: 'surveys',
  section: surveysSection,
  weight: (world) => 1 + world.deployments.length * 0.5,
  write: writeSurveys,
}

const HEADER = [
  ...['ResponseId', 'RecordedDate', 'SurveyId', 'CustomerId', 'Deployment', 'NPS', 'CSAT', 'RespondentName', 'Comment'],
]

async function writeSurveys(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const numbers = surveysSection.parse(world.scenario.parts.surveys)
  const totals = {
    responsesByQuarter: {} as Record<string, number>,
    promotersByQuarter: {} as Record<string, number>,
    passivesByQuarter: {} as Record<string, number>,
    detractorsByQuarter: {} as Record<string, number>,
  }
  const quarters = quartersOf(world)
  for (const [at, quarter] of quarters.entries()) {
    const answers = answersOf(world, quarter, numbers)
    await output.file(`surveys/responses-${quarter.id}.csv`, [HEADER, ...answers.map(rowOf)].map(csvLine).join(''))
    const count = (low: number, high: number): number => answers.filter(({ nps }) => nps >= low && nps <= high).length
    totals.responsesByQuarter[quarter.id] = answers.length
    totals.promotersByQuarter[quarter.id] = count(9, 10)
    totals.passivesByQuarter[quarter.id] = count(7, 8)
    totals.detractorsByQuarter[quarter.id] = count(0, 6)
    progress((at + 1) / quarters.length)
  }
  return { totals, faults: [] }
}

interface Quarter {
  /** `2024-Q1`. */
  id: string
  first: IsoDate
  next: IsoDate
}

/** The quarters of the calendar that end within the run. */
function quartersOf(world: World): Quarter[] {
  const quarters: Quarter[] = []
  let first = addMonths(monthOf(world.from).first, -(monthIndex(world.from) % 3))
  for (let next = addMonths(first, 3); next <= world.to; next = addMonths(first, 3)) {
    const nth = Math.floor((monthIndex(first) % 12) / 3) + 1
    quarters.push({ id: `${first.slice(0, 4)}-Q${nth}`, first, next })
    first = next
  }
  return quarters
}

interface Answer {
  id: string
  recordedAt: number
  survey: string
  deployment: Deployment
  nps: number
  csat: number | undefined
  name: string
  comment: string
}

function answersOf(world: World, quarter: Quarter, numbers: Numbers): Answer[] {
  const chance = world.chance(`survey ${quarter.id}`)
  const worse = chance.next() < numbers.badQuarters ? numbers.badBy : 0
  const lastDay = addDays(quarter.next, -1)
  const from = [addDays(lastDay, -24), world.from].sort()[1] ?? lastDay
  return world.deployments
    .filter((deployment) => deployment.subscribersOn(lastDay) > 0)
    .flatMap((deployment) => {
      const own = world.chance(`survey ${quarter.id} ${deployment.alias}`)
      // Whoever was down for long this quarter says so.
      const moods = worse + (wasDownLong(world, deployment, quarter) ? 0.08 : 0)
      return Array.from({ length: own.whole(...numbers.respondents) }, (_, nth): Answer => {
        const nps = drawNps(own, numbers.promoters - moods, numbers.detractors + moods)
        const person = nth === 0 ? deployment.customer.contact : strangerOf(world, own)
        const minute = own.whole(12 * 60, 22 * 60)
        return {
          id: `R_${own.uuid().replaceAll('-', '').slice(0, 15)}`,
          recordedAt:
            daysBetween('1970-01-01', addDays(from, own.whole(0, daysBetween(from, lastDay)))) * 1440 + minute,
          survey: `SV_${quarter.id.replace('-', '')}`,
          deployment,
          nps,
          csat: own.next() < 0.1 ? undefined : Math.min(5, Math.max(1, Math.round(nps / 2) + own.whole(-1, 1))),
          name: `${person.first} ${person.last}`,
          comment: commentOf(world, own, nps, person),
        }
      })
    })
    .sort((a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1))
}

function wasDownLong(world: World, deployment: Deployment, { first, next }: Quarter): boolean {
  const [from, to] = [first, next].map((day) => daysBetween('1970-01-01', day) * 1440)
  return outagesOf(world, deployment).some(
    ({ beginsAt, endsAt }) => beginsAt >= (from ?? 0) && beginsAt < (to ?? 0) && endsAt - beginsAt >= 30,
  )
}

function drawNps(chance: Chance, promoters: number, detractors: number): number {
  const drawn = chance.next()
  if (drawn < promoters) return chance.whole(9, 10)
  return drawn < 1 - detractors ? chance.whole(7, 8) : chance.whole(0, 6)
}

interface Respondent {
  first: string
  last: string
  email?: string
}

function strangerOf(world: World, chance: Chance): Respondent {
  const { first, last } = world.scenario.people
  return { first: chance.pick(first), last: `${chance.pick(last)} ${chance.pick(last)}` }
}

function commentOf(world: World, chance: Chance, nps: number, person: Respondent): string {
  if (chance.next() < 0.3) return ''
  const kind = nps >= 9 ? 'promoter' : nps >= 7 ? 'passive' : 'detractor'
  const agent = world.people.length > 0 ? chance.pick(world.people) : { first: 'Ana', last: 'Rojas' }
  const comment = chance.pick(COMMENTS[kind])
  const email = person.email ?? `${chance.pick(['contacto', 'gerencia', 'finanzas'])}@correo.example`
  return comment.replace('{agent}', `${agent.first} ${agent.last}`).replace('{email}', email)
}

function rowOf({ id, recordedAt, survey, deployment, nps, csat, name, comment }: Answer) {
  const { customer, alias } = deployment
  return [id, utcText(recordedAt), survey, customer.id, alias, nps, csat, name, comment]
}
