import { decimalParts } from './decimal.ts'

/** Languages of the pages. */
export type Language = 'en' | 'es'

/** Gives the words of an id, with what stands in its braces filled in. */
export type Say = (id: string, params?: Record<string, string | number>) => string

/** Texts of one language by their ids. */
export type Words = Readonly<Record<string, string>>

/** How the countries of the two languages write dates and numbers. */
export const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-CL' }

const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9]*)(?:#([^|{}]*)\|([^{}]*))?\}/g

/** Placeholders are `{name}`; `{count#clause|clauses}` gives the word for that number. */
export function sayIn(language: Language, words: Words): Say {
  const number = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 20, useGrouping: 'always' })
  return (id, params = {}) =>
    (words[id] ?? id).replace(PLACEHOLDER, (whole, name: string, one?: string, many?: string) => {
      const param = params[name]
      if (param === undefined) return whole
      if (one !== undefined && many !== undefined) return isOne(param) ? one : many
      return typeof param === 'number' ? number.format(param) : param
    })
}

function isOne(param: string | number): boolean {
  if (typeof param === 'number') return param === 1
  const parts = decimalParts(param)
  return parts !== undefined && parts.whole === '1' && parts.fraction === '' && !parts.negative
}
