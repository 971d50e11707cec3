import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBand, parseDuration, parseFrequency, parseMark, parseMeasure } from '../../src/agreement/index.ts'

const [EN, ES] = ['.', ','] as const

describe('a duration', () => {
  it.each([
    ['90 days', '90', 'day'],
    ['90 días', '90', 'day'],
    ['90 días corridos', '90', 'day'],
    ['12 months', '12', 'month'],
    ['12 meses', '12', 'month'],
    ['36-month', '36', 'month'],
    ['4 h', '4', 'hour'],
    ['4 horas', '4', 'hour'],
    ['1,5 horas', '1.5', 'hour'],
    ['15 min', '15', 'minute'],
    ['three years', '3', 'year'],
    ['tres años', '3', 'year'],
    ['un año', '1', 'year'],
    ['seis meses', '6', 'month'],
    ['twelve months', '12', 'month'],
    ['thirty (30) days', '30', 'day'],
    ['treinta (30) días', '30', 'day'],
    ['36 (thirty-six) months', '36', 'month'],
    ['10 business days', '10', 'business-day'],
    ['10 días hábiles', '10', 'business-day'],
    ['within 24 hours', '24', 'hour'],
    ['12 months (365 days)', '12', 'month'],
  ])('%s', (text, amount, unit) => {
    expect(parseDuration(text, EN)).toEqual({ amount, unit })
    expect(parseDuration(text, ES)).toEqual({ amount, unit })
  })

  it.each(['24/7', 'soon', '', '12', 'first year', 'primer año', 'Year 2'])('%j is none', (text) => {
    expect(parseDuration(text, EN)).toBeUndefined()
  })

  it('of any number is read back in both languages', () => {
    const units = [
      ['year', 'years', 'años'],
      ['month', 'months', 'meses'],
      ['week', 'weeks', 'semanas'],
      ['day', 'days', 'días'],
      ['hour', 'hours', 'horas'],
      ['minute', 'minutes', 'minutos'],
    ] as const
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999 }), fc.constantFrom(...units), (n, [unit, english, spanish]) => {
        for (const text of [`${n} ${english}`, `${n}-${english}`, `up to ${n} ${english}`, `${n} ${spanish}`]) {
          expect(parseDuration(text, EN), text).toEqual({ amount: String(n), unit })
        }
      }),
    )
  })
})

describe('a frequency', () => {
  it.each([
    ['Monthly', '12', 'year'],
    ['Mensual', '12', 'year'],
    ['Mensualmente', '12', 'year'],
    ['Every month', '12', 'year'],
    ['Cada mes', '12', 'year'],
    ['Una vez al mes', '12', 'year'],
    ['Quarterly', '4', 'year'],
    ['Trimestral', '4', 'year'],
    ['Cada trimestre', '4', 'year'],
    ['Once a quarter', '4', 'year'],
    ['Semestral', '2', 'year'],
    ['Every six months', '2', 'year'],
    ['Cada 6 meses', '2', 'year'],
    ['Dos veces al año', '2', 'year'],
    ['3 times a year', '3', 'year'],
    ['tres veces por año', '3', 'year'],
    ['Bimestral', '6', 'year'],
    ['Quincenal', '24', 'year'],
    ['Every other week', '26', 'year'],
    ['Cada dos semanas', '26', 'year'],
    ['Weekly call', '1', 'week'],
    ['cada semana', '1', 'week'],
    ['Every week', '1', 'week'],
    ['twice a week', '2', 'week'],
    ['Daily', '1', 'day'],
    ['Diaria', '1', 'day'],
    ['Annual', '1', 'year'],
    ['Anual', '1', 'year'],
    ['Every two years', '0.5', 'year'],
    ['Bienal', '0.5', 'year'],
  ])('%s', (text, times, per) => {
    expect(parseFrequency(text)).toEqual({ times, per })
  })

  it.each([
    ['Bi-weekly', '26', 'year', '2', 'week'],
    ['Bisemanal', '2', 'week', '26', 'year'],
    ['Bi-annual', '2', 'year', '0.5', 'year'],
    ['Bianual', '2', 'year', '0.5', 'year'],
    ['Bi-monthly', '6', 'year', '24', 'year'],
    ['Bimensual', '24', 'year', '6', 'year'],
  ])('%s has two meanings', (text, times, per, otherTimes, otherPer) => {
    const found = parseFrequency(text)
    const meanings = found?.meanings?.map((each) => `${each.times} ${each.per}`).sort()
    expect(meanings).toEqual([`${times} ${per}`, `${otherTimes} ${otherPer}`].sort())
  })

  it.each([
    ['Biweekly (every two weeks)', '26', 'year'],
    ['Bianual (dos veces al año)', '2', 'year'],
    ['Bimonthly (twice a month)', '24', 'year'],
  ])('%s says which', (text, times, per) => {
    expect(parseFrequency(text)).toEqual({ times, per })
  })

  it.each(['Ongoing', 'as needed', 'cuando corresponda', '', 'every five months', 'every effort', 'cada cliente'])(
    '%j is none',
    (text) => {
      expect(parseFrequency(text)).toBeUndefined()
    },
  )
})

