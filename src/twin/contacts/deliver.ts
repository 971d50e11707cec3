import type { IsoDate } from '../../language/index.ts'
import { startOfDay } from '../calendar.ts'
import { contactsOf, type TrueContact } from '../load/contacts-of.ts'
import type { Chance, Deployment, PlantedFault, World } from '../world.ts'
import { type DeliveredDay, hasNewlines } from './delivered.ts'
import type { Firehose } from './firehose.ts'
import { type ContactFault, LATEST_AFTER_MONTH_DAYS, monthAfter } from './plan.ts'
import type { RecordWriter } from './record.ts'
import { timestamp } from './times.ts'

const DAY = 86_400
const REDELIVERED_SHARE = 0.02

/** What a day's deliveries added. */
export interface DayDelivered {
  /** Distinct contacts that can be read from the files. */
  distinct: number
  fault?: Omit<PlantedFault, 'id'>
}

/** Where a deployment's contacts go. */
export interface Delivering {
  world: World
  deployment: Deployment
  firehose: Firehose
  write: RecordWriter
}

/** Delivers all contacts of one local day, some of them again with a later update, and plants the day's fault. */
export function deliverDay(to: Delivering, one: DeliveredDay, fault: ContactFault | undefined): DayDelivered {
  const { day, since, until } = one
  const chance = to.world.chance(`delivery ${to.deployment.alias} ${day}`)
  const contacts = [...contactsOf(to.world, to.deployment, day)].filter(
    ({ initiatedAt }) => initiatedAt >= since && initiatedAt < until,
  )
  const chosen = fault === undefined ? undefined : candidate(contacts, chance)
  for (const contact of contacts) if (contact !== chosen) deliver(to, contact, chance)
  if (fault === undefined || chosen === undefined) return { distinct: contacts.length }
  const planted = plant[fault](to, { contact: chosen, chance, day })
  return { distinct: contacts.length + planted.more, fault: { kind: fault, on: day, ...planted.fault } }
}

/** A call that an agent took and that stands alone: a fault of it touches no other. */
function candidate(contacts: readonly TrueContact[], chance: Chance): TrueContact | undefined {
  const alone = contacts.filter(
    ({ channel, outcome, previous, next }) => channel === 'VOICE' && outcome === 'handled' && !previous && !next,
  )
  return alone.length === 0 ? undefined : chance.pick(alone)
}

function deliver({ firehose, write }: Delivering, contact: TrueContact, chance: Chance): void {
  const { lastUpdateAt, deliveredAt } = usualTimes(contact, chance)
  firehose.add(deliveredAt, write(contact, { lastUpdateAt }))
  if (chance.next() >= REDELIVERED_SHARE) return
  const again = lastUpdateAt + chance.whole(300, 7200)
  firehose.add(again + chance.whole(1, 240), write(contact, { lastUpdateAt: again, amended: true }))
}

function usualTimes(contact: TrueContact, chance: Chance): { lastUpdateAt: number; deliveredAt: number } {
  const lastUpdateAt = contact.disconnectedAt + contact.afterContactSeconds + 58 + Math.floor(chance.next() * 15)
  return { lastUpdateAt, deliveredAt: lastUpdateAt + 1 + Math.floor(chance.next() * 240) }
}

interface Chosen {
  contact: TrueContact
  chance: Chance
  day: IsoDate
}

interface Planted {
  fault: Omit<PlantedFault, 'id' | 'kind' | 'on'>
  /** Distinct contacts more or fewer than the day had. */
  more: number
}

const plant: Record<ContactFault, (to: Delivering, chosen: Chosen) => Planted> = {
  'double-delivered-contact': doubleDelivered,
  'contact-billed-to-wrong-customer': wrongCustomer,
  'contact-never-billed': neverBilled,
  'late-contact': late,
  'broken-record': broken,
}

function subjectOf({ deployment }: Delivering, contact: TrueContact): Record<string, string> {
  return { contactId: contact.id, deployment: deployment.alias, accountId: deployment.accountId }
}

