import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAfter, daysBetween, earliest, latest, monthAfter, monthsBetween } from '../../web/src/frame/days.ts'
import { compareDecimals, decimalParts } from '../../web/src/frame/decimal.ts'
import { LOCALES, sayIn } from '../../web/src/frame/say.ts'
import { readSearch, withDates, writeSearch } from '../../web/src/frame/search.ts'
import { formatIn } from '../../web/src/frame/shown.ts'

const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const cents = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })

describe('days', () => {
  it('that are counted from one another come back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -3000, max: 3000 }), (from, count) => {
        expect(daysBetween(from, dayAfter(from, count))).toBe(count)
      }),
    )
  })

  it('of another month stay in that month', () => {
    expect(monthAfter('2024-01-31', 1)).toBe('2024-02-29')
    expect(monthAfter('2025-03-31', -1)).toBe('2025-02-28')
    expect(monthAfter('2024-12-15', 1)).toBe('2025-01-15')
  })

  it('begin each month of a term once', () => {
    expect(monthsBetween('2024-11-15', '2025-02-01')).toEqual(['2024-12-01', '2025-01-01', '2025-02-01'])
    expect([earliest('2025-01-02', '2024-12-31'), latest('2025-01-02', '2024-12-31')]).toEqual([
      '2024-12-31',
      '2025-01-02',
    ])
  })
})

describe('decimals in text', () => {
  it('are ordered exactly, beyond what a binary number holds', () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(Math.sign(compareDecimals(inCents(a), inCents(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })

  it('are the same with other zeros, and what is none comes first', () => {
    expect(compareDecimals('-0.0', '0')).toBe(0)
    expect(compareDecimals('007.10', '7.1')).toBe(0)
    expect(compareDecimals('soon', '-5')).toBeLessThan(0)
    expect(decimalParts('1e5')).toBeUndefined()
  })
})

describe('formats', () => {
  const [english, chilean] = [formatIn(LOCALES.en), formatIn(LOCALES.es)]

  it('keep every digit of an amount', () => {
    expect(english.number('12345678901234567890.123456789')).toBe('12,345,678,901,234,567,890.123456789')
    expect(chilean.number('12345678901234567890.5')).toBe('12.345.678.901.234.567.890,5')
  })

  it('write money as the country does, without cents where there are none', () => {
    expect(english.money({ amount: '739504.89', currency: 'USD' })).toBe('USD\u00a0739,504.89')
    expect(chilean.money({ amount: '1500000', currency: 'CLP' })).toMatch(/1\.500\.000/)
    expect(chilean.money({ amount: '1500000', currency: 'CLP' })).not.toMatch(/,/)
    expect(english.money({ amount: '5', currency: 'XXX' })).toBe('XXX 5')
    expect(english.money(null)).toBe('–')
  })

  it('show the day that is written, in whatever time zone the reader is', () => {
    expect(english.date('2025-01-31')).toBe('Jan 31, 2025')
    expect(chilean.date('2025-01-31')).toBe('31-01-2025')
    expect(english.date('soon')).toBe('soon')
  })
})

describe('words', () => {
  const say = sayIn('es', { rows: '{count} {count#fila|filas} de {name}' })

  it('are filled in, with the word for the number', () => {
    expect(say('rows', { count: 1, name: 'x' })).toBe('1 fila de x')
    expect(say('rows', { count: 1234, name: 'x' })).toBe('1.234 filas de x')
    expect(say('rows', { count: '1.0', name: '{count}' })).toBe('1.0 fila de {count}')
  })

  it('that are missing show their id, and a placeholder nobody fills stays', () => {
    expect(say('no.such')).toBe('no.such')
    expect(say('rows')).toBe('{count} {count#fila|filas} de {name}')
  })
})

describe('addresses', () => {
  const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ minLength: 1 }))

  it('give back what was written into them', () => {
    fc.assert(
      fc.property(texts, (search) => {
        expect(readSearch(writeSearch(search))).toEqual({ ...search })
      }),
    )
  })

  it('keep the dates on every link unless it names its own', () => {
    const search = { 'as-of': '2025-01-31', 'known-at': '2025-02-01', verdict: 'met' }
    expect(withDates('/clauses', search)).toBe('/clauses?as-of=2025-01-31&known-at=2025-02-01')
    expect(withDates('/why/a/b?as-of=2024-01-01#rows', search)).toBe(
      '/why/a/b?as-of=2024-01-01&known-at=2025-02-01#rows',
    )
    expect(withDates('/clauses', {})).toBe('/clauses')
  })

  it('drop a date that is none', () => {
    expect(readSearch('?as-of=yesterday&known-at=2025-02-31x&text=a')).toEqual({ text: 'a' })
  })
})

function inCents(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
