import { parseMoney } from '../../agreement/index.ts'
import { decimal } from '../../language/money.ts'
import { passagesOf, placeIn } from '../passages.ts'
import type { Check, Draft } from '../room.ts'

const UNITS =
  'zero cero|one un uno una|two dos|three tres|four cuatro|five cinco|six seis|seven siete|eight ocho|nine nueve|ten diez|eleven once|twelve doce|thirteen trece|fourteen catorce|fifteen quince|sixteen dieciseis|seventeen diecisiete|eighteen dieciocho|nineteen diecinueve|twenty veinte|veintiuno veintiun veintiuna|veintidos|veintitres|veinticuatro|veinticinco|veintiseis|veintisiete|veintiocho|veintinueve'
const TENS = 'thirty treinta|forty cuarenta|fifty cincuenta|sixty sesenta|seventy setenta|eighty ochenta|ninety noventa'
const HUNDREDS =
  'cien ciento|doscientos doscientas|trescientos trescientas|cuatrocientos cuatrocientas|quinientos quinientas|seiscientos seiscientas|setecientos setecientas|ochocientos ochocientas|novecientos novecientas'

const VALUES = new Map<string, number>()
for (const [list, first, step] of [
  [UNITS, 0, 1],
  [TENS, 30, 10],
  [HUNDREDS, 100, 100],
] as const)
  list.split('|').forEach((words, at) => {
    for (const word of words.split(' ')) VALUES.set(word, first + at * step)
  })

const SCALES: Record<string, number> = {
  hundred: 100,
  thousand: 1e3,
  mil: 1e3,
  million: 1e6,
  millions: 1e6,
  millon: 1e6,
  millones: 1e6,
  billion: 1e9,
}
const MONEY_WORDS = new Set(
  'us united states american usd u.s. dollar dollars dolar dolares euro euros peso pesos chilean chilenos mexicanos pound pounds soles sol clp eur gbp de of unidos estadounidenses americanos'.split(
    ' ',
  ),
)
const PERCENT_WORDS = new Set(['percent', 'per', 'cent', 'por', 'ciento'])

/** The number that words say: "twelve million", "treinta y dos"; undefined when they say none. */
export function numberInWords(words: readonly string[]): number | undefined {
  let total = 0
  let group = 0
  let seen = false
  for (const word of words) {
    if (word === 'and' || word === 'y') continue
    const value = VALUES.get(word)
    const scale = SCALES[word]
    if (value !== undefined) group += value
    else if (scale === 100) group = (group || 1) * 100
    else if (scale !== undefined) {
      // "doce mil millones": a larger scale multiplies all that stands before it.
      const inner = scale > 1e3 && total > 0 && total < scale ? total + group : group
      total = (scale > 1e3 && total > 0 && total < scale ? 0 : total) + (inner || 1) * scale
      group = 0
    } else return undefined
    seen = true
  }
  return seen ? total + group : undefined
}

function isNumberWord(word: string): boolean {
  return VALUES.has(word) || word in SCALES
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^a-z.]+/)
    .map((word) => word.replace(/\.$/, ''))
    .filter((word) => word !== '')
}

interface Spoken {
  value: number
  unit: 'money' | 'percent' | 'none'
}

/** The number at the end of a text, with the currency or per cent that may follow it. */
function spokenAtEnd(text: string): Spoken | undefined {
  if (/[\d)]\s*$/.test(text)) return undefined
  // A number does not reach back over a figure, a bracket or a comma.
  const words = wordsOf(/[^\d()%,;:]{0,160}$/.exec(text)?.[0] ?? '')
  let unit: Spoken['unit'] = 'none'
  // "por ciento" ends in a word that is also a hundred.
  if (/(?:percent|per cent|por ciento)\s*$/i.test(text)) {
    unit = 'percent'
    while (PERCENT_WORDS.has(words.at(-1) ?? '')) words.pop()
  }
  while (words.length > 0 && MONEY_WORDS.has(words.at(-1) ?? '')) {
    unit = 'money'
    words.pop()
  }
  const number: string[] = []
  while (words.length > 0) {
    const word = words.at(-1) ?? ''
    const joins = (word === 'and' || word === 'y') && number.length > 0 && isNumberWord(words.at(-2) ?? '')
    if (!isNumberWord(word) && !joins) break
    number.unshift(word)
    words.pop()
  }
  const value = numberInWords(number)
  return value === undefined ? undefined : { value, unit }
}

