import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findPer,
  isCurrency,
  parseCount,
  parseDate,
  parseMoney,
  parseOrdinal,
  parsePercentage,
} from '../../src/agreement/index.ts'
import { findDecimalMark, parseNumber } from '../../src/agreement/values.ts'

const [EN, ES] = ['.', ','] as const
const grouped = (n: number, by: string) => String(n).replace(/\B(?=(\d{3})+$)/g, by)

/** Ways to write a whole number; `habit` where a single group reads otherwise in the other kind of document. */
const STYLES: { name: string; habit?: '.' | ','; write: (n: number) => string }[] = [
  { name: '1234567', write: String },
  { name: '1,234,567', habit: EN, write: (n) => grouped(n, ',') },
  { name: '1.234.567', habit: ES, write: (n) => grouped(n, '.') },
  { name: '1 234 567', write: (n) => grouped(n, ' ') },
  { name: 'no-break spaces', write: (n) => grouped(n, '\u00a0') },
  { name: 'narrow no-break spaces', write: (n) => grouped(n, '\u202f') },
  { name: "1'234'567", write: (n) => grouped(n, "'") },
  { name: '1’234’567', write: (n) => grouped(n, '’') },
  { name: '1,234,567.00', write: (n) => `${grouped(n, ',')}.00` },
  { name: '1.234.567,00', write: (n) => `${grouped(n, '.')},00` },
]

const FRAMES: [frame: (number: string) => string, currency: string, sign?: string][] = [
  [(number) => number, 'XXX'],
  [(number) => `$${number}`, 'XXX', '$'],
  [(number) => `US$ ${number}`, 'USD'],
  [(number) => `${number} USD`, 'USD'],
  [(number) => `EUR ${number}`, 'EUR'],
  [(number) => `€${number}`, 'EUR'],
  [(number) => `CLP ${number}`, 'CLP'],
  [(number) => `${number} NOK`, 'NOK'],
]

describe('a whole number', () => {
  it.each(STYLES)('written $name is read back in every frame and both languages', ({ habit, write }) => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.constantFrom(...FRAMES), (n, [frame, currency, sign]) => {
        const text = frame(write(n))
        // One group of three is a fraction to the other habit: there the document decides.
        const marks = habit === undefined || n < 1000 || n >= 1_000_000 ? [EN, ES] : [habit]
        for (const mark of marks) {
          const expected = { amount: String(n), currency, ...(sign ? { sign } : {}) }
          expect(parseMoney(text, mark), text).toEqual(expected)
        }
      }),
    )
  })

  it('is read as thousands and millions', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.constantFrom(...FRAMES.slice(1)), (n, [frame]) => {
        expect(parseMoney(frame(`${n}`).replace(String(n), `${n} mil`), ES)?.amount).toBe(String(n * 1000))
        expect(parseMoney(frame(`${n}`).replace(String(n), `${n}K`), EN)?.amount).toBe(String(n * 1000))
        expect(parseMoney(frame(`${n}`).replace(String(n), `${n} M`), ES)?.amount).toBe(String(n * 1_000_000))
      }),
    )
  })

  it('never becomes another number: what is read back is what was written, or nothing', () => {
    const text = fc.stringMatching(/^[0-9., ’]{1,14}$/)
    fc.assert(
      fc.property(text, fc.constantFrom(EN, ES), (written, mark) => {
        const read = parseNumber(written, mark)
        if (read === undefined) return
        expect(read).toMatch(/^-?\d+(\.\d+)?$/)
        expect(read.replace('.', '').replace(/^0+/, '')).toBe(written.replace(/\D/g, '').replace(/^0+/, ''))
      }),
    )
  })
})

