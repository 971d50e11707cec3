import type { TrueContact } from '../load/contacts-of.ts'
import { type Agent, instanceOf } from '../load/instance.ts'
import type { Deployment, World } from '../world.ts'
import { recordingName, timestamp } from './times.ts'

/** How one delivery of a contact differs from the usual. */
export interface Delivery {
  lastUpdateAt: number
  /** A later delivery carries what was added meanwhile. */
  amended?: boolean
  /** The instance named, when it is not the contact's own. */
  instanceArn?: string
}

/** Writes contacts of one deployment as contact records, each byte of the UTF-8 text as one character. */
export type RecordWriter = (contact: TrueContact, delivery: Delivery) => string

const REASONS = ['saldo', 'boleta', 'reclamo', 'despacho', 'contrato', 'portabilidad', 'pago', 'soporte']
const NO_AGENT = 'null,"AgentConnectionAttempts":0'

/** A writer for one deployment; what stays the same in all its records is made once. Keys stand in the order of the real files. */
export function recordWriter(world: World, deployment: Deployment): RecordWriter {
  const instance = instanceOf(world, deployment)
  // One character for a byte is written several times as fast as text that must be encoded first.
  const head = `{"AWSAccountId":"${deployment.accountId}","AWSContactTraceRecordFormatVersion":"2017-03-10","Agent":`
  const queues = instance.queues.map(({ arn, name }) => ({ arn, name: bytewise(name) }))
  const agents: AgentText[] = []
  const agentParts = (index: number): AgentText => {
    const made = agents[index] ?? agentText(instance.agent(index), instance)
    agents[index] = made
    return made
  }
  const agentOf = (contact: TrueContact): string => {
    if (contact.agent < 0) return NO_AGENT
    const { before, between, after } = agentParts(contact.agent)
    const { disconnectedAt, afterContactSeconds, holdSeconds } = contact
    const longest = holdSeconds > 90 ? Math.ceil(holdSeconds * 0.7) : holdSeconds
    const holds = holdSeconds === 0 ? 0 : longest < holdSeconds ? 2 : 1
    return `${before}${afterContactSeconds},"AfterContactWorkEndTimestamp":"${timestamp(disconnectedAt + afterContactSeconds)}","AfterContactWorkStartTimestamp":"${timestamp(disconnectedAt)}","AgentInteractionDuration":${contact.interactionSeconds},"ConnectedToAgentTimestamp":"${timestamp(contact.answeredAt)}","CustomerHoldDuration":${holdSeconds}${between}${longest},"NumberOfHolds":${holds}${after}`
  }
  const queueOf = ({ queue, enqueuedAt, dequeuedAt }: TrueContact): string => {
    const known = queues[queue]
    if (known === undefined) return 'null'
    return `{"ARN":"${known.arn}","DequeueTimestamp":"${timestamp(dequeuedAt)}","Duration":${dequeuedAt - enqueuedAt},"EnqueueTimestamp":"${timestamp(enqueuedAt)}","Name":"${known.name}"}`
  }
  return (contact, { lastUpdateAt, amended, instanceArn }) => {
    const { id, channel, previous, customer } = contact
    const isVoice = channel === 'VOICE'
    const first = previous === undefined ? 'null' : `"${previous.id}"`
    const number = instance.numbers[customer % instance.numbers.length] ?? ''
    return `${head}${agentOf(contact)},"AnsweringMachineDetectionStatus":null,"Attributes":${attributesOf(contact, amended)},"Campaign":{"CampaignId":null},"Channel":"${channel}",${isVoice ? '' : chatMetrics(contact)}"ConnectedToSystemTimestamp":"${timestamp(contact.connectedAt)}","ContactDetails":{},"ContactId":"${id}","CustomerEndpoint":${isVoice ? `{"Address":"+569${customer}","Type":"TELEPHONE_NUMBER"}` : 'null'},"DisconnectReason":"${reasonOf(contact)}","DisconnectTimestamp":"${timestamp(contact.disconnectedAt)}","InitialContactId":${first},"InitiationMethod":"${contact.method}","InitiationTimestamp":"${timestamp(contact.initiatedAt)}","InstanceARN":"${instanceArn ?? deployment.instanceArn}","LastUpdateTimestamp":"${timestamp(lastUpdateAt)}","MediaStreams":[{"Type":"${isVoice ? 'AUDIO' : 'CHAT'}"}],"NextContactId":${contact.next === undefined ? 'null' : `"${contact.next.id}"`},"PreviousContactId":${first},"Queue":${queueOf(contact)},${recordingOf(contact, instance.bucket)},"References":[],"ScheduledTimestamp":null,"SystemEndpoint":${isVoice ? `{"Address":"${number}","Type":"TELEPHONE_NUMBER"}` : 'null'},"TransferCompletedTimestamp":${contact.transferredAt > 0 ? `"${timestamp(contact.transferredAt)}"` : 'null'},"TransferredToEndpoint":null,"VoiceIdResult":null}`
  }
}