interface Written {
  value: string
  unit: Spoken['unit']
}

const FIGURE =
  /^\s*(?:[A-Z]{2,3}\$?|[$€£]|U\$S|US\$)?\s?\d[\d.,’' ]*(?:\s?(?:k|K|M|MM|mm|m|bn|million|millones|mil))?(?:\s?(?:%|[A-Z]{3}))?\s*$/

function writtenFigure(text: string, decimalMark: '.' | ','): Written | undefined {
  if (!FIGURE.test(text)) return undefined
  const parsed = parseMoney(text.replace('%', ''), decimalMark)
  if (!parsed) return undefined
  const money = parsed.sign !== undefined || parsed.currency !== 'XXX'
  return { value: parsed.amount, unit: text.includes('%') ? 'percent' : money ? 'money' : 'none' }
}

/** TXT-10: a number in words and the figure in brackets beside it (or the other way round) that differ. */
export const wordsAndFigures: Check = ({ agreement }) =>
  passagesOf(agreement).flatMap((passage) =>
    [...passage.text.matchAll(/\(([^()]{1,80})\)/gu)].flatMap((match): Draft[] => {
      // "Once" is eleven in Spanish alone.
      const before = passage.text.slice(0, match.index).replace(agreement.language === 'en' ? /\bonce\b/gi : /^$/, '')
      const pair = pairOf(before, match[1] ?? '', agreement.decimalMark)
      if (!pair || decimal(pair.written.value).eq(pair.spoken.value)) return []
      return [
        {
          at: placeIn(passage, match[0], match.index, agreement.lines),
          ...(passage.clause ? { clause: passage.clause.id } : {}),
          params: { words: { decimal: String(pair.spoken.value) }, figures: { decimal: pair.written.value } },
          operands: [String(pair.spoken.value), pair.written.value],
        },
      ]
    }),
  )

function pairOf(
  before: string,
  inside: string,
  decimalMark: '.' | ',',
): { spoken: Spoken; written: Written } | undefined {
  const written = writtenFigure(inside, decimalMark)
  if (written) {
    const spoken = spokenAtEnd(before)
    return spoken && comparable(spoken, written, inside) ? { spoken, written } : undefined
  }
  const spoken = wholeNumber(inside)
  const figure =
    /(?:^|[\s:])((?:[A-Z]{1,3}\$?|[$€£])?\s?\d[\d.,]*(?:\s?(?:k|K|M|MM|million|millones|mil))?\s?%?)\s*$/.exec(
      before,
    )?.[1]
  const stated = figure === undefined ? undefined : writtenFigure(figure, decimalMark)
  return spoken && stated && comparable(spoken, stated, figure ?? '') ? { spoken, written: stated } : undefined
}

/** A text that is a number in words and nothing else. */
function wholeNumber(text: string): Spoken | undefined {
  const spoken = spokenAtEnd(text)
  const others = wordsOf(text).filter(
    (word) =>
      !isNumberWord(word) && !MONEY_WORDS.has(word) && !PERCENT_WORDS.has(word) && word !== 'and' && word !== 'y',
  )
  return others.length === 0 && !/\d/.test(text) ? spoken : undefined
}

// "Phase two (US$ 50K)" and "year three (2025)" put two different things side by side.
function comparable(spoken: Spoken, written: Written, figure: string): boolean {
  // "each one (2)", "cada una (2)".
  if (spoken.value === 1) return false
  if (/^\s*(?:19|20)\d\d\s*$/.test(figure) && spoken.value < 1900) return false
  if (written.unit === 'percent' || spoken.unit === 'percent')
    return written.unit === spoken.unit || /%/.test(figure) === false
  if (written.unit === 'money') return spoken.unit === 'money' || spoken.value >= 1000
  return true
}