describe('a number', () => {
  it.each([
    ['3.000.000', '3000000', '3000000'],
    ['3,000,000', '3000000', '3000000'],
    ['1.234,5', '1234.5', '1234.5'],
    ['1,234.5', '1234.5', '1234.5'],
    ['1.500', '1.500', '1500'],
    ['1,500', '1500', '1.500'],
    ['0.5', '0.5', '0.5'],
    ['12,5', '12.5', '12.5'],
    ['.05', '0.05', '0.05'],
    ['-1 200,50', '-1200.50', '-1200.50'],
    ['−7', '-7', '-7'],
    ['+7', '7', '7'],
    ['007', '7', '7'],
    ['1.2.3', undefined, undefined],
    ['1,23,456', undefined, undefined],
    ['1.234,567.8', undefined, undefined],
    ['1 3', undefined, undefined],
    ["12'34", undefined, undefined],
    ['12.', undefined, undefined],
    ['', undefined, undefined],
    ['1a', undefined, undefined],
  ])('%j', (text, english, spanish) => {
    expect([parseNumber(text, EN), parseNumber(text, ES)]).toEqual([english, spanish])
  })

  it.each([
    ['12 thousand', '12000'],
    ['12 mil', '12000'],
    ['25 live', '25'],
    ['3.5 million', '3500000'],
    ['none', undefined],
  ])('counts %j', (text, expected) => {
    expect(parseCount(text, EN)).toBe(expected)
  })

  it.each([
    ['3.800 y 12.000 y 3.000.000', 'es', ','],
    ['3.800', 'es', ','],
    ['3.800', 'en', '.'],
    ['3,000,000 / 99.99 / 1,234.50', 'es', '.'],
    ['1.200.000, 99,99 and 12,5', 'en', ','],
    ['', 'en', '.'],
  ] as const)('takes the habit of %j in %s to be %s', (text, language, mark) => {
    expect(findDecimalMark(text, language)).toBe(mark)
  })
})

describe('money', () => {
  it.each([
    ['US$3,0 M', '3000000', 'USD'],
    ['3M USD', '3000000', 'USD'],
    ['3.000.000', '3000000', 'XXX'],
    ['$3M', '3000000', 'XXX', '$'],
    ['€1.2m', '1200000', 'EUR'],
    ['US$ 1.200.000', '1200000', 'USD'],
    ['CLP 3.000.000', '3000000', 'CLP'],
    ['$150 mil', '150000', 'XXX', '$'],
    ['MM$ 3', '3000000', 'XXX', '$'],
    ['MMUSD 1,5', '1500000', 'USD'],
    ['KUSD 80', '80000', 'USD'],
    ['3 M$', '3000000', 'XXX', '$'],
    ['3 MUSD', '3000000', 'USD'],
    ['US$3 millones', '3000000', 'USD'],
    ['3 mil millones de pesos', '3000000000', 'XXX'],
    ['USD 2.5 billion', '2500000000', 'USD'],
    ["CHF 1'250'000", '1250000', 'CHF'],
    ['CHF 1’250’000.50', '1250000.5', 'CHF'],
    ['3\u00a0000\u00a0000 NOK', '3000000', 'NOK'],
    ['kr 500', '500', 'XXX', 'kr'],
    ['S/ 1,200.50', '1200.5', 'PEN'],
    ['MX$ 5', '5', 'MXN'],
    ['usd 300', '300', 'USD'],
    ['UF 12', '12', 'CLF'],
    ['-$5', '-5', 'XXX', '$'],
    ['$-5', '-5', 'XXX', '$'],
    ['(US$ 5)', '-5', 'USD'],
    ['$.05', '0.05', 'XXX', '$'],
    ['0', '0', 'XXX'],
  ])('%s in both languages', (text, amount, currency, sign?: string) => {
    const expected = { amount, currency, ...(sign ? { sign } : {}) }
    expect(parseMoney(text, EN)).toEqual(expected)
    expect(parseMoney(text, ES)).toEqual(expected)
  })

  it.each([
    ['EUR 750,000', '750000', '750'],
    ['(1,200)', '-1200', '-1.2'],
    ['UF 1.200', '1.2', '1200'],
  ])('%s by the habit of the document', (text, english, spanish) => {
    expect([parseMoney(text, EN)?.amount, parseMoney(text, ES)?.amount]).toEqual([english, spanish])
  })

  it.each([
    ['$80K/year', 'year'],
    ['$80 mil por año', 'year'],
    ['US$ 3,5 millones anuales', 'year'],
    ['£20k per month', 'month'],
    ['USD 25 mensuales', 'month'],
    ['$10K per quarter', 'quarter'],
    ['$10K', undefined],
  ])('%s is for a %s', (text, per) => {
    expect(parseMoney(text, EN)?.per).toBe(per)
    expect(findPer(text)).toBe(per)
  })

  it.each(['none', '', '$', 'M$ 3.000', 'MUSD 3', '$12M over 3 years', '$1.5M–$2M', 'Year 1: $3M', '1 3M', '$1.2.3'])(
    '%j is not guessed',
    (text) => {
      expect(parseMoney(text, EN)).toBeUndefined()
      expect(parseMoney(text, ES)).toBeUndefined()
    },
  )

  it('knows currencies in use, and no others', () => {
    expect(['USD', 'CLP', 'CLF', 'NOK'].map(isCurrency)).toEqual([true, true, true, true])
    expect(['XXX', 'ABC', 'usd', '$', ''].map(isCurrency)).toEqual([false, false, false, false, false])
  })
})

