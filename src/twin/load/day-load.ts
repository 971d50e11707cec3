import type { IsoDate } from '../../language/index.ts'
import type { Deployment, World } from '../world.ts'
import { dateOfDayNumber, dayNumberOf } from './calendar.ts'
import { type DrawnDay, drawDay } from './draw-day.ts'
import type { ChannelLoad, DayLoad, Stretch, Usage } from './types.ts'

export { type DayLoad, SERVICE_LEVEL_SECONDS, type Usage } from './types.ts'

/** One deployment's load on one local day; all zero while it is not live. Any day can be asked for alone. */
export function dayLoad(world: World, deployment: Deployment, day: IsoDate): DayLoad {
  return loadOf(day, drawDay(world, deployment, day))
}

/** What the provider's bill charges for one UTC day: parts of one or two local days. */
export function usageOf(world: World, deployment: Deployment, utcDay: IsoDate): Usage {
  return sumOf(daysAround(utcDay).flatMap((day) => usageParts(world, deployment, day, utcDay)))
}

const around = new Map<IsoDate, readonly IsoDate[]>()

/** The local days of which a UTC day may hold a part. */
function daysAround(utcDay: IsoDate): readonly IsoDate[] {
  const known = around.get(utcDay)
  if (known !== undefined) return known
  const number = dayNumberOf(utcDay)
  const made = [dateOfDayNumber(number - 1), utcDay, dateOfDayNumber(number + 1)]
  around.set(utcDay, made)
  return made
}

// A bill goes through the days in turn and asks for each local day up to three times.
const recent = new WeakMap<Deployment, { world: World; days: Map<IsoDate, readonly Stretch[]> }>()

function usageParts(world: World, deployment: Deployment, day: IsoDate, utcDay: IsoDate): readonly Stretch[] {
  let kept = recent.get(deployment)
  if (kept === undefined || kept.world !== world || kept.days.size > 40) {
    kept = { world, days: new Map() }
    recent.set(deployment, kept)
  }
  const stretches = kept.days.get(day) ?? drawDay(world, deployment, day)?.stretches ?? []
  kept.days.set(day, stretches)
  return stretches.filter((stretch) => stretch.utcDay === utcDay)
}

function sumOf(parts: readonly Usage[]): Usage {
  const sum = {
    contacts: 0,
    voiceSeconds: 0,
    telephonyInSeconds: 0,
    telephonyOutSeconds: 0,
    chatContacts: 0,
    chatMessages: 0,
  }
  for (const part of parts) {
    sum.contacts += part.contacts
    sum.voiceSeconds += part.voiceSeconds
    sum.telephonyInSeconds += part.telephonyInSeconds
    sum.telephonyOutSeconds += part.telephonyOutSeconds
    sum.chatContacts += part.chatContacts
    sum.chatMessages += part.chatMessages
  }
  return sum
}

/** The public totals of a drawn day. */
export function loadOf(day: IsoDate, drawn: DrawnDay | undefined): DayLoad {
  const stretches = drawn?.stretches ?? []
  const channels = stretches.flatMap(({ voice, chat }) => [voice, chat])
  const of = (field: keyof ChannelLoad): number => channels.reduce((sum, channel) => sum + channel[field], 0)
  const interactionSeconds = of('interactionSeconds') + of('callbackTalkSeconds')
  const holdSeconds = of('holdSeconds')
  const usage = sumOf(stretches)
  const afterContactSeconds = of('afterContactSeconds')
  return {
    day,
    ...usage,
    arrivals: of('arrivals'),
    selfServed: of('selfServed'),
    offered: of('offered'),
    handled: of('handled'),
    abandoned: of('abandoned'),
    transferred: of('transferred'),
    callbacks: of('callbacks'),
    answeredInTime: of('answeredInTime'),
    answerSeconds: of('promptSeconds') + of('lateSeconds') + of('callbackWaitSeconds'),
    handleSeconds: interactionSeconds + holdSeconds + afterContactSeconds,
    interactionSeconds,
    holdSeconds,
    afterContactSeconds,
    telephonySeconds: usage.telephonyInSeconds + usage.telephonyOutSeconds,
    agentsOnline: drawn?.agentsOnline ?? 0,
    loginSeconds: drawn?.loginSeconds ?? 0,
    byHour: byHour(drawn),
    stretches: stretches.map(({ chatsInLastHour: _, ...stretch }) => stretch),
  }
}

function byHour(drawn: DrawnDay | undefined): number[] {
  const counts = new Array<number>(24).fill(0)
  for (const [at, hour] of (drawn?.clock.hours ?? []).entries()) {
    counts[hour.label] = (counts[hour.label] ?? 0) + (drawn?.arrivals[at] ?? 0)
  }
  return counts
}
