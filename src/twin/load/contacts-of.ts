import type { IsoDate } from '../../language/index.ts'
import type { Chance, Deployment, World } from '../world.ts'
import { apportion } from './apportion.ts'
import { BOUNDS, type DrawnDay, type DrawnStretch, drawDay } from './draw-day.ts'
import { instanceOf } from './instance.ts'
import { downTimes } from './outages.ts'
import { shiftsOfDrawn } from './shifts.ts'
import type { ChannelLoad } from './types.ts'

/** One contact as it truly was. Times are seconds since 1970 and 0 where the contact has no such moment. */
export interface TrueContact {
  id: string
  channel: 'VOICE' | 'CHAT'
  method: 'INBOUND' | 'API' | 'TRANSFER' | 'CALLBACK'
  outcome: 'self-served' | 'abandoned' | 'handled'
  initiatedAt: number
  connectedAt: number
  enqueuedAt: number
  dequeuedAt: number
  answeredAt: number
  transferredAt: number
  disconnectedAt: number
  interactionSeconds: number
  holdSeconds: number
  afterContactSeconds: number
  messages: number
  /** Positions in the instance; -1 without. */
  agent: number
  queue: number
  /** Digits of the customer's number. */
  customer: number
  /** The contact it continues, and the one that continues it. */
  previous?: TrueContact
  next?: TrueContact
}

/** All contacts begun on a local day, in order of their beginning; they add up to `dayLoad` exactly. */
export function contactsOf(world: World, deployment: Deployment, day: IsoDate): Iterable<TrueContact> {
  const drawn = drawDay(world, deployment, day)
  if (drawn === undefined) return []
  const chance = world.chance(`contacts ${deployment.alias} ${day}`)
  const seats = deployment.subscribersOn(day)
  const queues = instanceOf(world, deployment).queues.length
  const begun = beginnings(world, deployment, drawn, chance)
  const made: TrueContact[] = []
  for (const [at, stretch] of drawn.stretches.entries()) {
    const chats = chatsAmong(begun, at, stretch, chance)
    const own = begun.filter((each) => each.stretch === at)
    for (const channel of ['VOICE', 'CHAT'] as const) {
      const starts = own.filter((each) => chats.has(each) === (channel === 'CHAT'))
      makeChannel({ chance, channel, starts, load: channel === 'CHAT' ? stretch.chat : stretch.voice, made })
    }
  }
  for (const contact of made) dress(contact, chance, seats, queues)
  assignAgents(made, shiftsOfDrawn(world, deployment, drawn))
  return made.sort((a, b) => a.initiatedAt - b.initiatedAt || (a.id < b.id ? -1 : 1))
}

interface Beginning {
  second: number
  stretch: number
  inLastHour: boolean
}

function beginnings(world: World, deployment: Deployment, drawn: DrawnDay, chance: Chance): Beginning[] {
  const { hours } = drawn.clock
  return hours.flatMap(({ beginsAt, stretch }, at) => {
    const count = drawn.arrivals[at] ?? 0
    const inLastHour = hours[at + 1]?.stretch !== stretch
    const up = upTimes(world, deployment, beginsAt)
    const seconds = up.reduce((sum, each) => sum + each.endsAt - each.beginsAt, 0)
    return Array.from({ length: count }, () => ({ second: secondIn(up, chance.next() * seconds), stretch, inLastHour }))
  })
}

function upTimes(world: World, deployment: Deployment, hourBeginsAt: number): { beginsAt: number; endsAt: number }[] {
  const up = []
  let at = hourBeginsAt
  for (const down of downTimes(world, deployment, hourBeginsAt / 60, hourBeginsAt / 60 + 60)) {
    if (down.beginsAt * 60 > at) up.push({ beginsAt: at, endsAt: down.beginsAt * 60 })
    at = down.endsAt * 60
  }
  if (at < hourBeginsAt + 3600) up.push({ beginsAt: at, endsAt: hourBeginsAt + 3600 })
  return up
}

function secondIn(up: readonly { beginsAt: number; endsAt: number }[], offset: number): number {
  let left = Math.floor(offset)
  for (const { beginsAt, endsAt } of up) {
    if (left < endsAt - beginsAt) return beginsAt + left
    left -= endsAt - beginsAt
  }
  return (up.at(-1)?.endsAt ?? 1) - 1
}

function chatsAmong(begun: readonly Beginning[], at: number, stretch: DrawnStretch, chance: Chance): Set<Beginning> {
  const chats = new Set<Beginning>()
  const early = begun.filter((each) => each.stretch === at && !each.inLastHour)
  const last = begun.filter((each) => each.stretch === at && each.inLastHour)
  for (const each of choose(early, stretch.chat.arrivals - stretch.chatsInLastHour, chance)) chats.add(each)
  for (const each of choose(last, stretch.chatsInLastHour, chance)) chats.add(each)
  return chats
}

