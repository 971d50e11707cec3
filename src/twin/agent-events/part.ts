import { addDays, type IsoDate } from '../../language/index.ts'
import { startOfDay } from '../calendar.ts'
import { deliveredDeployments, hasNewlines } from '../contacts/delivered.ts'
import { Firehose } from '../contacts/firehose.ts'
import { contactsOf, type TrueContact } from '../load/contacts-of.ts'
import { shiftsOf } from '../load/shifts.ts'
import type { Deployment, Output, Part, PartTruth, World } from '../world.ts'
import { eventWriters } from './event.ts'
import { agentEventsSection } from './section.ts'
import { timelineOf } from './timeline.ts'

const MILLISECONDS_PER_SEAT_DAY = 5

/** Agent events of some of the deployments whose contacts are delivered, for the last days. */
export const agentEvents: Part = {
  id: 'agent-events',
  section: agentEventsSection,
  weight(world) {
    const { deployments, days } = numbersOf(world)
    const seats = eventDeployments(world, deployments).map((each) => each.subscribersOn(addDays(world.to, -1)))
    return 1 + seats.reduce((sum, each) => sum + each * days * MILLISECONDS_PER_SEAT_DAY, 0)
  },
  write: writeEvents,
}

function numbersOf(world: World) {
  return agentEventsSection.parse(world.scenario.parts['agent-events'])
}

function eventDeployments(world: World, wanted: number): Deployment[] {
  return deliveredDeployments(world).slice(0, wanted)
}

async function writeEvents(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const { deployments: wanted, days, minutesPerFile } = numbersOf(world)
  const events: Record<string, number> = {}
  const loginSeconds: Record<string, number> = {}
  const deployments = eventDeployments(world, wanted)
  for (const [at, deployment] of deployments.entries()) {
    const name = { folder: 'agent-events', alias: deployment.alias, kind: 'ae', hourly: false }
    const firehose = new Firehose(world, name, { minutesPerFile, newline: hasNewlines(deployment) })
    const writers = eventWriters(world, deployment)
    const [, first = world.from] = [world.from, addDays(world.to, -days)].sort()
    for (let day = first; day < world.to; day = addDays(day, 1)) {
      const seconds = addDay({ world, deployment, firehose, writers }, day)
      loginSeconds[deployment.alias] = (loginSeconds[deployment.alias] ?? 0) + seconds
      await firehose.flush(output, startOfDay(world.scenario.timeZone, addDays(day, 1)) * 60)
    }
    await firehose.flush(output, Number.POSITIVE_INFINITY)
    events[deployment.alias] = firehose.records
    progress((at + 1) / deployments.length)
  }
  return { totals: { agentEventsByDeployment: events, agentLoginSecondsByDeployment: loginSeconds }, faults: [] }
}

interface Delivering {
  world: World
  deployment: Deployment
  firehose: Firehose
  writers: ReturnType<typeof eventWriters>
}

function addDay({ world, deployment, firehose, writers }: Delivering, day: IsoDate): number {
  const chance = world.chance(`agent events ${deployment.alias} ${day}`)
  const taken = new Map<number, TrueContact[]>()
  for (const contact of contactsOf(world, deployment, day)) {
    if (contact.agent < 0) continue
    const own = taken.get(contact.agent) ?? []
    own.push(contact)
    taken.set(contact.agent, own)
  }
  let seconds = 0
  for (const shift of shiftsOf(world, deployment, day)) {
    const write = writers(shift.agent)
    seconds += shift.endsAt - shift.beginsAt
    for (const moment of timelineOf(shift, taken.get(shift.agent) ?? [])) {
      firehose.add(moment.at + 1, write(chance.uuid(), moment))
    }
  }
  return seconds
}