describe('a target', () => {
  it.each([
    ['99.99%', 'at-least', '99.99', 'percent'],
    ['99,99 %', 'at-least', '99.99', 'percent'],
    ['≥ 98 %', 'at-least', '98', 'percent'],
    ['>= 98%', 'at-least', '98', 'percent'],
    ['>99,9 por ciento', 'more-than', '99.9', 'percent'],
    ['NPS >50', 'more-than', '50', 'point'],
    ['NPS sobre 50', 'more-than', '50', 'point'],
    ['NPS +50', 'at-least', '50', 'point'],
    ['más de 50 puntos', 'more-than', '50', 'point'],
    ['4 hours', 'at-most', '4', 'hour'],
    ['4 horas', 'at-most', '4', 'hour'],
    ['< 15 min', 'less-than', '15', 'minute'],
    ['no más de 4 horas', 'at-most', '4', 'hour'],
    ['P1: 4 hours', 'at-most', '4', 'hour'],
    ['95 % within 4 hours', 'at-most', '4', 'hour'],
    ['at least 75', 'at-least', '75', 'count'],
    ['al menos 75', 'at-least', '75', 'count'],
    ['75', 'at-least', '75', 'count'],
  ])('%s', (text, comparison, value, unit) => {
    expect(parseMeasure(text, EN)).toEqual({ comparison, value, unit })
    expect(parseMeasure(text, ES)).toEqual({ comparison, value, unit })
  })

  it.each(['best efforts', '', '—', '> %'])('%j is none', (text) => {
    expect(parseMeasure(text, EN)).toBeUndefined()
  })
})

describe('a band', () => {
  const usd = { unit: 'money', currency: 'USD' }
  const percent = { unit: 'percent' }
  it.each([
    ['US$1M – 3M', { ...usd, from: '1000000', to: '3000000', touches: true }],
    ['US$ 1.000.000 – 3.000.000', { ...usd, from: '1000000', to: '3000000', touches: true }],
    ['entre US$1 M y US$3 M', { ...usd, from: '1000000', to: '3000000', touches: true }],
    ['between 1M and 3M USD', { ...usd, from: '1000000', to: '3000000', touches: true }],
    ['US$1M to less than US$3M', { ...usd, from: '1000000', to: '3000000' }],
    ['0 - 1M', { unit: 'money', currency: 'XXX', from: '0', to: '1000000', touches: true }],
    ['1 - 3M', { unit: 'money', currency: 'XXX', from: '1000000', to: '3000000', touches: true }],
    ['above 3M', { unit: 'money', currency: 'XXX', from: '3000000' }],
    ['US$3M+', { ...usd, from: '3000000' }],
    ['US$3 M o más', { ...usd, from: '3000000' }],
    ['desde US$5 M', { ...usd, from: '5000000' }],
    ['Up to $1M', { unit: 'money', currency: 'XXX', sign: '$', to: '1000000' }],
    ['Hasta US$1 M', { ...usd, to: '1000000' }],
    ['< 99.0 %', { ...percent, to: '99.0' }],
    ['menos de 95 %', { ...percent, to: '95' }],
    ['99.0 % to 99.9 %', { ...percent, from: '99.0', to: '99.9', touches: true }],
    ['99,0 % a 99,9 %', { ...percent, from: '99.0', to: '99.9', touches: true }],
    ['95.0%-99.0%', { ...percent, from: '95.0', to: '99.0', touches: true }],
    ['≥ 99.0% and < 99.9%', { ...percent, from: '99.0', to: '99.9' }],
    ['Less than 99.0% but equal to or greater than 95.0%', { ...percent, from: '95.0', to: '99.0' }],
    ['Below 99.9 %, at least 99.0 %', { ...percent, from: '99.0', to: '99.9' }],
    ['< 99,9 % y ≥ 99,0 %', { ...percent, from: '99.0', to: '99.9' }],
    ['Inferior a 99,0 % pero igual o superior a 95,0 %', { ...percent, from: '95.0', to: '99.0' }],
    ['Menor que 99,0 % y mayor o igual a 95,0 %', { ...percent, from: '95.0', to: '99.0' }],
    ['Equal to or greater than 95.0% but less than 99.0%', { ...percent, from: '95.0', to: '99.0' }],
    ['At least 95.0% but less than 99.0%', { ...percent, from: '95.0', to: '99.0' }],
    ['Igual o superior a 95,0 % e inferior a 99,0 %', { ...percent, from: '95.0', to: '99.0' }],
  ])('%s', (text, expected) => {
    expect(parseBand(text, EN)).toEqual(expected)
    expect(parseBand(text, ES)).toEqual(expected)
  })

  it.each(['', 'all', 'Year 1', '—'])('%j is none', (text) => {
    expect(parseBand(text, EN)).toBeUndefined()
  })

  it('keeps its ends in order however it is written', () => {
    const ends = fc
      .tuple(fc.integer({ min: 0, max: 9998 }), fc.integer({ min: 1, max: 9999 }))
      .filter(([a, b]) => a < b)
    const shown = (hundredths: number) => (hundredths / 100).toFixed(2)
    fc.assert(
      fc.property(ends, fc.boolean(), ([a, b], spanish) => {
        const [low, high] = [shown(a), shown(b)]
        const texts = spanish
          ? [`${low} % a ${high} %`, `inferior a ${high} % e igual o superior a ${low} %`, `≥ ${low} % y < ${high} %`]
          : [`${low}% - ${high}%`, `less than ${high}% but at least ${low}%`, `from ${low}% to less than ${high}%`]
        for (const text of texts) {
          const written = spanish ? text.replaceAll('.', ',') : text
          expect(parseBand(written, spanish ? ES : EN), written).toMatchObject({ from: low, to: high, unit: 'percent' })
        }
      }),
    )
  })
})

describe('a mark', () => {
  it.each([
    ['✓', 'yes'],
    ['Sí', 'yes'],
    ['R', 'yes'],
    ['-', 'no'],
    ['—', 'no'],
    ['No aplica', 'no'],
    ['Shared', 'shared'],
    ['Compartida', 'shared'],
    ['A', 'accountable'],
    ['R/A', 'accountable'],
    ['C', 'consulted'],
    ['Informado', 'informed'],
    ['perhaps', undefined],
  ])('%s', (text, expected) => {
    expect(parseMark(text)).toBe(expected)
  })
})
