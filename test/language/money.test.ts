import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Amount,
  add,
  amountOf,
  CurrencyMismatch,
  compare,
  decimal,
  decimalText,
  exact,
  lessPercent,
  oneCurrency,
  percentOf,
  ratio,
  roundHalfUp,
  stated,
  subtract,
  sum,
  times,
} from '../../src/language/index.ts'

const Oracle = Decimal.clone({ precision: 400, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -400, toExpPos: 400 })

/** Plain decimals as files deliver them: up to 24 digits before and 18 behind the point, either sign. */
const written = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.stringMatching(/^\d{0,18}$/))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`)

const amount = written.map((text) => amountOf(text, 'USD'))
const worth = (each: Amount) => new Oracle(decimalText(each))
const same = (a: Amount, b: Amount): void => {
  expect(decimalText(a)).toBe(decimalText(b))
}

describe('an amount', () => {
  it('keeps every digit', () => {
    fc.assert(
      fc.property(written, (text) => {
        const kept = amountOf(text, 'USD')
        expect(kept.scale).toBe(text.split('.')[1]?.length ?? 0)
        expect(worth(kept).eq(text)).toBe(true)
        same(exact(stated(kept)), kept)
      }),
    )
  })

  it('adds in any order and grouping, and subtracts back', () => {
    fc.assert(
      fc.property(amount, amount, amount, (a, b, c) => {
        same(add(a, b), add(b, a))
        same(add(add(a, b), c), add(a, add(b, c)))
        same(subtract(add(a, b), b), a)
        expect(worth(add(a, b)).eq(worth(a).plus(worth(b)))).toBe(true)
        expect(Math.sign(compare(a, b))).toBe(worth(a).comparedTo(worth(b)))
        same(sum([a, b, c]) as Amount, add(a, add(b, c)))
      }),
    )
  })

  it('multiplies and takes percentages exactly', () => {
    fc.assert(
      fc.property(amount, written, (a, factor) => {
        expect(worth(times(a, factor)).eq(worth(a).times(factor))).toBe(true)
        expect(worth(percentOf(a, factor)).eq(worth(a).times(factor).div(100))).toBe(true)
        same(add(lessPercent(a, factor), percentOf(a, factor)), a)
      }),
    )
  })

  it('distributes a factor over a sum', () => {
    fc.assert(
      fc.property(amount, amount, written, (a, b, f) => same(times(add(a, b), f), add(times(a, f), times(b, f)))),
    )
  })

  it('rounds half away from zero, once', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 6 }), (a, digits) => {
        const size = 10n ** BigInt(a.scale)
        const scaled = (a.units < 0n ? -a.units : a.units) * 10n ** BigInt(digits)
        const oracle = (2n * scaled + size) / (2n * size)
        expect(roundHalfUp(a, digits)).toEqual({ minor: a.units < 0n ? -oracle : oracle, currency: 'USD' })
        expect(roundHalfUp(a, digits).minor.toString()).toBe(
          worth(a).toDecimalPlaces(digits).times(new Oracle(10).pow(digits)).plus(0).toFixed().replace(/^-0$/, '0'),
        )
      }),
    )
  })

  it.each([
    ['0.005', 2, 1n],
    ['-0.005', 2, -1n],
    ['0.00499999999999999999', 2, 0n],
    ['2.5', 0, 3n],
    ['-2.5', 0, -3n],
    ['1.234', 3, 1234n],
    ['7', 2, 700n],
  ])('rounds %s to %i digits', (text, digits, minor) => {
    expect(roundHalfUp(amountOf(text, 'USD'), digits).minor).toBe(minor)
  })

  it('has no negative zero and no trailing zeros in its text', () => {
    expect(decimalText(amountOf('-0.00', 'USD'))).toBe('0')
    expect(decimalText(amountOf('1200.5000', 'USD'))).toBe('1200.5')
    expect(decimalText(amountOf('-0.050', 'USD'))).toBe('-0.05')
    expect(decimalText(amountOf('+7', 'USD'))).toBe('7')
  })

  it.each(['', ' 1', '1e3', '1,000', '.5', '1.', 'NaN', '0x10', '1 000', '--1'])('refuses %j', (text) => {
    expect(() => amountOf(text, 'USD')).toThrow(RangeError)
  })

  it('never mixes currencies', () => {
    const [a, b] = [amountOf('1', 'USD'), amountOf('1', 'CLP')]
    for (const mixed of [add, subtract, compare, ratio]) expect(() => mixed(a, b)).toThrow(CurrencyMismatch)
    expect(oneCurrency([a, a])).toBe(true)
    expect(oneCurrency([a, b])).toBe(false)
    expect(oneCurrency([])).toBe(true)
    expect(sum([])).toBeUndefined()
  })

  it('keeps the sign of an unstated currency', () => {
    const bare = amountOf('3', 'XXX', '$')
    expect(stated(times(add(bare, bare), 2))).toEqual({ amount: '12', currency: 'XXX', sign: '$' })
  })

  it('shows ratios and decimals without binary dust', () => {
    expect(ratio(amountOf('1', 'USD'), amountOf('3', 'USD')).toFixed(20)).toBe('0.33333333333333333333')
    expect(decimal('0.1').plus('0.2').toString()).toBe('0.3')
  })
})
