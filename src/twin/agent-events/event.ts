import { timestamp } from '../contacts/times.ts'
import { type Agent, type Instance, instanceOf, type Named } from '../load/instance.ts'
import type { Deployment, World } from '../world.ts'
import type { AgentMoment, AgentState, Status } from './timeline.ts'

const STATUSES: readonly Status[] = ['Available', 'Offline', 'Colación']
const TYPES: Record<Status, string> = { Available: 'ROUTABLE', Offline: 'OFFLINE', Colación: 'CUSTOM' }

/** Writes one agent's moments as agent events, each byte of the UTF-8 text as one character. */
export type EventWriter = (eventId: string, moment: AgentMoment) => string

/** A maker of writers for one deployment's agents. */
export function eventWriters(world: World, deployment: Deployment): (agent: number) => EventWriter {
  const instance = instanceOf(world, deployment)
  const chance = world.chance(`agent statuses ${deployment.alias}`)
  const statuses = new Map(
    STATUSES.map((name) => [name, { arn: `${deployment.instanceArn}/agent-state/${chance.uuid()}`, name }]),
  )
  return (index) => writerOf(deployment, instance, instance.agent(index), statuses)
}

function writerOf(
  deployment: Deployment,
  instance: Instance,
  agent: Agent,
  statuses: ReadonlyMap<string, Named>,
): EventWriter {
  const configuration = bytewise(configurationOf(instance, agent))
  const queues = instance.queues.map(({ arn, name }) => bytewise(`{"ARN":"${arn}","Name":"${name}"}`))
  const heads = new Map(
    [...statuses.values()].map(({ name, arn }) => [name, bytewise(`{"AgentStatus":{"ARN":"${arn}","Name":"${name}"`)]),
  )
  const snapshot = ({ status, statusSince, contact }: AgentState): string => {
    const contacts = contact === undefined ? '' : contactText(contact, queues)
    return `${heads.get(status)},"StartTimestamp":"${milliseconds(statusSince)}","Type":"${TYPES[status]}"},"Configuration":${configuration},"Contacts":[${contacts}],"NextAgentStatus":null}`
  }
  const head = `{"AWSAccountId":"${deployment.accountId}","AgentARN":"${agent.arn}","CurrentAgentSnapshot":`
  return (eventId, { at, type, before, after }) =>
    `${head}${snapshot(after)},"EventId":"${eventId}","EventTimestamp":"${milliseconds(at)}","EventType":"${type}","InstanceARN":"${deployment.instanceArn}","PreviousAgentSnapshot":${snapshot(before)},"Version":"2017-10-01"}`
}

function bytewise(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

function milliseconds(at: number): string {
  return `${timestamp(at).slice(0, 19)}.000Z`
}

function contactText({ contact, state, since }: NonNullable<AgentState['contact']>, queues: readonly string[]): string {
  const first = contact.previous === undefined ? 'null' : `"${contact.previous.id}"`
  return `{"Channel":"${contact.channel}","ConnectedToAgentTimestamp":"${milliseconds(contact.answeredAt)}","ContactId":"${contact.id}","InitialContactId":${first},"InitiationMethod":"${contact.method}","Queue":${queues[contact.queue] ?? 'null'},"QueueTimestamp":"${milliseconds(contact.enqueuedAt)}","State":"${state}","StateStartTimestamp":"${milliseconds(since)}"}`
}

function configurationOf({ queues, routing, groups }: Instance, agent: Agent): string {
  const named = (each: Named | undefined): Record<string, unknown> => ({ ARN: each?.arn, Name: each?.name })
  const channels = agent.routing === 0 ? ['VOICE'] : ['VOICE', 'CHAT']
  const inbound = queues.slice(0, 3).map((each) => ({ ARN: each.arn, Channels: channels, Name: each.name }))
  const first = queues[0]
  return JSON.stringify({
    AgentHierarchyGroups: { Level1: named(groups[0]), Level2: named(groups[1 + agent.routing]) },
    FirstName: agent.first,
    LastName: agent.last,
    Proficiencies: [],
    RoutingProfile: {
      ARN: routing[agent.routing]?.arn,
      Concurrency: channels.map((channel) => ({ AvailableSlots: 1, Channel: channel, MaximumSlots: 1 })),
      DefaultOutboundQueue: { ARN: first?.arn, Channels: channels, Name: first?.name },
      InboundQueues: inbound,
      Name: routing[agent.routing]?.name,
    },
    Username: agent.username,
  })
}