/** So many of them, each equally likely, in their order. */
function choose<T>(from: readonly T[], count: number, chance: Chance): T[] {
  const chosen: T[] = []
  if (count <= 0) return chosen
  for (const [at, each] of from.entries()) {
    if (chance.next() * (from.length - at) < count - chosen.length) chosen.push(each)
  }
  return chosen
}

interface ChannelDay {
  chance: Chance
  channel: 'VOICE' | 'CHAT'
  starts: readonly Beginning[]
  load: ChannelLoad
  made: TrueContact[]
}

type Role = 'transferred' | 'called-back' | 'self-served' | 'abandoned' | 'handled'

function makeChannel({ chance, channel, starts, load, made }: ChannelDay): void {
  if (starts.length === 0) return
  const roles = rolesOf(starts, load, chance)
  const flow = spread(chance, load.flowSeconds, BOUNDS.flow, starts.length, (at) => (isServed(roles[at]) ? 2.2 : 1))
  const method = channel === 'CHAT' ? 'API' : 'INBOUND'
  const first = starts.map(({ second }, at) => {
    const contact = blank(chance, channel, method, second)
    contact.connectedAt = second
    contact.disconnectedAt = second + (flow[at] ?? 0)
    contact.outcome = outcomeOf(roles[at])
    return contact
  })
  const withRole = (role: Role): TrueContact[] => first.filter((_, at) => roles[at] === role)
  giveUp(withRole('abandoned'), load, chance)
  const passedOn = withRole('transferred')
  const legs = passedOn.map((previous) => follow(previous, 'TRANSFER', chance))
  answer([...withRole('handled'), ...passedOn], legs, load, chance)
  const callbacks = withRole('called-back').map((previous) => follow(previous, 'CALLBACK', chance))
  callBack(callbacks, load, chance)
  const all = [...first, ...legs, ...callbacks]
  const handled = all.filter((each) => each.outcome === 'handled')
  setEach(handled, 'afterContactSeconds', spread(chance, load.afterContactSeconds, BOUNDS.afterContact, handled.length))
  const written = channel === 'CHAT' ? all : []
  setEach(written, 'messages', spread(chance, load.messages, BOUNDS.messages, written.length))
  made.push(...all)
}

function isServed(role: Role | undefined): boolean {
  return role === 'self-served' || role === 'called-back'
}

function outcomeOf(role: Role | undefined): TrueContact['outcome'] {
  if (isServed(role)) return 'self-served'
  return role === 'abandoned' ? 'abandoned' : 'handled'
}

/** Who is passed on or called back is chosen among the early ones, so that what follows begins in the same stretch. */
function rolesOf(starts: readonly Beginning[], load: ChannelLoad, chance: Chance): Role[] {
  const positions = [...starts.keys()]
  const roles = new Map<number, Role>()
  const assign = (among: number[], role: Role, count: number): void => {
    const free = among.filter((at) => !roles.has(at))
    for (const at of choose(free, count, chance)) roles.set(at, role)
  }
  const early = positions.filter((at) => starts[at]?.inLastHour === false)
  assign(early, 'transferred', load.transferred)
  assign(early, 'called-back', load.callbacks)
  assign(positions, 'self-served', load.selfServed - load.callbacks)
  assign(positions, 'abandoned', load.abandoned)
  return positions.map((at) => roles.get(at) ?? 'handled')
}

function spread(
  chance: Chance,
  total: number,
  [low, high]: readonly [number, number],
  count: number,
  weight: (at: number) => number = () => 1,
): number[] {
  if (count === 0) return []
  const weights = Array.from({ length: count }, (_, at) => weight(at) * (0.12 + 3.5 * chance.next() * chance.next()))
  return apportion(total, weights, low, high)
}

type Numeric = 'interactionSeconds' | 'holdSeconds' | 'afterContactSeconds' | 'messages'

function setEach(contacts: readonly TrueContact[], field: Numeric, values: readonly number[]): void {
  for (const [at, contact] of contacts.entries()) contact[field] = values[at] ?? 0
}

function blank(chance: Chance, channel: TrueContact['channel'], method: TrueContact['method'], at: number) {
  const contact: TrueContact = {
    id: chance.uuid(),
    channel,
    method,
    outcome: 'handled',
    initiatedAt: at,
    connectedAt: 0,
    enqueuedAt: 0,
    dequeuedAt: 0,
    answeredAt: 0,
    transferredAt: 0,
    disconnectedAt: 0,
    interactionSeconds: 0,
    holdSeconds: 0,
    afterContactSeconds: 0,
    messages: 0,
    agent: -1,
    queue: -1,
    customer: 0,
  }
  return contact
}

function follow(previous: TrueContact, method: 'TRANSFER' | 'CALLBACK', chance: Chance): TrueContact {
  const contact = blank(chance, previous.channel, method, 0)
  contact.previous = previous
  previous.next = contact
  return contact
}

