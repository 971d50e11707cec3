import { findLanguage, parseDuration, parseMark, parseSide, plain } from '../../agreement/index.ts'
import {
  approximateDays,
  type Duration,
  decimal,
  type IsoDate,
  type Language,
  type Span,
} from '../../language/index.ts'

/** A place of the text that says something else than an entry, in its own words. */
export interface Contradiction {
  words: string
  span: Span
  clause?: string
}

type StatedDate = { date: IsoDate; precision: 'day' | 'month' | 'year' }
type Frequency = { times: string; per: 'year' | 'month' | 'week' | 'day' }
type Band = { below?: string | undefined; atLeast?: string | undefined; credit: string }

const YEAR_HAS = { year: 1, month: 12, week: 52, day: 365 } as const

/** How many times a year. */
export function perYear({ times, per }: Frequency): number {
  return Number(times) * YEAR_HAS[per]
}

/** Whether a day lies in none of the days that a stated date may mean. */
export function outside(day: IsoDate, stated: StatedDate): boolean {
  const digits = { year: 4, month: 7, day: 10 }[stated.precision]
  return day.slice(0, digits) !== stated.date.slice(0, digits)
}

/** Whether two ladders differ in any step; an open lower end is the same as zero. */
export function laddersDiffer(a: readonly Band[], b: readonly Band[]): boolean {
  return ladderText(a) !== ladderText(b)
}

function ladderText(bands: readonly Band[]): string {
  return bands
    .map(({ below, atLeast, credit }) =>
      [below ?? '', Number(atLeast ?? 0) === 0 ? '' : atLeast, credit].map(number).join('|'),
    )
    .sort()
    .join()
}

function number(text: string | undefined): string {
  return text === undefined || text === '' ? '' : decimal(text).toFixed()
}

/** Whether the lengths of time in two texts are all different ones; false when either names none. */
export function durationsDiffer(a: string, b: string): boolean {
  const [first, second] = [lengthsIn(a), lengthsIn(b)]
  return first.length > 0 && second.length > 0 && !first.some((one) => second.some((other) => sameLength(one, other)))
}

function lengthsIn(text: string): Duration[] {
  const written = plain(text).match(/\d[\d.,]*\)?[\s-]*[a-z]+(?: (?:days?|habiles|corridos))?/g) ?? []
  return written.flatMap((each) => parseDuration(each.replace(')', ''), '.') ?? [])
}

// Three per cent forgives that 12 months and 365 days differ in average days.
function sameLength(a: Duration, b: Duration): boolean {
  const [longer, shorter] = [approximateDays(a), approximateDays(b)].sort((m, n) => n - m) as [number, number]
  return longer <= shorter * 1.03
}

const WINDOWS: [string, RegExp][] = [
  ['rolling', /\brolling|\bmovil|\b30 (days|dias)\b/],
  ['quarter', /\bquarter|\btrimest/],
  ['month', /\bmonth|\bmes\b|\bmensual/],
  ['week', /\bweek|\bsemana/],
  ['year', /\byear|\bannual|\bano\b|\banual/],
  ['day', /\bdaily\b|\bday\b|\bdia\b|\bdiari/],
]

/** Whether two measuring windows are different ones; false when either is not understood. */
export function windowsDiffer(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => WINDOWS.find(([, pattern]) => pattern.test(plain(text)))?.[0])
  return first !== undefined && second !== undefined && first !== second
}

const EMPTY_WORDS =
  /^(the|and|for|with|from|that|this|each|shall|will|must|are|per|not|all|any|los|las|del|con|por|para|que|una|cada|sera|seran|sin|sus)$/

/**
 * Whether two descriptions speak of different things: they share no word that carries meaning, or no number.
 * False when they are not in one language, because then nothing can be said.
 */
export function descriptionsDiffer(a: string, b: string, language: Language): boolean {
  const [first, second] = [tokens(a), tokens(b)]
  if (disjoint(first.numbers, second.numbers)) return true
  if (findLanguage(a) !== language || findLanguage(b) !== language) return false
  return disjoint(first.words, second.words)
}

function tokens(text: string): { words: Set<string>; numbers: Set<string> } {
  const parts = plain(text).match(/\d+(?:[.,]\d+)?|[a-z]{3,}/g) ?? []
  const words = parts.filter((part) => !/\d/.test(part) && !EMPTY_WORDS.test(part)).map((part) => part.slice(0, 6))
  return { words: new Set(words), numbers: new Set(parts.filter((part) => /\d/.test(part))) }
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((each) => b.has(each))
}

/** Whether two words name different sides; false when either names none. */
export function sidesDiffer(a: string, b: string, parties: Parameters<typeof parseSide>[1]): boolean {
  if (parseMark(a) === 'no' || parseMark(b) === 'no') return false
  const [first, second] = [parseSide(a, parties), parseSide(b, parties)]
  return first !== undefined && second !== undefined && first !== second
}