describe('percentages, ordinals', () => {
  it.each([
    ['99.99%', '99.99'],
    ['99,99 %', '99.99'],
    ['99,990 %', '99.990'],
    ['8 per cent', '8'],
    ['12,5 por ciento', '12.5'],
    ['-3 %', '-3'],
    ['0.05 %', '0.05'],
    ['8', undefined],
    ['per cent', undefined],
  ])('%s', (text, expected) => {
    expect([parsePercentage(text, EN), parsePercentage(text, ES)]).toEqual([expected, expected])
  })

  it.each([
    ['Year 1', 1],
    ['Año 2', 2],
    ['First year', 1],
    ['Segundo año', 2],
    ['Y3', 3],
    ['2nd', 2],
    ['3er año', 3],
    ['Year three', 3],
    ['2025', undefined],
    ['the year', undefined],
  ])('%s', (text, expected) => {
    expect(parseOrdinal(text)).toBe(expected)
  })
})

describe('a date', () => {
  it.each([
    ['1 July 2023', '2023-07-01', 'day'],
    ['1 de julio de 2023', '2023-07-01', 'day'],
    ['1 de julio del 2023', '2023-07-01', 'day'],
    ['July 1, 2023', '2023-07-01', 'day'],
    ['1st of July 2023', '2023-07-01', 'day'],
    ['1º de julio de 2023', '2023-07-01', 'day'],
    ['primero de julio de 2023', '2023-07-01', 'day'],
    ['2023-07-01', '2023-07-01', 'day'],
    ['2023/7/1', '2023-07-01', 'day'],
    ['01-jul-2023', '2023-07-01', 'day'],
    ['1.7.2023', '2023-07-01', 'day'],
    ['31/12/2024', '2024-12-31', 'day'],
    ['12/31/2024', '2024-12-31', 'day'],
    ['by 30 June 2024', '2024-06-30', 'day'],
    ['January 2025', '2025-01-01', 'month'],
    ['Enero de 2025', '2025-01-01', 'month'],
    ['Setiembre 2025', '2025-09-01', 'month'],
    ['March 2025 (12 people)', '2025-03-01', 'month'],
    ['2025', '2025-01-01', 'year'],
  ])('%s', (text, date, precision) => {
    expect(parseDate(text)).toEqual({ date, precision })
  })

  it.each(['30 February 2023', '31/02/2023', '31/31/2023', 'soon', '12 months', '20250101', '', 'July'])(
    '%j is none',
    (text) => {
      expect(parseDate(text)).toBeUndefined()
    },
  )

  it('is read back from every way to write it', () => {
    const english = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October']
    const months = [...english, 'November', 'December']
    const meses = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000 }), (offset) => {
        const date = new Date(Date.UTC(1950, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
        const [year, month, day] = date.split('-').map(Number) as [number, number, number]
        const [name, nombre] = [months[month - 1] as string, meses[month - 1] as string]
        for (const text of [
          date,
          `${day} ${name} ${year}`,
          `${name} ${day}, ${year}`,
          `${day} de ${nombre} de ${year}`,
          `${day}-${name.slice(0, 3)}-${year}`,
          `${day}/${month}/${year}`,
        ]) {
          expect(parseDate(text), text).toEqual({ date, precision: 'day' })
        }
        expect(parseDate(`${nombre} de ${year}`)).toEqual({ date: `${date.slice(0, 7)}-01`, precision: 'month' })
      }),
    )
  })
})
