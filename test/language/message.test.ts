import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountOf,
  LANGUAGES,
  type Language,
  message,
  type Param,
  showAmount,
  showDate,
  speaker,
  type Words,
} from '../../src/language/index.ts'
import { speakerOf } from '../../src/reports/index.ts'

const words: Words = {
  clauses: { en: '{count} {count#clause|clauses} read', es: '{count} {count#cláusula leída|cláusulas leídas}' },
  owes: { en: 'owed by {who} to {whom}', es: 'obligación de {who} a {whom}' },
  about: { en: 'About {text}.', es: 'Sobre {text}.' },
  partner: { en: 'the partner', es: 'el socio' },
  outer: { en: 'Because: {inner}', es: 'Porque: {inner}' },
}
const say = (language: Language, id: string, params: Record<string, Param>) =>
  speaker(language, words).say(message(id, params))
const show = (language: Language, param: Param) => speakerOf(language).show(param)

describe('a message', () => {
  it('puts texts into their places unchanged, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...LANGUAGES), (text, language) => {
        expect(say(language, 'about', { text })).toBe(language === 'en' ? `About ${text}.` : `Sobre ${text}.`)
      }),
    )
    expect(say('en', 'about', { text: '$& {text} $1' })).toBe('About $& {text} $1.')
  })

  it.each([
    ['en', 0, '0 clauses read'],
    ['en', 1, '1 clause read'],
    ['en', 2, '2 clauses read'],
    ['es', 1, '1 cláusula leída'],
    ['es', 12_000, '12.000 cláusulas leídas'],
    ['en', { decimal: '1' }, '1 clause read'],
    ['en', { decimal: '1.5' }, '1.5 clauses read'],
  ] as const)('counts in %s: %j', (language, count, expected) => {
    expect(say(language, 'clauses', { count })).toBe(expected)
  })

  it('contracts Spanish articles, and leaves names and English alone', () => {
    expect(say('es', 'owes', { who: { word: 'partner' }, whom: { word: 'partner' } })).toBe(
      'obligación del socio al socio',
    )
    expect(say('es', 'owes', { who: 'El Salvador', whom: 'WOM' })).toBe('obligación de El Salvador a WOM')
    expect(say('en', 'owes', { who: { word: 'partner' }, whom: 'el dorado' })).toBe('owed by the partner to el dorado')
  })

  it('shows gaps instead of hiding them', () => {
    expect(say('en', 'no-such-id', {})).toBe('no-such-id')
    expect(say('es', 'about', {})).toBe('Sobre {text}.')
    expect(speaker('en', words).word('nothing')).toBe('nothing')
  })

  it('holds other messages and lists', () => {
    const inner = message('clauses', { count: 1 })
    expect(say('en', 'outer', { inner })).toBe('Because: 1 clause read')
    expect(say('es', 'about', { text: ['a', { percent: '8.5' }, 3] })).toBe('Sobre a, 8,5 %, 3.')
  })
})

describe('values for people', () => {
  it.each([
    ['en', 1234, '1,234'],
    ['es', 1234, '1.234'],
    ['en', 12_345.5, '12,345.5'],
    ['es', 12_345.5, '12.345,5'],
    ['en', { decimal: '12345678901234567890.123' }, '12,345,678,901,234,567,890.123'],
    ['es', { decimal: '-0.5' }, '-0,5'],
    ['en', { percent: '99.99' }, '99.99%'],
    ['es', { percent: '99.99' }, '99,99 %'],
    ['en', { amount: '1', unit: 'business-day' }, '1 business day'],
    ['es', { amount: '12', unit: 'month' }, '12 meses'],
    ['es', { amount: '1', unit: 'year' }, '1 año'],
    ['en', { word: 'verdict.at-risk' }, 'at risk'],
    ['es', { word: 'side.partner' }, 'el socio'],
    ['en', { country: 'DE' }, 'Germany'],
    ['es', { country: 'DE' }, 'Alemania'],
    ['en', { date: '2025-01-31' }, '31 January 2025'],
    ['es', { date: '2025-01-31' }, '31 de enero de 2025'],
  ] as const)('%s %j', (language, param, expected) => {
    expect(show(language, param)).toBe(expected)
  })

  it.each([
    ['3000000', 'USD', undefined, 'USD 3,000,000', 'USD 3.000.000'],
    ['0.0035', 'USD', undefined, 'USD 0.0035', 'USD 0,0035'],
    ['12.5', 'EUR', undefined, 'EUR 12.50', 'EUR 12,50'],
    ['-1200', 'CLP', undefined, '−CLP 1,200', '−CLP 1.200'],
    ['80000', 'XXX', '$', '$80,000', '$80.000'],
    ['-5', 'XXX', '$', '−$5', '−$5'],
    ['5', 'XXX', undefined, '¤5', '¤5'],
  ])('shows %s %s', (text, currency, sign, en, es) => {
    const amount = amountOf(text, currency, sign)
    expect([showAmount(amount, 'en'), showAmount(amount, 'es')]).toEqual([en, es])
  })

  it('loses no digit of any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 21n }), fc.nat(16), (units, scale) => {
        const shown = showAmount({ units, scale, currency: 'USD' }, 'en').replace('USD', '').trim()
        const [whole = '', fraction = ''] = shown.replaceAll(',', '').split('.')
        expect(BigInt(whole + fraction.padEnd(scale, '0').slice(0, Math.max(scale, 0)))).toBe(units)
      }),
    )
  })

  it('shows every day of a leap year by its own name, whatever the time zone', () => {
    const days = Array.from({ length: 366 }, (_, at) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10))
    for (const language of LANGUAGES) {
      const shown = days.map((day) => showDate(day, language))
      expect(new Set(shown).size).toBe(366)
      shown.forEach((text, at) => {
        expect(text).toMatch(new RegExp(`^${Number(days[at]?.slice(8))} .*2024$`))
      })
    }
  })
})
