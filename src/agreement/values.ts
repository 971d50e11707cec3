import { isIsoDate, readData, type StatedAmount } from '../language/index.ts'
import { decimal } from '../language/money.ts'
import type { DurationUnit } from '../language/period.ts'
import type { StatedDate, StatedFrequency, StatedMeasure } from './stated.ts'
import { plain } from './words.ts'

interface Vocabulary {
  months: Record<'en' | 'es', string[]>
  monthsShort: Record<'en' | 'es', string[]>
  signs: Record<string, string>
  sharedSigns: string[]
  magnitudes: Record<string, number>
  units: Record<DurationUnit, string[]>
  measures: Record<string, string[]>
  perWords: Record<string, string[]>
  countWords: string[]
  comparisons: Record<StatedMeasure['comparison'], string[]>
  frequencies: Record<string, { times: string; per: StatedFrequency['per']; also?: StatedFrequency['meanings'] }>
  ordinals: Record<string, number>
  numbers: Record<string, number>
  marks: Record<string, string[]>
  partyWords: Record<'provider' | 'partner' | 'both', string[]>
  partyLabels: Record<'parties' | 'provider' | 'partner', string[]>
  legalForms: string[]
  stopWords: Record<'en' | 'es', string[]>
}

/** Words for values, months, units and marks, loaded once. */
export const vocabulary = readData(new URL('./vocabulary/values.yaml', import.meta.url)) as Vocabulary

