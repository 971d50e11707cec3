import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addDuration,
  approximateDays,
  contractYear,
  DURATION_UNITS,
  daysBetween,
  isIsoDate,
  lastDay,
  minutesOf,
  place,
} from '../../src/language/index.ts'

const DAY = 86_400_000
const isoOf = (dayNumber: number) => new Date(dayNumber * DAY).toISOString().slice(0, 10)

/** Days from 1800 to 2400, made without Temporal. */
const dayNumber = fc.integer({ min: -62_000, max: 157_000 })
const date = dayNumber.map(isoOf)

describe('dates', () => {
  it('are counted like days on a number line', () => {
    fc.assert(
      fc.property(dayNumber, dayNumber, (a, b) => {
        expect(daysBetween(isoOf(a), isoOf(b))).toBe(b - a)
        expect(addDays(isoOf(a), b - a)).toBe(isoOf(b))
        expect(isoOf(a) < isoOf(b)).toBe(a < b)
      }),
    )
  })

  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['1900-02-29', false],
    ['2025-13-01', false],
    ['2025-1-1', false],
    ['2025-01-01T00:00', false],
    ['', false],
  ])('knows whether %s is one', (text, expected) => {
    expect(isIsoDate(text)).toBe(expected)
  })
})

describe('a duration', () => {
  it.each([
    ['2023-01-31', '1', 'month', '2023-02-28'],
    ['2024-01-31', '1', 'month', '2024-02-29'],
    ['2023-03-31', '-1', 'month', '2023-02-28'],
    ['2023-07-01', '3', 'year', '2026-07-01'],
    ['2024-02-29', '1', 'year', '2025-02-28'],
    ['2023-07-01', '1.5', 'year', '2025-01-01'],
    ['2023-11-30', '1', 'quarter', '2024-02-29'],
    ['2023-07-01', '2', 'week', '2023-07-15'],
    ['2023-07-01', '2.5', 'week', '2023-07-18'],
    ['2023-07-01', '90', 'day', '2023-09-29'],
    ['2026-01-02', '1', 'business-day', '2026-01-05'],
    ['2026-01-03', '5', 'business-day', '2026-01-09'],
    ['2026-01-05', '-1', 'business-day', '2026-01-02'],
    ['2026-01-05', '36', 'hour', '2026-01-05'],
  ] as const)('%s and %s %s is %s', (start, amount, unit, expected) => {
    expect(addDuration(start, { amount, unit })).toBe(expected)
  })

  it('of months stays in the month it names, on the same day or on its last', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -600, max: 600 }), (start, months) => {
        const [year, month, day] = start.split('-').map(Number) as [number, number, number]
        const wanted = year * 12 + (month - 1) + months
        const end = addDuration(start, { amount: String(months), unit: 'month' })
        const [endYear, endMonth, endDay] = end.split('-').map(Number) as [number, number, number]
        expect(endYear * 12 + (endMonth - 1)).toBe(wanted)
        const length = new Date(Date.UTC(endYear, endMonth, 0)).getUTCDate()
        expect(endDay).toBe(Math.min(day, length))
      }),
    )
  })

  it('never leaves the dates that compare as strings, and never throws', () => {
    fc.assert(
      fc.property(date, fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.constantFrom(...DURATION_UNITS), (start, n, unit) => {
        const end = addDuration(start, { amount: String(n), unit })
        expect(isIsoDate(end)).toBe(true)
        if (n > 0n) expect(end >= start).toBe(true)
        else expect(end <= start).toBe(true)
      }),
      { numRuns: 60 },
    )
    expect(addDuration('2023-07-01', { amount: '3000000', unit: 'year' })).toBe('9999-12-31')
    expect(addDays('9999-12-31', 1)).toBe('9999-12-31')
    expect(addDuration('9999-12-30', { amount: '5', unit: 'business-day' })).toBe('9999-12-31')
  })

  it('compares across units', () => {
    expect(approximateDays({ amount: '12', unit: 'month' })).toBeCloseTo(approximateDays({ amount: '1', unit: 'year' }))
    expect(approximateDays({ amount: '90', unit: 'day' })).toBeLessThan(
      approximateDays({ amount: '12', unit: 'month' }),
    )
    expect(minutesOf({ amount: '4', unit: 'hour' })).toBe(240)
    expect(minutesOf({ amount: '1', unit: 'month' })).toBeUndefined()
  })
})

describe('contract years', () => {
  it('follow each other without gap or overlap and hold each day of the term once', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 12 }), fc.nat(4000), (start, years, offset) => {
        const all = Array.from({ length: years }, (_, at) => contractYear(start, at + 1))
        expect(all[0]?.start).toBe(start)
        for (let at = 1; at < all.length; at += 1) expect(all[at]?.start).toBe(all[at - 1]?.end)
        const end = all.at(-1)?.end as string
        expect(all.map((year) => daysBetween(year.start, year.end)).reduce((a, b) => a + b, 0)).toBe(
          daysBetween(start, end),
        )
        const day = addDays(start, offset)
        const holding = all.filter((year) => place(year, day) === 'during').length
        expect(holding).toBe(day < end ? 1 : 0)
      }),
    )
  })

  it('end on the day before the next begins', () => {
    const year = contractYear('2023-07-01', 2)
    expect(year).toEqual({ start: '2024-07-01', end: '2025-07-01' })
    expect(lastDay(year)).toBe('2025-06-30')
    expect([
      place(year, '2024-06-30'),
      place(year, '2024-07-01'),
      place(year, '2025-06-30'),
      place(year, '2025-07-01'),
    ]).toEqual(['before', 'during', 'during', 'after'])
    expect(contractYear('2023-07-01', 900_000_000).end).toBe('9999-12-31')
  })
})
