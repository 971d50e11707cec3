import { type Amount, decimalText } from './money.ts'
import type { Duration, IsoDate } from './period.ts'

/** The languages every word of the product exists in. */
export const LANGUAGES = ['en', 'es'] as const

/** English or Spanish. */
export type Language = (typeof LANGUAGES)[number]

/** One text in every language. */
export type Wording = Record<Language, string>

/** Texts by id, as a room's `words.yaml` or `findings.yaml` carries them. */
export type Words = Record<string, Wording>

/**
 * What may stand in a placeholder: verbatim text, a number, money, a percentage, a date, a length of time, a word of ours,
 * a country by its ISO 3166 code, a sentence of ours with placeholders of its own, or a list.
 */
export type Param =
  | string
  | number
  | Amount
  | { percent: string }
  | { date: IsoDate }
  | { decimal: string }
  | { word: string }
  | { country: string }
  | Duration
  | Message
  | Param[]

/** Something to be said: which text, and what goes into its placeholders. The words are chosen only when it is shown. */
export interface Message {
  id: string
  params: Record<string, Param>
}

/** A message without ceremony. */
export function message(id: string, params: Record<string, Param> = {}): Message {
  return { id, params }
}

/** Looks up texts by id; the rooms' words merged with the language's own. */
export interface Speaker {
  language: Language
  say(message: Message): string
  word(id: string): string
  show(param: Param): string
}

const LOCALE: Record<Language, string> = { en: 'en-US', es: 'es-CL' }
const PLACEHOLDER = /(\b(?:de|a) )?\{([a-zA-Z][a-zA-Z0-9]*)(?:#([^|{}]*)\|([^{}]*))?\}/gi

/**
 * Makes a speaker of one language. Placeholders are `{name}`; `{count#clause|clauses}` gives the word for that number.
 * An id without words is shown as the id itself, so that a gap is seen and nothing is lost.
 */
export function speaker(language: Language, words: Words): Speaker {
  const number = new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 20, useGrouping: 'always' })
  const self: Speaker = {
    language,
    word: (id) => words[id]?.[language] ?? id,
    say: (said) =>
      (words[said.id]?.[language] ?? said.id).replace(
        PLACEHOLDER,
        (whole, before: string | undefined, name: string, one?: string, many?: string) => {
          const param = said.params[name]
          if (param === undefined) return whole
          const shown = one === undefined ? self.show(param) : isOne(param) ? one : (many ?? one)
          return joined(before, shown, self)
        },
      ),
    show: (param) => showParam(param, self, number),
  }
  return self
}

function isOne(param: Param): boolean {
  return Number(typeof param === 'object' && 'decimal' in param ? param.decimal : param) === 1
}

// "de" + "el socio" is "del socio" and "a" + "el socio" is "al socio"; names such as "El Salvador" stay whole.
function joined(before: string | undefined, shown: string, self: Speaker): string {
  if (before === undefined) return shown
  return self.language === 'es' && shown.startsWith('el ') ? `${before.trimEnd()}l ${shown.slice(3)}` : before + shown
}

// Words of a document may hold characters that steer a terminal or turn its text round; they are shown as a mark.
const STEERING = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Text that may be shown anywhere: line breaks and tabs become blanks, steering characters a mark. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n]/g, ' ').replace(STEERING, '\ufffd')
}

function showParam(param: Param, self: Speaker, number: Intl.NumberFormat): string {
  if (typeof param === 'string') return printable(param)
  if (typeof param === 'number') return number.format(param)
  if (Array.isArray(param)) return param.map((each) => self.show(each)).join(', ')
  if ('units' in param) return showAmount(param, self.language)
  if ('percent' in param) return `${showDecimal(param.percent, number)}${self.language === 'es' ? ' %' : '%'}`
  if ('date' in param) return showDate(param.date, self.language)
  if ('decimal' in param) return showDecimal(param.decimal, number)
  if ('word' in param) return self.word(param.word)
  if ('country' in param) return showCountry(param.country, self.language)
  if ('id' in param) return self.say(param)
  return showDuration(param, self, number)
}

function showDecimal(decimal: string, number: Intl.NumberFormat): string {
  return number.format(decimal as Intl.StringNumericLiteral)
}

/** An amount for people: `USD 3,000,000`, or with the bare sign when the text states no currency. */
export function showAmount(amount: Amount, language: Language): string {
  const digits = decimalText(amount)
  const cents = digits.includes('.') ? 2 : 0
  const number = new Intl.NumberFormat(LOCALE[language], {
    minimumFractionDigits: cents,
    maximumFractionDigits: 20,
    useGrouping: 'always',
  })
  const shown = number.format(digits.replace('-', '') as Intl.StringNumericLiteral)
  const minus = digits.startsWith('-') ? '−' : ''
  if (amount.currency === 'XXX') return `${minus}${amount.sign ?? '¤'}${shown}`
  return `${minus}${amount.currency} ${shown}`
}

/** A date for people: `31 January 2025`, `31 de enero de 2025`. */
export function showDate(date: IsoDate, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'es-CL', { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(Date.parse(`${date}T00:00:00Z`))
}

/** A country for people: `CL` is Chile, `DE` Germany or Alemania; what is no country's code is shown as it is. */
export function showCountry(code: string, language: Language): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code) : code
}

function showDuration(duration: Duration, self: Speaker, number: Intl.NumberFormat): string {
  const plural = duration.amount === '1' ? 'one' : 'many'
  return `${showDecimal(duration.amount, number)} ${self.word(`duration.${duration.unit}.${plural}`)}`
}
