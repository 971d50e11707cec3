import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, ln, normalQuantile } from '../../src/twin/arithmetic.ts'
import { chanceOf } from '../../src/twin/chance.ts'

describe('arithmetic', () => {
  it('agrees with the machine to thirteen digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: 300, noNaN: true }), (x) => {
        expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 11)
      }),
    )
    fc.assert(
      fc.property(fc.double({ min: 1e-200, max: 1e200, noNaN: true }), (x) => {
        expect(ln(x)).toBeCloseTo(Math.log(x), 10)
      }),
    )
  })

  it('knows the normal distribution', () => {
    for (const [p, z] of [
      [0.5, 0],
      [0.975, 1.959963984540054],
      [0.025, -1.959963984540054],
      [0.999, 3.090232306167813],
      [0.0001, -3.719016485455709],
    ] as const) {
      expect(normalQuantile(p)).toBeCloseTo(z, 7)
    }
  })
})

describe('chance', () => {
  it('gives these numbers on every machine', () => {
    const chance = chanceOf(7, 'golden')
    const drawn = [chance.next(), chance.whole(1, 1_000_000), chance.poisson(3), chance.poisson(900), chance.uuid()]
    expect([...drawn, chance.normal(10, 2), chance.lognormal(5, 0.9)]).toMatchInlineSnapshot(`
      [
        0.3088716322090477,
        168467,
        5,
        837,
        "7fd68f4d-3e6f-4c85-9524-5163918204f1",
        7.912270367130496,
        8.334437955389085,
      ]
    `)
  })

  it('depends on seed and purpose alone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, purpose) => {
        const draw = (chance = chanceOf(seed, purpose)) => Array.from({ length: 5 }, () => chance.next())
        expect(draw()).toEqual(draw())
        expect(draw(chanceOf(seed, `${purpose}x`))).not.toEqual(draw())
        expect(draw(chanceOf(seed ^ 1, purpose))).not.toEqual(draw())
      }),
    )
  })

  it('is even, within its bounds, and its means are right', () => {
    const chance = chanceOf(1, 'even')
    const buckets = new Array<number>(16).fill(0)
    const count = 160_000
    for (let n = 0; n < count; n += 1) {
      const at = Math.floor(chance.next() * 16)
      buckets[at] = (buckets[at] ?? 0) + 1
    }
    const chiSquare = buckets.reduce((sum, each) => sum + (each - count / 16) ** 2 / (count / 16), 0)
    expect(chiSquare).toBeLessThan(37.7)
    const mean = (draw: () => number): number => Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b) / 20_000
    expect(mean(() => chance.poisson(2.5))).toBeCloseTo(2.5, 1)
    expect(mean(() => chance.poisson(400)) / 400).toBeCloseTo(1, 2)
    expect(mean(() => chance.normal(5, 2))).toBeCloseTo(5, 1)
    expect(mean(() => chance.lognormal(3, 0.5)) / (3 * Math.exp(0.125))).toBeCloseTo(1, 1)
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (low, width) => {
        const drawn = chance.whole(low, low + width)
        expect(Number.isInteger(drawn) && drawn >= low && drawn <= low + width).toBe(true)
      }),
    )
  })

  it('makes uuids of version 4 that differ', () => {
    const chance = chanceOf(3, 'uuid')
    const made = Array.from({ length: 20_000 }, () => chance.uuid())
    expect(new Set(made).size).toBe(made.length)
    for (const each of made)
      expect(each).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
