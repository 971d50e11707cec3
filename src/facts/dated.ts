import type { DateText, Fact, PartialDate, Source } from './types.ts'

/** The head that every data file has: where its entries come from and until when they answer. */
export type Sources = Readonly<Record<string, Source>>

/** The source of an entry; the file's main one when the entry names none. */
export function sourceOf(sources: Sources, id: string | undefined): Source {
  const source = sources[id ?? 'main'] ?? Object.values(sources)[0]
  if (source === undefined) throw new Error(`facts: no source ${id ?? 'main'}`)
  return source
}

/** The list has it. */
export function known<T>(value: T, source: Source): Fact<T> {
  return { status: 'known', value, source }
}

/** The list covers this and it is not in it. */
export function absent<T>(source: Source, note?: string): Fact<T> {
  return note === undefined ? { status: 'absent', source } : { status: 'absent', source, note }
}

/** The list cannot say. */
export function notCovered<T>(source?: Source, note?: string): Fact<T> {
  return {
    status: 'not-checked',
    reason: 'not-covered',
    ...(source === undefined ? {} : { source }),
    ...(note === undefined ? {} : { note }),
  }
}

/** `undefined` when the source answers for that date, else the answer that it cannot. */
export function outside<T>(source: Source, asOf: DateText): Fact<T> | undefined {
  if (asOf < source.validFrom) return { status: 'not-checked', reason: 'before-validity', source }
  if (asOf > source.validUntil) return { status: 'not-checked', reason: 'past-validity', source }
  return undefined
}

/** The fact when the source answers for that date, otherwise `not-checked`. */
export function during<T>(source: Source, asOf: DateText, answer: () => Fact<T>): Fact<T> {
  return outside<T>(source, asOf) ?? answer()
}

/** The first day that a partial date can mean: `2021` begins on 1 January. */
export function earliest(date: PartialDate): DateText {
  return `${date}-01-01`.slice(0, 10)
}

/** The last day that a partial date can mean: `2021` ends on 31 December, `2021-02` on the 28th. */
export function latest(date: PartialDate): DateText {
  if (date.length === 4) return `${date}-12-31`
  if (date.length > 7) return date
  const [year, month] = date.split('-').map(Number) as [number, number]
  return `${date}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0')}`
}

/** How a partial date lies to a day: `unknown` inside the month or the year that is all we know. */
export function reached(date: PartialDate, asOf: DateText): 'yes' | 'no' | 'unknown' {
  if (asOf >= latest(date)) return 'yes'
  return asOf < earliest(date) ? 'no' : 'unknown'
}

/** Makes a value at its first use and keeps it: a subject that nobody asks about is never read. */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
