import { addDays, type IsoDate } from '../../language/index.ts'
import { addMonths, monthsBetween } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import { csvLine, filled } from '../text.ts'
import type { Deployment, Part, Person, Scenario, World } from '../world.ts'
import { daysOf, unwritten } from './claimed.ts'

type Terms = Scenario['documents'][number]

interface Paper {
  file: string
  content: string
  title: string
  clause?: string
  status?: string
  date: IsoDate
  receivedOn?: IsoDate
  signedBy?: string
  completedOn?: IsoDate
}

/** Papers of a year before the range are still kept. */
const KEPT_MONTHS = 12
const STAFF_LIST_MONTHS = 3
const STAFF_HEADER = ['First Name', 'Last Name', 'Email', 'Role', 'Hired', 'Left']

/** Papers that show a clause kept, with their index; and the staff list of every quarter. */
export const documents: Part = {
  id: 'documents',
  weight: () => 20,
  async write(world, output, progress) {
    const missing = unwritten(world.scenario, world.seed)
    const written = world.scenario.documents.filter((each) => !missing.has(each.id))
    const papers = [...written.flatMap((terms) => papersOf(world, terms)), ...staffLists(world)]
    papers.sort((a, b) => (a.date + a.file < b.date + b.file ? -1 : 1))
    for (const { file, content } of papers) await output.file(`documents/${file}`, content)
    await output.file('documents/index.yaml', indexOf(papers))
    progress(1)
    return { totals: { documents: papers.length }, faults: [] }
  },
}

// JSON is YAML too, and its quotes keep every title a title.
function indexOf(papers: readonly Paper[]): string {
  const lines = papers.map(({ content: _, ...entry }) => `  - ${JSON.stringify(entry)}\n`)
  return `documents:\n${lines.join('')}`
}

function papersOf(world: World, terms: Terms): Paper[] {
  if (terms.perCustomer) return world.deployments.map((each) => consent(world, terms, each))
  const oldest = addMonths(world.from, -KEPT_MONTHS)
  return daysOf(world, terms.date ?? world.to, terms.everyMonths)
    .filter((date) => date >= oldest)
    .map((date) => {
      const signer = signerOf(world, terms.signedBy, date)
      const person = signer ? `${signer.first} ${signer.last}` : (terms.signedBy ?? world.scenario.partner.name)
      return paper(world, terms, { date, person, name: `${terms.id}-${date}`, customer: '' })
    })
}

function consent(world: World, terms: Terms, { customer }: Deployment): Paper {
  const person = `${customer.contact.first} ${customer.contact.last}`
  const name = `${terms.id}-${customer.id.toLowerCase()}`
  return paper(world, terms, { date: customer.signedOn, person, name, customer: customer.name })
}

interface Made {
  date: IsoDate
  person: string
  /** File name without its ending. */
  name: string
  customer: string
}

function paper(world: World, terms: Terms, { date, person, name, customer }: Made): Paper {
  const { scenario } = world
  const live = world.deployments.filter((each) => each.subscribersOn(date) > 0)
  const content = terms.lines.map((line) =>
    filled(line, {
      date,
      person,
      customer,
      year: date.slice(0, 4),
      partner: scenario.partner.name,
      provider: scenario.provider.name,
      region: scenario.regions.instances,
      recovery: scenario.regions.recovery,
      deployments: live.length,
      subscribers: live.reduce((sum, each) => sum + each.subscribersOn(date), 0),
      minutes: chanceOf(world.seed, `documents/${name}`).whole(14, 95),
    }),
  )
  return {
    file: `${name}.${terms.format}`,
    content: `${content.join('\n')}\n`,
    title: terms.title,
    ...(terms.clause === undefined ? {} : { clause: terms.clause }),
    ...(terms.status === undefined ? {} : { status: terms.status }),
    date,
    receivedOn: addDays(date, terms.receivedAfterDays),
    signedBy: person,
    ...(terms.completed ? { completedOn: date } : {}),
  }
}

function signerOf({ people }: World, role: string | undefined, date: IsoDate): Person | undefined {
  return people.find((each) => each.role === role && isStaff(each, date))
}

function isStaff({ hiredOn, leftOn }: Person, date: IsoDate): boolean {
  return hiredOn <= date && (leftOn === undefined || leftOn > date)
}

/** Who works for the partner at each quarter's end, and who left in the year before. */
function staffLists(world: World): Paper[] {
  const { title, signedBy } = world.scenario.staffList
  return monthsBetween(world.from, world.to)
    .filter((each) => Number(each.id.slice(5)) % STAFF_LIST_MONTHS === 0)
    .map(({ last: date }) => {
      const since = addMonths(date, -KEPT_MONTHS)
      const lines = world.people
        .filter(({ hiredOn, leftOn }) => hiredOn <= date && (leftOn === undefined || leftOn > since))
        .map(({ first, last, email, role, hiredOn, leftOn }) =>
          csvLine([first, last, email, role, hiredOn, leftOn !== undefined && leftOn <= date ? leftOn : '']),
        )
      const content = csvLine(STAFF_HEADER) + lines.join('')
      return { file: `staff-${date}.csv`, content, title, date, receivedOn: addDays(date, 3), signedBy }
    })
}
