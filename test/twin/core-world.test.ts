import { describe, expect, it } from 'vitest'
import { makeWorld } from '../../src/twin/make-world.ts'
import type { Deployment, World } from '../../src/twin/world.ts'
import { exampleScenario } from './core-setting.ts'

const scenario = exampleScenario()
const SEEDS = [1, 2, 3, 20250131, -77]
const whole = (seed: number, scale = 1): World => makeWorld(scenario, { seed, from: '2023-07', to: '2026-06', scale })
const liveOn = (world: World, day: string): Deployment[] =>
  world.deployments.filter((each) => each.subscribersOn(day) > 0)
const seatsOn = (world: World, day: string): number =>
  world.deployments.reduce((sum, each) => sum + each.subscribersOn(day), 0)

describe('the world of the example', () => {
  it.each(SEEDS)('meets every anchor exactly with seed %i', (seed) => {
    const world = whole(seed)
    const seen = scenario.growth.anchors.map(({ date }) => {
      const live = liveOn(world, date)
      return {
        date,
        deployments: live.length,
        subscribers: seatsOn(world, date),
        workforce: live.filter((each) => each.workforce).length,
        quality: live.filter((each) => each.quality).length,
      }
    })
    expect(seen).toEqual(scenario.growth.anchors.map(({ left: _l, revenue: _r, ...anchor }) => anchor))
    const january = liveOn(world, '2025-01-31')
    expect([january.length, seatsOn(world, '2025-01-31')]).toEqual([25, 3800])
    const sizes = world.deployments.map((each) => Math.max(...['2025-01-31', '2026-06-30'].map(each.subscribersOn)))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(600)
    expect(Math.max(...sizes) / Math.min(...sizes.filter((each) => each > 0))).toBeGreaterThan(8)
  })

  it.each(SEEDS)('names and numbers are those of the systems, and nothing occurs twice, with seed %i', (seed) => {
    const world = whole(seed)
    for (const each of world.deployments) {
      expect(each.accountId).toMatch(/^\d{12}$/)
      expect(each.alias).toMatch(/^(?!d-)[a-z0-9-]{1,45}$/)
      expect(each.instanceArn).toBe(`arn:aws:connect:us-east-1:${each.accountId}:instance/${each.instanceId}`)
      expect(each.customer.signedOn < each.liveFrom).toBe(true)
      expect(each.liveTo === undefined || each.liveTo > each.liveFrom).toBe(true)
    }
    for (const field of ['accountId', 'alias', 'instanceId', 'ordinal'] as const) {
      expect(new Set(world.deployments.map((each) => each[field])).size).toBe(world.deployments.length)
    }
    expect(new Set(world.people.map((each) => each.email)).size).toBe(world.people.length)
  })

  it.each(SEEDS)('incidents lie in the service of their deployment and never overlap, with seed %i', (seed) => {
    const world = whole(seed)
    const busyUntil = new Map<string, number>()
    for (const each of world.incidents) {
      const day = new Date(each.beginsAt * 60_000).toISOString().slice(0, 10)
      expect(day >= each.deployment.liveFrom && day <= (each.deployment.liveTo ?? world.to)).toBe(true)
      expect(each.beginsAt).toBeGreaterThan(busyUntil.get(each.deployment.alias) ?? 0)
      expect(each.outageMinutes).toBeLessThanOrEqual(each.resolveMinutes)
      expect(each.respondMinutes).toBeLessThan(each.resolveMinutes)
      busyUntil.set(each.deployment.alias, each.beginsAt + each.resolveMinutes)
    }
    const outages = world.incidents.filter((each) => each.outageMinutes > 0)
    expect(world.incidents.length).toBeGreaterThan(100)
    expect(outages.length / world.incidents.length).toBeLessThan(0.4)
    // 99.99 % of a month of 30 days leaves 4.3 minutes.
    expect(outages.filter((each) => each.outageMinutes > 4).length).toBeGreaterThan(10)
  })

  it('is the same in the months that two requests share', () => {
    const all = whole(5)
    const part = makeWorld(scenario, { seed: 5, from: '2024-11', to: '2025-02', scale: 1 })
    for (const day of ['2024-11-01', '2024-12-24', '2025-02-28']) {
      expect(liveOn(part, day).map((each) => each.alias)).toEqual(liveOn(all, day).map((each) => each.alias))
      expect(seatsOn(part, day)).toBe(seatsOn(all, day))
    }
    const known = new Set(all.incidents.map((each) => each.id))
    expect(part.incidents.length).toBeGreaterThan(5)
    expect(part.incidents.filter((each) => !known.has(each.id))).toEqual([])
    expect(part.deployments.some((each) => each.liveFrom >= '2025-03-01')).toBe(false)
  })

  it('differs between seeds', () => {
    const names = SEEDS.map((seed) =>
      whole(seed)
        .deployments.map((each) => each.alias + each.liveFrom)
        .join(),
    )
    expect(new Set(names).size).toBe(SEEDS.length)
  })

  it.each([0.05, 0.1, 0.3, 0.7, 4])('grows and differs in size at scale %d', (scale) => {
    const world = whole(2, scale)
    const [first, last] = ['2023-07-31', '2026-06-30'].map((day) => liveOn(world, day).length)
    expect(first).toBeGreaterThanOrEqual(3)
    expect(last).toBeGreaterThan(first ?? 0)
    expect(seatsOn(world, '2025-01-31')).toBe(Math.round(3800 * scale))
    expect(world.deployments.every((each) => /^[a-z0-9-]{1,45}$/.test(each.alias))).toBe(true)
  })
})