const NUMBER = /[+-]?\d[\d.,'’\u00a0\u2009\u202f ]*\d|(?<![\w.,])[+-]?\.\d+|[+-]?\d/

// Blanks and apostrophes may only stand between groups of three: "1 3M" is two numbers, not thirteen millions.
const GROUPED = /^[-+−]?\d{1,3}(?:['’\u00a0\u2009\u202f ]\d{3})+(?:[.,]\d+)?$/

/**
 * Reads one written number as a plain decimal string; undefined when it is none.
 * A mark that repeats groups thousands; of two different marks the last is the decimal one; a single mark followed by
 * exactly three digits follows the document's own habit (`decimalMark`); any other single mark is the decimal one.
 */
export function parseNumber(text: string, decimalMark: '.' | ','): string | undefined {
  const trimmed = text.trim()
  if (/['’\u00a0\u2009\u202f ]/.test(trimmed) && !GROUPED.test(trimmed)) return undefined
  const sign = /^[-−]/.test(trimmed) ? '-' : ''
  const body = trimmed.replace(/^[-+−]|['’\u00a0\u2009\u202f ]/g, '').replace(/^\./, '0.')
  if (!/^\d[\d.,]*$/.test(body) || /[.,]$/.test(body)) return undefined
  const dots = body.split('.').length - 1
  const commas = body.split(',').length - 1
  const last = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','))
  const mark = last < 0 ? undefined : body[last]
  let point = -1
  if (dots > 0 && commas > 0) point = (mark === '.' ? dots : commas) === 1 ? last : -2
  else if (dots + commas === 1) point = body.length - last - 1 === 3 && mark !== decimalMark ? -1 : last
  if (point === -2) return undefined
  const whole = point < 0 ? body : body.slice(0, point)
  const fraction = point < 0 ? '' : body.slice(point + 1)
  if (/[.,]/.test(whole) && !/^\d{1,3}([.,]\d{3})+$/.test(whole)) return undefined
  const digits = whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')
  return sign + digits + (fraction ? `.${fraction}` : '')
}

/** Which decimal mark a document uses, by its unmistakable numbers; the language decides when there is none. */
export function findDecimalMark(text: string, language: 'en' | 'es'): '.' | ',' {
  let comma = 0
  let point = 0
  for (const [number] of text.matchAll(/\d[\d.,]*\d/g)) {
    if (/^\d{1,3}(\.\d{3}){2,}$/.test(number) || /^\d+,\d{1,2}$/.test(number) || /^[\d.]+\.\d{3},\d+$/.test(number))
      comma += 1
    if (/^\d{1,3}(,\d{3}){2,}$/.test(number) || /^\d+\.\d{1,2}$/.test(number) || /^[\d,]+,\d{3}\.\d+$/.test(number))
      point += 1
  }
  // The language's own mark holds unless the document speaks against it clearly and never for it.
  const own = language === 'es' ? ',' : '.'
  const [forOwn, against] = own === ',' ? [comma, point] : [point, comma]
  return forOwn === 0 && against >= 3 ? (own === ',' ? '.' : ',') : own
}

const signsByLength = [...Object.keys(vocabulary.signs), ...vocabulary.sharedSigns].sort((a, b) => b.length - a.length)

// "UF" is how Chile writes CLF; other codes are known in capitals only, because "all" and "top" are words as well as codes.
const CODE = /(?<![A-Za-z])(?:UF|[A-Za-z]{3})(?![A-Za-z])/g

function findCurrency(text: string): { currency: string; sign?: string; rest: string } | undefined {
  for (const [code] of text.matchAll(CODE)) {
    const currency = code === 'UF' ? 'CLF' : /^(?:usd|eur|gbp|clp|mxn|brl|chf)$/i.test(code) ? code.toUpperCase() : code
    if (isCurrency(currency)) return { currency, rest: text.replace(code, ' ').replace(/[$€£]/, ' ') }
  }
  for (const sign of signsByLength) {
    const at = text.indexOf(sign)
    if (at < 0) continue
    const rest = `${text.slice(0, at)} ${text.slice(at + sign.length)}`
    const currency = vocabulary.signs[sign]
    return currency ? { currency, rest } : { currency: 'XXX', sign, rest }
  }
  return undefined
}

// Intl leaves out the units of account, of which Chile writes one into its contracts.
const currencies = new Set([...Intl.supportedValuesOf('currency'), 'CLF'])

/** Whether the text is an ISO 4217 code in use. */
export function isCurrency(code: string): boolean {
  return currencies.has(code) && code !== 'XXX'
}

/** Three capitals beside a figure that look like a currency and are none: `QQQ 3M`. A magnitude is no currency. */
export function unknownCurrency(text: string): string | undefined {
  const beside = /(?<![A-Za-z])([A-Z]{3})\s?\d|\d\s?[kKmM]{0,2}\s([A-Z]{3})(?![A-Za-z])/.exec(text)
  const code = beside?.[1] ?? beside?.[2]
  return code === undefined || isCurrency(code) || plain(code) in vocabulary.magnitudes ? undefined : code
}

/** The currency that a column's header states for all its amounts: `Amount (USD)`, `Monto en US$`; a bare sign is kept. */
export function currencyOfColumn(header: string): { currency: string; sign?: string } | undefined {
  const named = /[([]([^)\]]*)[)\]]|(?:\bin|\ben)\s+(\S+)\s*$|(\S+)\s*$/.exec(header)
  const found = named ? findCurrency(named[1] ?? named[2] ?? named[3] ?? '') : undefined
  return found ? { currency: found.currency, ...(found.sign ? { sign: found.sign } : {}) } : undefined
}

/** The period an amount is stated for, such as `$80K/year`; undefined when none is said. */
export function findPer(text: string): 'year' | 'quarter' | 'month' | undefined {
  const lower = plain(text)
  for (const per of ['month', 'quarter', 'year'] as const) {
    // A column of periods says just "Year".
    if (vocabulary.units[per].includes(lower) || vocabulary.perWords[per]?.some((word) => lower.includes(word)))
      return per
  }
  return undefined
}

/** An amount that may be stated for a period. */
export interface PeriodicAmount extends StatedAmount {
  per?: 'year' | 'quarter' | 'month'
}

// "MM$ 3" and "KUSD 3" carry their magnitude before the sign; "M$" is thousands in Chile and millions elsewhere, so it is not guessed.
const BEFORE_SIGN = /(?<![A-Za-z])(MM|M|K)(?=\$|US\$|(?:USD|EUR|CLP|GBP)\b)/i

/** Reads an amount of money; undefined when there is no number in it, or no certain one. */
export function parseMoney(written: string, decimalMark: '.' | ','): PeriodicAmount | undefined {
  const prefix = BEFORE_SIGN.exec(written)?.[1]
  // "3 M$" has its magnitude after the number, like "3 M".
  const apart = prefix !== undefined && !/\d\s*$/.test(written.slice(0, written.search(BEFORE_SIGN)))
  if (apart && prefix.toUpperCase() === 'M') return undefined
  const text = prefix === undefined ? written : written.replace(BEFORE_SIGN, apart ? '' : '$1 ')
  const found = findCurrency(text)
  const rest = found?.rest ?? text
  const match = NUMBER.exec(rest)
  if (!match) return undefined
  const before = rest.slice(0, match.index)
  const after = rest.slice(match.index + match[0].length)
  const number = parseNumber(match[0], decimalMark)
  if (number === undefined || /\d/.test(after.replace(/\/.*$/, ''))) return undefined
  const magnitude = magnitudeIn(after) ?? (apart ? vocabulary.magnitudes[prefix.toLowerCase()] : undefined)
  const negative = /[(−-]\s*$/.test(before) && !number.startsWith('-') ? '-' : ''
  const scaled = magnitude ? decimal(number).times(magnitude).toFixed() : number
  const amount: PeriodicAmount = { amount: negative + trimZeros(scaled), currency: found?.currency ?? 'XXX' }
  if (found?.sign) amount.sign = found.sign
  const per = findPer(after)
  if (per) amount.per = per
  return amount
}

// "3 mil millones" is three thousand millions.
function magnitudeIn(after: string): number | undefined {
  const [, first = '', second = ''] = /^\s*([a-zA-Zóé]+)(?:\s+([a-zA-Zóé]+))?/.exec(after) ?? []
  const magnitude = vocabulary.magnitudes[plain(first)]
  const more = vocabulary.magnitudes[plain(second)]
  return magnitude === 1000 && more === 1_000_000 && second.length > 2 ? magnitude * more : magnitude
}

function trimZeros(number: string): string {
  return number.includes('.') ? number.replace(/\.?0+$/, '') : number
}

/** Reads a percentage as a plain decimal string. */
export function parsePercentage(text: string, decimalMark: '.' | ','): string | undefined {
  const match = /([+-]?[\d.,]*\d)\s*(%|percent|per cent|por ciento)/i.exec(text)
  return match?.[1] ? parsePercentNumber(match[1], decimalMark) : undefined
}

// "99,990 %" is never ninety-nine thousand: inside a percentage a single mark is always the decimal one.
function parsePercentNumber(text: string, decimalMark: '.' | ','): string | undefined {
  const single = /^([+-]?\d+)[.,](\d+)$/.exec(text)
  return single ? `${single[1]}.${single[2]}` : parseNumber(text, decimalMark)
}

/** Reads the only number in a text, with a magnitude such as `12 thousand`. */
export function parseCount(text: string, decimalMark: '.' | ','): string | undefined {
  const match = NUMBER.exec(text)
  if (!match) return undefined
  const number = parseNumber(match[0], decimalMark)
  const word = /^\s*([a-zA-Zóé]+)/.exec(text.slice(match.index + match[0].length))?.[1]
  const magnitude =
    word && /^(k|mil|thousand|million|millones|millon|millón)$/i.test(word)
      ? vocabulary.magnitudes[plain(word)]
      : undefined
  return number && magnitude ? decimal(number).times(magnitude).toFixed() : number
}

/** Reads a date: `1 July 2023`, `1 de julio de 2023`, `July 1, 2023`, `2023-07-01`, `31/12/2024`, `January 2025`, `2025`. */
export function parseDate(text: string): StatedDate | undefined {
  const lower = plain(text)
    .replace(/(\d)(st|nd|rd|th|er|ro)\b/g, '$1')
    .replace(/\b(?:first|primero)(?= (?:de|of) )/g, '1')
  const iso = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(lower)
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const numeric = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/.exec(lower)
  // The day comes first, unless what would be the month is none: 12/31/2024.
  if (numeric) {
    const [first, second, year] = [Number(numeric[1]), Number(numeric[2]), Number(numeric[3])]
    return second > 12 ? day(year, first, second) : day(year, second, first)
  }
  const words = lower.split(/[^a-z0-9]+/)
  const at = words.findIndex((word) => monthNumber(word) !== undefined)
  const month = monthNumber(words[at] ?? '')
  const year = /\b(19|20)\d{2}\b/.exec(lower)?.[0]
  if (month !== undefined && year) {
    // A number that stands elsewhere ("March 2025, 12 people") is no day.
    const before = /^(?:de|of)$/.test(words[at - 1] ?? '') ? words[at - 2] : words[at - 1]
    const dayNumber = [before, words[at + 1]].find((word) => word !== undefined && /^\d{1,2}$/.test(word))
    if (dayNumber) return day(Number(year), month, Number(dayNumber))
    return { date: `${year}-${String(month).padStart(2, '0')}-01`, precision: 'month' }
  }
  if (month === undefined && year) return { date: `${year}-01-01`, precision: 'year' }
  return undefined
}

function monthNumber(word: string): number | undefined {
  for (const names of [
    vocabulary.months.en,
    vocabulary.months.es,
    vocabulary.monthsShort.en,
    vocabulary.monthsShort.es,
  ]) {
    const at = names.indexOf(word)
    if (at >= 0) return at + 1
  }
  return word === 'sept' || word === 'setiembre' ? 9 : undefined
}

function day(year: number, month: number, dayOfMonth: number): StatedDate | undefined {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
  return isIsoDate(date) ? { date, precision: 'day' } : undefined
}

/** Reads an ordinal: `Year 1`, `Año 2`, `First year`, `Y3`. */
export function parseOrdinal(text: string): number | undefined {
  const lower = plain(text)
  const digits = /(?:^|[^\d.,])(\d{1,2})(?:st|nd|rd|th|º|°|er|do)?(?![\d.,])/.exec(` ${lower}`)
  if (digits) return Number(digits[1])
  for (const word of lower.split(/[^a-z]+/)) {
    const ordinal = vocabulary.ordinals[word]
    if (ordinal !== undefined) return ordinal
  }
  return undefined
}