/** The very same record, update time included, in two files. */
function doubleDelivered(to: Delivering, { contact, chance }: Chosen): Planted {
  const { lastUpdateAt, deliveredAt } = usualTimes(contact, chance)
  const record = to.write(contact, { lastUpdateAt })
  const again = deliveredAt + chance.whole(5 * 3600, 20 * 3600)
  to.firehose.add(deliveredAt, record)
  to.firehose.add(again, record)
  const firstFile = to.firehose.fileAt(deliveredAt)
  return { fault: { file: to.firehose.fileAt(again), subject: { ...subjectOf(to, contact), firstFile } }, more: 0 }
}

/** The record names another customer's instance, while account, queue and agent are its own. */
function wrongCustomer(to: Delivering, { contact, chance, day }: Chosen): Planted {
  const others = to.world.deployments.filter((each) => each !== to.deployment && each.subscribersOn(day) > 0)
  const other = others.length > 0 ? chance.pick(others) : to.deployment
  const { lastUpdateAt, deliveredAt } = usualTimes(contact, chance)
  to.firehose.add(deliveredAt, to.write(contact, { lastUpdateAt, instanceArn: other.instanceArn }))
  const subject = { ...subjectOf(to, contact), namedInstance: other.instanceId, namedDeployment: other.alias }
  const value = String(contact.disconnectedAt - contact.connectedAt)
  return { fault: { file: to.firehose.fileAt(deliveredAt), subject, effect: { value, unit: 'second' } }, more: 0 }
}

/** One call more than the bill and the usage metrics know of, delivered after the month's bill was closed. */
function neverBilled(to: Delivering, { contact, chance, day }: Chosen): Planted {
  deliver(to, contact, chance)
  const customer = 20_000_000 + chance.whole(0, 79_000_000)
  const extra: TrueContact = { ...contact, id: chance.uuid(), customer }
  const closed = startOfDay(to.world.scenario.timeZone, monthAfter(day)) * 60
  const deliveredAt = closed + chance.whole(14 * DAY, LATEST_AFTER_MONTH_DAYS * DAY)
  const { lastUpdateAt } = usualTimes(extra, chance)
  to.firehose.add(deliveredAt, to.write(extra, { lastUpdateAt }))
  const value = String(extra.disconnectedAt - extra.connectedAt)
  const subject = { ...subjectOf(to, extra), utcDay: timestamp(extra.initiatedAt).slice(0, 10) }
  return { fault: { file: to.firehose.fileAt(deliveredAt), subject, effect: { value, unit: 'second' } }, more: 1 }
}

/** Delivered for the first time days after it ended. */
function late(to: Delivering, { contact, chance }: Chosen): Planted {
  const { lastUpdateAt } = usualTimes(contact, chance)
  const deliveredAt = lastUpdateAt + chance.whole(3 * DAY, 9 * DAY)
  to.firehose.add(deliveredAt, to.write(contact, { lastUpdateAt }))
  const value = String(Math.floor((deliveredAt - lastUpdateAt) / 60))
  const subject = { ...subjectOf(to, contact), deliveredOn: timestamp(deliveredAt).slice(0, 10) }
  return { fault: { file: to.firehose.fileAt(deliveredAt), subject, effect: { value, unit: 'minute' } }, more: 0 }
}

/** The only delivery of a contact cannot be read: cut short on a line of its own, or without a value between braces that match. */
function broken(to: Delivering, { contact, chance }: Chosen): Planted {
  const { lastUpdateAt, deliveredAt } = usualTimes(contact, chance)
  const record = to.write(contact, { lastUpdateAt })
  const cut = record.indexOf('"InitiationMethod"') + chance.whole(0, 300)
  const isCut = hasNewlines(to.deployment)
  const damaged = isCut ? record.slice(0, cut) : record.replace('"References":[]', '"References":')
  to.firehose.add(deliveredAt, damaged)
  const subject = { ...subjectOf(to, contact), how: isCut ? 'cut short' : 'value missing' }
  return { fault: { file: to.firehose.fileAt(deliveredAt), subject }, more: -1 }
}
