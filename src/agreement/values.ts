import { isIsoDate, readData, type StatedAmount } from '../language/index.ts'
import { decimal } from '../language/money.ts'
import type { DurationUnit } from '../language/period.ts'
import type { StatedDate, StatedFrequency, StatedMeasure } from './clause.ts'
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
  comparisons: Record<StatedMeasure['comparison'], string[]>
  frequencies: Record<string, { times: string; per: StatedFrequency['per']; also?: StatedFrequency['meanings'] }>
  ordinals: Record<string, number>
  marks: Record<string, string[]>
  partyWords: Record<'provider' | 'partner' | 'both', string[]>
  partyLabels: Record<'parties' | 'provider' | 'partner', string[]>
  legalForms: string[]
  stopWords: Record<'en' | 'es', string[]>
}

/** Words for values, months, units and marks, loaded once. */
export const vocabulary = readData(new URL('./vocabulary/values.yaml', import.meta.url)) as Vocabulary

/** A number read from text: a plain decimal string. */
const NUMBER = /[+-]?\d[\d.,'’\u00a0\u202f ]*\d|[+-]?\d/

/**
 * Reads one written number as a plain decimal string; undefined when it is none.
 * A mark that repeats groups thousands; of two different marks the last is the decimal one; a single mark followed by
 * exactly three digits follows the document's own habit (`decimalMark`); any other single mark is the decimal one.
 */
export function parseNumber(text: string, decimalMark: '.' | ','): string | undefined {
  let body = text.trim().replace(/['’\u00a0\u202f ]/g, '')
  const sign = /^[-−]/.test(body) ? '-' : ''
  body = body.replace(/^[-+−]/, '')
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

function findCurrency(text: string): { currency: string; sign?: string; rest: string } | undefined {
  const code = /(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])/.exec(text)
  if (code?.[1] && isCurrency(code[1])) {
    const rest = text.replace(code[0], ' ').replace(/[$€£]/, ' ')
    return { currency: code[1], rest }
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

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether the text is an ISO 4217 code in use. */
export function isCurrency(code: string): boolean {
  return currencies.has(code) && code !== 'XXX'
}

/** The period an amount is stated for, such as `$80K/year`; undefined when none is said. */
export function findPer(text: string): 'year' | 'quarter' | 'month' | undefined {
  const lower = plain(text)
  for (const per of ['month', 'quarter', 'year'] as const) {
    if (vocabulary.perWords[per]?.some((word) => lower.includes(word))) return per
  }
  return undefined
}

/** An amount that may be stated for a period. */
export interface PeriodicAmount extends StatedAmount {
  per?: 'year' | 'quarter' | 'month'
}

/** Reads an amount of money; undefined when there is no number in it. */
export function parseMoney(text: string, decimalMark: '.' | ','): PeriodicAmount | undefined {
  const found = findCurrency(text)
  const rest = found?.rest ?? text
  const match = NUMBER.exec(rest)
  if (!match) return undefined
  const before = rest.slice(0, match.index)
  const after = rest.slice(match.index + match[0].length)
  const number = parseNumber(match[0], decimalMark)
  if (number === undefined || /\d/.test(after.replace(/\/.*$/, ''))) return undefined
  const word = /^\s*([a-zA-Zóé]+)/.exec(after)?.[1]
  const magnitude = word ? vocabulary.magnitudes[plain(word)] : undefined
  const negative = /[(−-]\s*$/.test(before) && !number.startsWith('-') ? '-' : ''
  const scaled = magnitude ? decimal(number).times(magnitude).toFixed() : number
  const amount: PeriodicAmount = { amount: negative + trimZeros(scaled), currency: found?.currency ?? 'XXX' }
  if (found?.sign) amount.sign = found.sign
  const per = findPer(after)
  if (per) amount.per = per
  return amount
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
  const lower = plain(text).replace(/(\d)(st|nd|rd|th|º|°)\b/g, '$1')
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(lower)
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const numeric = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/.exec(lower)
  if (numeric) return day(Number(numeric[3]), Number(numeric[2]), Number(numeric[1]))
  const words = lower.split(/[^a-z0-9]+/)
  const month = words.map(monthNumber).find((found) => found !== undefined)
  const year = /\b(19|20)\d{2}\b/.exec(lower)?.[0]
  if (month !== undefined && year) {
    const dayNumber = words.find((word) => /^\d{1,2}$/.test(word))
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
