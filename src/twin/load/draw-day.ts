import type { IsoDate } from '../../language/index.ts'
import type { Chance, Deployment, World } from '../world.ts'
import { drawCount, drawSum } from './apportion.ts'
import { type DayClock, dayClock, dayWeight, isHoliday, weekdayOf } from './calendar.ts'
import { minutesDown } from './outages.ts'
import { type Profile, profileOf } from './profile.ts'
import type { ChannelLoad, Stretch } from './types.ts'

/** Bounds of every kind of time in seconds; a passed-on contact thus ends within an hour. */
export const BOUNDS = {
  flow: [10, 150],
  prompt: [1, 20],
  late: [21, 900],
  abandon: [3, 600],
  interaction: [10, 2300],
  hold: [0, 240],
  callbackWait: [60, 3000],
  afterContact: [2, 600],
  login: [10_800, 34_200],
  messages: [2, 60],
} as const

/** A day with what the contacts need to be drawn again one by one. */
export interface DrawnDay {
  day: IsoDate
  clock: DayClock
  /** Arrivals by elapsed hour. */
  arrivals: readonly number[]
  stretches: readonly DrawnStretch[]
  agentsOnline: number
  loginSeconds: number
}

/** A stretch with how many chats began in its last hour, in which nothing is passed on. */
export interface DrawnStretch extends Stretch {
  chatsInLastHour: number
}

/** Draws a deployment's day; undefined while it is not live. */
export function drawDay(world: World, deployment: Deployment, day: IsoDate): DrawnDay | undefined {
  const seats = deployment.subscribersOn(day)
  if (seats <= 0) return undefined
  const chance = world.chance(`load ${deployment.alias} ${day}`)
  const profile = profileOf(world, deployment)
  const { country, timeZone } = world.scenario
  const clock = dayClock(timeZone, day)
  const mood = 0.94 + 0.12 * ((chance.next() + chance.next() + chance.next()) / 3)
  const expected = seats * profile.arrivalsPerSeat * dayWeight(country, day)
  const down = downByHour(world, deployment, clock)
  const arrivals = clock.hours.map((hour, at) => {
    const up = 1 - (down[at] ?? 0) / 60
    return chance.poisson(expected * mood * (profile.byHour[hour.label] ?? 0) * up)
  })
  const downMinutes = down.reduce((sum, minutes) => sum + minutes, 0)
  const strain = Math.max(0, mood - 0.99) * 2 + Math.min(0.5, downMinutes / 240)
  const stretches = clock.utcDays.map((utcDay, stretch) => {
    const own = arrivals.filter((_, at) => clock.hours[at]?.stretch === stretch)
    return drawStretch(chance, profile, utcDay, own, strain)
  })
  return { day, clock, arrivals, stretches, ...drawAgents(chance, profile, seats, day, country, arrivals) }
}

function downByHour(world: World, deployment: Deployment, clock: DayClock): number[] {
  const total = minutesDown(world, deployment, clock.beginsAt / 60, clock.endsAt / 60)
  return clock.hours.map(({ beginsAt }) =>
    total === 0 ? 0 : minutesDown(world, deployment, beginsAt / 60, beginsAt / 60 + 60),
  )
}

function drawStretch(chance: Chance, profile: Profile, utcDay: IsoDate, arrivals: number[], strain: number) {
  const last = arrivals.at(-1) ?? 0
  const early = arrivals.reduce((sum, each) => sum + each, 0) - last
  const chatsEarly = drawCount(chance, early, profile.chatShare)
  const chatsInLastHour = drawCount(chance, last, profile.chatShare)
  const voice = drawChannel(chance, profile, early - chatsEarly, last - chatsInLastHour, strain, false)
  const chat = drawChannel(chance, profile, chatsEarly, chatsInLastHour, strain, true)
  const telephonyInSeconds = secondsInService(voice)
  const telephonyOutSeconds = voice.callbackTalkSeconds
  const chatContacts = chat.arrivals + chat.transferred
  return {
    utcDay,
    voice,
    chat,
    chatsInLastHour,
    contacts: voice.arrivals + voice.transferred + voice.callbacks + chatContacts,
    voiceSeconds: telephonyInSeconds + telephonyOutSeconds,
    telephonyInSeconds,
    telephonyOutSeconds,
    chatContacts,
    chatMessages: chat.messages,
  }
}

function secondsInService(load: ChannelLoad): number {
  const waiting = load.promptSeconds + load.lateSeconds + load.abandonSeconds
  return load.flowSeconds + waiting + load.interactionSeconds + load.holdSeconds
}

function drawChannel(
  chance: Chance,
  profile: Profile,
  early: number,
  last: number,
  strain: number,
  isChat: boolean,
): ChannelLoad {
  const arrivals = early + last
  const selfServed = drawCount(chance, arrivals, profile.selfServedShare)
  const abandoned = drawCount(chance, arrivals - selfServed, Math.min(0.6, profile.abandonShare * (1 + 4 * strain)))
  const answered = arrivals - selfServed - abandoned
  const transferred = Math.min(answered, drawCount(chance, early, profile.transferShare * (isChat ? 0.5 : 0.8)))
  const callbacks = isChat ? 0 : Math.min(selfServed, drawCount(chance, early - transferred, profile.callbackShare))
  const live = answered + transferred
  const answeredInTime = drawCount(chance, live, Math.max(0.2, profile.promptShare - 0.5 * strain))
  const handled = live + callbacks
  const sum = (count: number, mean: number, deviation: number, bounds: readonly [number, number]): number =>
    drawSum(chance, count, mean, deviation, bounds[0], bounds[1])
  const talk = isChat ? profile.chatSeconds : profile.talkSeconds
  return {
    arrivals,
    selfServed,
    offered: handled + abandoned,
    handled,
    abandoned,
    transferred,
    callbacks,
    answeredInTime,
    flowSeconds: sum(arrivals, 42, 22, BOUNDS.flow),
    promptSeconds: sum(answeredInTime, 8, 5, BOUNDS.prompt),
    lateSeconds: sum(live - answeredInTime, 85 * (1 + strain), 70, BOUNDS.late),
    abandonSeconds: sum(abandoned, 95 * (1 + strain), 75, BOUNDS.abandon),
    interactionSeconds: sum(live, talk, talk * 0.8, BOUNDS.interaction),
    holdSeconds: isChat ? 0 : sum(live, 18, 32, BOUNDS.hold),
    callbackWaitSeconds: sum(callbacks, 900, 500, BOUNDS.callbackWait),
    callbackTalkSeconds: sum(callbacks, talk, talk * 0.8, BOUNDS.interaction),
    afterContactSeconds: sum(handled, 52, 40, BOUNDS.afterContact),
    messages: isChat ? sum(arrivals + transferred, 13, 6, BOUNDS.messages) : 0,
  }
}

const ATTENDANCE_BY_WEEKDAY = [0.28, 1, 1, 1, 1, 0.98, 0.55]

function drawAgents(
  chance: Chance,
  profile: Profile,
  seats: number,
  day: IsoDate,
  country: string,
  arrivals: readonly number[],
): { agentsOnline: number; loginSeconds: number } {
  const usual = profile.attendance * (ATTENDANCE_BY_WEEKDAY[weekdayOf(day)] ?? 1)
  const present = drawCount(chance, seats, isHoliday(country, day) ? usual * 0.45 : usual)
  const needed = arrivals.some((count) => count > 0) ? 1 : 0
  const agentsOnline = Math.max(needed, present)
  const [low, high] = BOUNDS.login
  return { agentsOnline, loginSeconds: drawSum(chance, agentsOnline, 22_300, 4_200, low, high) }
}
