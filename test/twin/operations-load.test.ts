import { describe, expect, it } from 'vitest'
import { isHoliday, weekdayOf } from '../../src/twin/load/calendar.ts'
import { contactsOf } from '../../src/twin/load/contacts-of.ts'
import { type DayLoad, dayLoad, SERVICE_LEVEL_SECONDS, usageOf } from '../../src/twin/load/day-load.ts'
import { outagesOf } from '../../src/twin/load/outages.ts'
import { profileOf } from '../../src/twin/load/profile.ts'
import { shiftsOf } from '../../src/twin/load/shifts.ts'
import type { Deployment } from '../../src/twin/world.ts'
import { daysOf, testWorld } from './operations-setting.ts'

const world = testWorld()
const live = world.deployments.filter((each) => each.subscribersOn('2025-01-01') > 0)
const byNight = live.find((each) => profileOf(world, each).allHours) as Deployment
const byDay = live.find((each) => !profileOf(world, each).allHours) as Deployment
// The clocks go back on 5 April 2025 (25 hours) and forward on 7 September 2025 (23 hours).
const DAYS = ['2025-01-15', '2025-04-05', '2025-04-06', '2025-09-06', '2025-09-07', '2025-09-18', '2025-02-28']

function sum(of: readonly number[]): number {
  return of.reduce((all, each) => all + each, 0)
}

function totalsOf(deployment: Deployment, day: string): Partial<DayLoad> {
  const contacts = [...contactsOf(world, deployment, day)]
  const handled = contacts.filter((each) => each.outcome === 'handled')
  const voice = contacts.filter((each) => each.channel === 'VOICE')
  const seconds = (of: typeof contacts): number => sum(of.map((each) => each.disconnectedAt - each.connectedAt))
  const interactionSeconds = sum(handled.map((each) => each.interactionSeconds))
  const holdSeconds = sum(handled.map((each) => each.holdSeconds))
  const afterContactSeconds = sum(handled.map((each) => each.afterContactSeconds))
  const called = voice.filter((each) => each.method === 'CALLBACK')
  return {
    contacts: contacts.length,
    arrivals: contacts.filter((each) => each.previous === undefined).length,
    selfServed: contacts.filter((each) => each.outcome === 'self-served').length,
    offered: contacts.filter((each) => each.queue >= 0).length,
    handled: handled.length,
    abandoned: contacts.filter((each) => each.outcome === 'abandoned').length,
    transferred: contacts.filter((each) => each.transferredAt > 0).length,
    callbacks: called.length,
    answeredInTime: handled.filter((each) => each.answeredAt - each.enqueuedAt <= SERVICE_LEVEL_SECONDS).length,
    answerSeconds: sum(handled.map((each) => each.answeredAt - each.enqueuedAt)),
    handleSeconds: interactionSeconds + holdSeconds + afterContactSeconds,
    interactionSeconds,
    holdSeconds,
    afterContactSeconds,
    voiceSeconds: seconds(voice),
    telephonyOutSeconds: seconds(called),
    telephonyInSeconds: seconds(voice) - seconds(called),
    chatContacts: contacts.length - voice.length,
    chatMessages: sum(contacts.map((each) => each.messages)),
  }
}

