import type { Duration, DurationUnit, StatedAmount } from '../language/index.ts'
import type { Party, Side } from './clause.ts'
import type { StatedBand, StatedFrequency, StatedMeasure } from './stated.ts'
import { parseMoney, parseNumber, vocabulary } from './values.ts'
import { holdsPhrase, plain, plainLabel } from './words.ts'

const unitOfWord = new Map<string, DurationUnit>()
for (const [unit, words] of Object.entries(vocabulary.units)) {
  for (const word of words) unitOfWord.set(word, unit as DurationUnit)
}

const DURATION =
  /(\d[\d.,]*)\s*(?:-\s*)?(business days?|working days?|calendar days?|dias? habil(?:es)?|dias corridos|[a-z]+)/g

/** Reads a length of time: `90 days`, `12 meses`, `4 h`, `three years`. */
export function parseDuration(text: string, decimalMark: '.' | ','): Duration | undefined {
  // "three (3) years" and "3 (three) years" say it twice; "un año" is one year.
  const lower = plain(text)
    .replace(/[-–]/g, ' ')
    .replace(/(\d)\s*\([a-z ]+\)/g, '$1 ')
    .replace(/\((\d+)\)/g, ' $1 ')
    .replace(/\buna? (?=(?:ano|mes|semana|dia|trimestre)\b)/g, '1 ')
  for (const [, digits, word] of lower.matchAll(DURATION)) {
    const unit = unitOfWord.get(word ?? '')
    const amount = digits && parseNumber(digits.replace(/[.,]$/, ''), decimalMark)
    if (unit && amount) return { amount, unit }
  }
  const words = lower.split(/[^a-z]+/)
  for (let at = 0; at + 1 < words.length; at += 1) {
    const count = vocabulary.numbers[words[at] ?? '']
    const unit = unitOfWord.get(words[at + 1] ?? '')
    if (count && unit) return { amount: String(count), unit }
  }
  return undefined
}

const frequencyWords = Object.keys(vocabulary.frequencies).sort((a, b) => b.length - a.length)