function bytewise(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** An agent's object but for the numbers of the contact. */
interface AgentText {
  before: string
  between: string
  after: string
}

function agentText(
  { arn, username, routing }: Agent,
  { routing: profiles, groups }: ReturnType<typeof instanceOf>,
): AgentText {
  const level = (at: number): string => `{"ARN":"${groups[at]?.arn}","GroupName":"${bytewise(groups[at]?.name ?? '')}"}`
  const levels = `{"Level1":${level(0)},"Level2":${level(1 + routing)},"Level3":null,"Level4":null,"Level5":null}`
  const profile = `{"ARN":"${profiles[routing]?.arn}","Name":"${bytewise(profiles[routing]?.name ?? '')}"}`
  return {
    before: `{"ARN":"${arn}","AfterContactWorkDuration":`,
    between: `,"HierarchyGroups":${levels},"LongestHoldDuration":`,
    after: `,"RoutingProfile":${profile},"Username":"${username}"},"AgentConnectionAttempts":1`,
  }
}

function attributesOf({ customer, channel }: TrueContact, amended: boolean | undefined): string {
  const reason = REASONS[customer % REASONS.length] ?? ''
  const more = amended ? ',"tipificacion":"resuelto"' : ''
  return `{"greetingPlayed":"true","motivo":"${reason}","origen":"${channel === 'VOICE' ? 'ivr' : 'web'}"${more}}`
}

function chatMetrics({ messages }: TrueContact): string {
  return `"ChatMetrics":{"ChatContactMetrics":{"MultiParty":false,"TotalBotMessages":${messages > 4 ? 2 : 0},"TotalMessages":${messages}}},`
}

function reasonOf({ outcome, customer }: TrueContact): string {
  if (outcome === 'self-served') return customer % 3 === 0 ? 'CONTACT_FLOW_DISCONNECT' : 'CUSTOMER_DISCONNECT'
  if (outcome === 'handled' && customer % 5 < 2) return 'AGENT_DISCONNECT'
  return 'CUSTOMER_DISCONNECT'
}

function recordingOf({ id, channel, answeredAt }: TrueContact, bucket: string): string {
  if (channel !== 'VOICE' || answeredAt === 0) return '"Recording":null,"Recordings":[]'
  const location = `${bucket}/CallRecordings/${recordingName(answeredAt, id)}`
  return `"Recording":{"DeletionReason":null,"Location":"${location}","Status":"AVAILABLE","Type":"AUDIO"},"Recordings":[{"DeletionReason":null,"FragmentStartNumber":null,"FragmentStopNumber":null,"Location":"${location}","MediaStreamType":"AUDIO","ParticipantType":null,"StartTimestamp":null,"Status":"AVAILABLE","StopTimestamp":null,"StorageType":"S3"}]`
}