describe('the load of a day', () => {
  it.each(DAYS)('is met by its contacts to the unit on %s', (day) => {
    for (const deployment of [byNight, byDay]) {
      expect(dayLoad(world, deployment, day)).toMatchObject(totalsOf(deployment, day))
    }
  })

  it('divides what is queued into handled and abandoned, and arrivals by hour', () => {
    for (const day of DAYS) {
      const load = dayLoad(world, byNight, day)
      expect(load.offered).toBe(load.handled + load.abandoned)
      expect(load.offered).toBe(load.arrivals - load.selfServed + load.transferred + load.callbacks)
      expect(sum(load.byHour)).toBe(load.arrivals)
      expect(load.handled).toBeGreaterThan(100)
    }
    expect(dayLoad(world, byNight, '2025-09-07').byHour[0]).toBe(0)
    expect(dayLoad(world, byNight, '2025-09-06').byHour[0]).toBeGreaterThan(0)
  })

  it('is the same alone, in turn, and in a world of other months', () => {
    const days = daysOf('2025-01-01', '2025-01-20')
    const inTurn = days.map((day) => dayLoad(world, byNight, day))
    const other = testWorld({ from: '2025-01', to: '2025-01' })
    const same = other.deployments.find((each) => each.alias === byNight.alias) as Deployment
    for (const at of [17, 3, 11]) {
      expect(dayLoad(world, byNight, days[at] ?? '')).toEqual(inTurn[at])
      expect(dayLoad(other, same, days[at] ?? '')).toEqual(inTurn[at])
      expect([...contactsOf(other, same, days[at] ?? '')]).toEqual([...contactsOf(world, byNight, days[at] ?? '')])
    }
  })

  it('differs by seed', () => {
    const other = testWorld({ seed: 8 })
    expect(dayLoad(other, byNight, '2025-01-15')).not.toEqual(dayLoad(world, byNight, '2025-01-15'))
  })

  it('falls on Sundays and holidays', () => {
    const arrivals = (day: string): number => sum(live.map((each) => dayLoad(world, each, day).arrivals))
    expect(arrivals('2025-01-12')).toBeLessThan(arrivals('2025-01-13') * 0.5)
    expect(isHoliday('CL', '2025-08-15')).toBe(true)
    expect(weekdayOf('2025-08-15')).toBe(weekdayOf('2025-08-22'))
    expect(arrivals('2025-08-15')).toBeLessThan(arrivals('2025-08-22') * 0.6)
    expect(arrivals('2025-08-15')).toBeGreaterThan(0)
  })

  it('brings about a million contacts for 3,800 seats in January', () => {
    const days = daysOf('2025-01-01', '2025-02-01')
    const contacts = sum(live.flatMap((each) => days.map((day) => dayLoad(world, each, day).contacts)))
    const seats = sum(live.map((each) => each.subscribersOn('2025-01-31')))
    expect(contacts / seats).toBeGreaterThan(225)
    expect(contacts / seats).toBeLessThan(300)
  })

  it('brings nothing while a deployment is down or not live', () => {
    const [down] = world.deployments
      .flatMap((each) => outagesOf(world, each))
      .sort((a, b) => b.endsAt - a.endsAt + a.beginsAt - b.beginsAt)
    if (down === undefined) throw new Error('no outage')
    const { deployment } = down.incident
    const day = new Date(down.beginsAt * 60_000 - 4 * 3_600_000).toISOString().slice(0, 10)
    const around = daysOf(day, '2100-01-01').slice(0, 3)
    const begun = around
      .flatMap((each) => [...contactsOf(world, deployment, each)])
      .filter((each) => each.previous === undefined)
    const within = begun.filter(
      ({ initiatedAt }) => initiatedAt >= down.beginsAt * 60 && initiatedAt < down.endsAt * 60,
    )
    expect(within).toEqual([])
    expect(begun.length).toBeGreaterThan(0)
    expect(dayLoad(world, deployment, '2020-01-01').contacts).toBe(0)
    expect([...contactsOf(world, deployment, '2020-01-01')]).toEqual([])
  })
})

describe('the usage of a UTC day', () => {
  it('adds up to the same as the local days', () => {
    const days = daysOf('2025-03-25', '2025-04-20')
    const local = sum(days.map((day) => dayLoad(world, byNight, day).voiceSeconds))
    const before = sum(
      dayLoad(world, byNight, '2025-03-24')
        .stretches.filter((each) => each.utcDay === '2025-03-25')
        .map((each) => each.voiceSeconds),
    )
    const after = sum(
      dayLoad(world, byNight, '2025-04-19')
        .stretches.filter((each) => each.utcDay === '2025-04-20')
        .map((each) => each.voiceSeconds),
    )
    expect(sum(days.map((day) => usageOf(world, byNight, day).voiceSeconds))).toBe(local + before - after)
    expect(before).toBeGreaterThan(0)
  })

  it('is met by the contacts begun in it', () => {
    const contacts = ['2025-04-04', '2025-04-05', '2025-04-06'].flatMap((day) => [...contactsOf(world, byNight, day)])
    const from = Date.parse('2025-04-05T00:00:00Z') / 1000
    const begun = contacts.filter(({ initiatedAt }) => initiatedAt >= from && initiatedAt < from + 86_400)
    const voice = begun.filter((each) => each.channel === 'VOICE')
    expect(usageOf(world, byNight, '2025-04-05')).toMatchObject({
      contacts: begun.length,
      voiceSeconds: sum(voice.map((each) => each.disconnectedAt - each.connectedAt)),
      chatMessages: sum(begun.map((each) => each.messages)),
    })
  })
})

describe('shifts', () => {
  it('are as many and as long as the load says, and take the contacts', () => {
    for (const day of DAYS) {
      const shifts = shiftsOf(world, byDay, day)
      const load = dayLoad(world, byDay, day)
      expect(shifts.length).toBe(load.agentsOnline)
      expect(sum(shifts.map((each) => each.endsAt - each.beginsAt))).toBe(load.loginSeconds)
      const agents = new Set(shifts.map((each) => each.agent))
      expect(agents.size).toBe(shifts.length)
      const handled = [...contactsOf(world, byDay, day)].filter((each) => each.outcome === 'handled')
      expect(handled.every((each) => agents.has(each.agent))).toBe(true)
      const atWork = handled.filter(({ agent, answeredAt }) =>
        shifts.some((each) => each.agent === agent && each.beginsAt <= answeredAt && answeredAt < each.endsAt),
      )
      expect(atWork.length).toBeGreaterThan(handled.length * 0.9)
    }
  })
})