/** Reads how often something happens; `meanings` lists both when the word has two. */
export function parseFrequency(text: string): StatedFrequency | undefined {
  const lower = plain(text)
    .replace(/[.,;:()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const word = frequencyWords.find((each) => holdsPhrase(lower, each))
  const known = word === undefined ? undefined : vocabulary.frequencies[word]
  if (!known) return countedFrequency(lower)
  const { times, per, also } = known
  const other = also as unknown as { times: string; per: StatedFrequency['per'] } | undefined
  // "Biweekly (every two weeks)" says which of the two it means.
  const rest = word ? lower.replace(word, ' ').replace(/\s+/g, ' ') : ''
  const clarified =
    other && frequencyWords.find((each) => holdsPhrase(rest.trim(), each) && !vocabulary.frequencies[each]?.also)
  const sure = clarified ? vocabulary.frequencies[clarified] : undefined
  if (sure) return { times: sure.times, per: sure.per }
  return other ? { times, per, meanings: [{ times, per }, other] } : { times, per }
}

const UNIT = '(days?|weeks?|months?|quarters?|years?|dias?|semanas?|mes|meses|trimestres?|anos?)'
const EVERY = new RegExp(`(?:^| )(?:every|each|cada) (?:(\\w+) )?${UNIT}(?: |$)`)
const TIMES = new RegExp(
  `(?:^| )(?:(once|una vez|twice)|(\\w+) (?:times|veces)) (?:a|an|per|each|every|al|a la|por|cada) ${UNIT}(?: |$)`,
)
const TIMES_A_YEAR: Partial<Record<DurationUnit, number>> = { year: 1, quarter: 4, month: 12, week: 52, day: 365 }

// "Every three months", "cada trimestre", "four times a year", "una vez al mes".
function countedFrequency(lower: string): StatedFrequency | undefined {
  const every = EVERY.exec(lower)
  const times = every ? null : TIMES.exec(lower)
  const unit = unitOfWord.get(every?.[2] ?? times?.[3] ?? '')
  const count = every ? numberOf(every[1] ?? 'one') : numberOf(times?.[1] ?? times?.[2] ?? '')
  const aYear = unit && TIMES_A_YEAR[unit]
  if (!aYear || !count) return undefined
  if ((unit === 'week' || unit === 'day') && (times || count === 1)) return { times: String(count), per: unit }
  const inAYear = every ? aYear / count : aYear * count
  // What has no end in decimals (every five months) is not written down as if it had.
  return Number.isInteger(inAYear * 4) ? { times: String(inAYear), per: 'year' } : undefined
}

const COUNT_WORDS: Record<string, number> = { once: 1, 'una vez': 1, twice: 2, other: 2 }

function numberOf(word: string): number | undefined {
  return /^\d{1,3}$/.test(word) ? Number(word) : (COUNT_WORDS[word] ?? vocabulary.numbers[word])
}

const comparisonWords = Object.entries(vocabulary.comparisons)
  .flatMap(([comparison, words]) => words.map((word) => [word, comparison as StatedMeasure['comparison']] as const))
  .sort((a, b) => b[0].length - a[0].length)

/**
 * Reads a target: `99.99%`, `NPS >50`, `4 hours`, `12,000`.
 * Without a comparing word, a time is a ceiling and anything else a floor.
 */
export function parseMeasure(text: string, decimalMark: '.' | ','): StatedMeasure | undefined {
  const lower = plain(text)
  // In "95 % within 4 hours" or "P1: 4 hours" the number that belongs to the unit counts, not the first one.
  const duration = parseDuration(text, decimalMark)
  if (duration) return { comparison: comparisonIn(lower) ?? 'at-most', value: duration.amount, unit: duration.unit }
  const unit = measureUnit(lower)
  const percent = unit === 'percent' ? /[+-]?\d[\d.,]*(?=\s*(?:%|per ?cent|por ciento))/.exec(lower) : null
  const raw = (percent ?? /[+-]?\d[\d.,]*/.exec(lower))?.[0].replace(/[.,]$/, '')
  if (raw === undefined) return undefined
  const value = unit === 'percent' ? raw.replace(',', '.') : parseNumber(raw, decimalMark)
  if (value === undefined || !/^[+-]?\d+(\.\d+)?$/.test(value)) return undefined
  return { comparison: comparisonIn(lower) ?? 'at-least', value, unit }
}

function comparisonIn(lower: string): StatedMeasure['comparison'] | undefined {
  return comparisonWords.find(([word]) =>
    /^[<>≥≤=]/.test(word) ? lower.includes(word) : holdsPhrase(lower, word),
  )?.[1]
}

function measureUnit(lower: string): string {
  for (const [unit, words] of Object.entries(vocabulary.measures)) {
    if (words.some((word) => lower.includes(word))) return unit
  }
  return 'count'
}

const markOfWord = new Map<string, string>()
for (const [mark, words] of Object.entries(vocabulary.marks))
  for (const word of words) markOfWord.set(plain(word), mark)

/** Reads a tick, a dash, "Shared" or a RACI letter; undefined when the cell says something else. */
export function parseMark(
  text: string,
): 'yes' | 'no' | 'shared' | 'accountable' | 'consulted' | 'informed' | undefined {
  return markOfWord.get(plain(text)) as ReturnType<typeof parseMark>
}

/** Which side the words name: a party by name or alias, or a word such as "customer" or "joint". */
export function parseSide(text: string, parties: readonly Party[]): Side | undefined {
  const label = plainLabel(text)
  if (!label) return undefined
  const named = new Set<Side>()
  for (const party of parties) if (party.aliases.some((alias) => holdsPhrase(label, alias))) named.add(party.side)
  if (vocabulary.partyWords.both.some((word) => holdsPhrase(label, word))) return 'both'
  if (named.size === 0) {
    for (const side of ['provider', 'partner'] as const) {
      if (vocabulary.partyWords[side].some((word) => holdsPhrase(label, word))) named.add(side)
    }
  }
  if (named.size === 2) return 'both'
  return [...named][0]
}

const RANGE = /^(.*?\d[^–—]*?)\s*(?:–|—|\bto\b|\ba\b|\bhasta\b|\band\b|\by\b|-|<=?\s*x?\s*<?)\s*(?=[^\d]*\d)(.+)$/i
const ABOVE =
  /^(?:>=?|≥|above|over|more than|from|mas de|sobre|superior a|desde|at least|exceeding|greater than)\s*(.+)$|^(.+?)\s*(?:\+|and above|or more|and over|o mas|y mas|en adelante)$/i
const MORE =
  '(?:>=?|≥|at least|from|desde|al menos|(?:equal to or )?(?:greater|more|higher) than(?: or equal to)?|(?:igual o )?(?:superior|mayor)(?: o igual)? (?:a|que)|no (?:inferior|menor) a)'
const LESS = '(?:<|(?:but )?(?:less|lower) than|below|under|(?:inferior|menor) (?:a|que)|menos de|bajo)'
const END = '\\s*([^<>≥≤=]*?\\d[^<>≥≤=]*?)\\s*'
const LINK = '[,;]?\\s*(?:(?:but|and|to|pero|y|e|a|hasta)\\s+)?'

// "Less than 99.0 % but equal to or greater than 95.0 %": either end may come first.
const UPPER_FIRST = new RegExp(`^${LESS}${END}${LINK}${MORE}${END}$`, 'i')
const LOWER_FIRST = new RegExp(`^${MORE}${END}${LINK}${LESS}${END}$`, 'i')
const BELOW = /^(?:<=?|≤|below|under|less than|up to|until|menos de|hasta|inferior a|bajo)\s*(.+)$/i

/** Reads a band: `0 - 1M`, `US$1M – 3M`, `above 3M`, `< 99.0 %`, `99.0 % to 99.9 %`. */
export function parseBand(text: string, decimalMark: '.' | ','): StatedBand | undefined {
  const body = text.trim().replace(/\s+/g, ' ')
  const unaccented = body.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  const upperFirst = UPPER_FIRST.exec(unaccented)
  const lowerFirst = upperFirst ? null : LOWER_FIRST.exec(unaccented)
  const words = upperFirst ? [upperFirst[2], upperFirst[1]] : lowerFirst?.slice(1)
  const range = words
    ? null
    : RANGE.exec(unaccented.replace(/^(?:from|between|de|desde|entre)\s+/i, '').replace(/^(?:≥|>=|>)\s*/, ''))
  const above = words || range ? null : ABOVE.exec(unaccented)
  const below = words || range || above ? null : BELOW.exec(unaccented)
  const upper = words?.[1] ?? range?.[2]?.replace(/^(?:<=?|≤|but less than|and below)\s*/i, '') ?? below?.[1]
  const to = bound(upper, decimalMark)
  const from = bound(words?.[0] ?? range?.[1] ?? above?.[1] ?? above?.[2], decimalMark, upper)
  if (!from && !to) return undefined
  const percent = body.includes('%')
  const amount = from?.currency !== undefined && from.currency !== 'XXX' ? from : (to ?? from)
  const band: StatedBand = {
    unit: percent
      ? 'percent'
      : amount?.sign || amount?.currency !== 'XXX' || /\d\s*(k|m|mm)\b/i.test(body)
        ? 'money'
        : 'count',
  }
  if (from) band.from = from.amount
  if (to) band.to = to.amount
  if (band.unit === 'money' && amount) {
    band.currency = amount.currency
    if (amount.sign) band.sign = amount.sign
  }
  if (range && !/less than|below|inferior|menos de|<(?!=)/i.test(range[2] ?? '')) band.touches = true
  return band
}

// "1 - 3M": the first end borrows the magnitude of the second when it has none and would otherwise be larger by accident.
function bound(text: string | undefined, decimalMark: '.' | ',', other?: string): StatedAmount | undefined {
  if (text === undefined) return undefined
  const cleaned = text.replace(/%/g, '').trim()
  const single = /%/.test(text) || /%/.test(other ?? '') ? /^[^\d]*(\d+)[.,](\d+)\s*$/.exec(cleaned) : null
  if (single) return { amount: `${single[1]}.${single[2]}`, currency: 'XXX' }
  const magnitude = /\d\s*(k|mm|m|million|millones)\b/i.exec(other ?? '')?.[1]
  const borrow =
    magnitude && !/\d\s*(k|mm|m|million|millones)\b/i.test(cleaned) && /^[^\d]*\d{1,3}([.,]\d)?\s*$/.test(cleaned)
  return parseMoney(borrow ? `${cleaned}${magnitude}` : cleaned, decimalMark)
}