function giveUp(contacts: readonly TrueContact[], load: ChannelLoad, chance: Chance): void {
  const waits = spread(chance, load.abandonSeconds, BOUNDS.abandon, contacts.length)
  for (const [at, contact] of contacts.entries()) {
    contact.enqueuedAt = contact.disconnectedAt
    contact.disconnectedAt += waits[at] ?? 0
    contact.dequeuedAt = contact.disconnectedAt
  }
}

/** Those answered, and the legs that follow those passed on. Both wait in a queue, talk and may be put on hold. */
function answer(firstLegs: readonly TrueContact[], legs: readonly TrueContact[], load: ChannelLoad, chance: Chance) {
  const live = [...firstLegs, ...legs]
  const positions = [...live.keys()]
  const prompt = new Set(choose(positions, load.answeredInTime, chance))
  const late = positions.filter((at) => !prompt.has(at))
  const waits = new Map<number, number>()
  const promptly = spread(chance, load.promptSeconds, BOUNDS.prompt, prompt.size)
  const lately = spread(chance, load.lateSeconds, BOUNDS.late, late.length)
  for (const [nth, at] of [...prompt].entries()) waits.set(at, promptly[nth] ?? 0)
  for (const [nth, at] of late.entries()) waits.set(at, lately[nth] ?? 0)
  setEach(live, 'interactionSeconds', spread(chance, load.interactionSeconds, BOUNDS.interaction, live.length))
  const held = spread(chance, load.holdSeconds, BOUNDS.hold, live.length, () => (chance.next() < 0.3 ? 1 : 0.001))
  setEach(live, 'holdSeconds', held)
  for (const [at, contact] of live.entries()) {
    if (contact.previous !== undefined) {
      contact.initiatedAt = contact.previous.disconnectedAt
      contact.previous.transferredAt = contact.previous.disconnectedAt
      contact.connectedAt = contact.initiatedAt
      contact.disconnectedAt = contact.initiatedAt
    }
    contact.enqueuedAt = contact.disconnectedAt
    contact.answeredAt = contact.enqueuedAt + (waits.get(at) ?? 0)
    contact.dequeuedAt = contact.answeredAt
    contact.disconnectedAt = contact.answeredAt + contact.interactionSeconds + contact.holdSeconds
  }
}

function callBack(contacts: readonly TrueContact[], load: ChannelLoad, chance: Chance): void {
  const waits = spread(chance, load.callbackWaitSeconds, BOUNDS.callbackWait, contacts.length)
  setEach(contacts, 'interactionSeconds', spread(chance, load.callbackTalkSeconds, BOUNDS.interaction, contacts.length))
  for (const [at, contact] of contacts.entries()) {
    contact.initiatedAt = contact.previous?.disconnectedAt ?? 0
    contact.enqueuedAt = contact.initiatedAt
    contact.answeredAt = contact.enqueuedAt + (waits[at] ?? 0)
    contact.dequeuedAt = contact.answeredAt
    contact.connectedAt = contact.answeredAt
    contact.disconnectedAt = contact.answeredAt + contact.interactionSeconds
  }
}

function dress(contact: TrueContact, chance: Chance, seats: number, queues: number): void {
  if (contact.enqueuedAt > 0) contact.queue = Math.floor(chance.next() * chance.next() * queues)
  // The same people call again: the numbers of about a hundred customers for each seat.
  const caller = Math.floor(chance.next() * seats * 100)
  contact.customer = contact.previous?.customer ?? 20_000_000 + ((caller * 48_271 + 7_919) % 79_999_981)
}

function assignAgents(contacts: readonly TrueContact[], shifts: ReturnType<typeof shiftsOfDrawn>): void {
  const handled = contacts.filter((each) => each.outcome === 'handled').sort((a, b) => a.answeredAt - b.answeredAt)
  const freeAt = shifts.map(() => 0)
  let turn = 0
  for (const contact of handled) {
    const until = contact.disconnectedAt + contact.afterContactSeconds
    const at = nextFree(shifts, freeAt, turn, contact.answeredAt, until)
    turn = (at + 1) % shifts.length
    freeAt[at] = Math.max(freeAt[at] ?? 0, until)
    contact.agent = shifts[at]?.agent ?? 0
  }
}

/** The next agent in turn who is free and stays at work until the end; failing that one at work, and failing that the next. */
function nextFree(
  shifts: ReturnType<typeof shiftsOfDrawn>,
  freeAt: number[],
  turn: number,
  from: number,
  until: number,
): number {
  let atWork = -1
  for (let step = 0, at = turn; step < shifts.length; step += 1, at = at + 1 === shifts.length ? 0 : at + 1) {
    const shift = shifts[at]
    if (shift === undefined || shift.beginsAt >= from || from >= shift.endsAt) continue
    if ((freeAt[at] ?? 0) < from && until < shift.endsAt) return at
    if (atWork < 0) atWork = at
  }
  return atWork < 0 ? turn : atWork
}
