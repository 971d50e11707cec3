import { Temporal } from 'temporal-polyfill'
import { addDays, addDuration, daysBetween, type IsoDate } from '../language/index.ts'

/** A calendar month. */
export interface Month {
  /** `2024-01`. */
  id: string
  first: IsoDate
  last: IsoDate
  /** First day of the month after. */
  next: IsoDate
  days: number
}

/** The month of a day, or of a month's id. */
export function monthOf(day: string): Month {
  const id = day.slice(0, 7)
  const first = `${id}-01`
  const next = addDuration(first, { amount: '1', unit: 'month' })
  return { id, first, last: addDays(next, -1), next, days: daysBetween(first, next) }
}

/** The months that have a day from `from` up to, and not including, `to`. */
export function monthsBetween(from: IsoDate, to: IsoDate): Month[] {
  const months: Month[] = []
  for (let month = monthOf(from); month.first < to; month = monthOf(month.next)) months.push(month)
  return months
}

const daysByMonth = new Map<string, readonly { day: IsoDate; next: IsoDate }[]>()

/** The days of a month, each with the day after it. */
export function daysOf(month: Month): readonly { day: IsoDate; next: IsoDate }[] {
  const known = daysByMonth.get(month.id)
  if (known !== undefined) return known
  const dates = Array.from({ length: month.days + 1 }, (_, at) => addDays(month.first, at))
  const made = dates.slice(0, -1).map((day, at) => ({ day, next: dates[at + 1] ?? month.next }))
  daysByMonth.set(month.id, made)
  return made
}

/** Months since year 0, so that months can be subtracted. */
export function monthIndex(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

/** The day so many months later; the month's last day where it lacks that day. */
export function addMonths(day: IsoDate, months: number): IsoDate {
  return addDuration(day, { amount: String(months), unit: 'month' })
}

/** Monday is 1, Sunday 7. */
export function weekday(day: IsoDate): number {
  return Temporal.PlainDate.from(day).dayOfWeek
}

/** The day itself, or the Friday before a weekend. */
export function workingDay(day: IsoDate): IsoDate {
  return addDays(day, -Math.max(0, weekday(day) - 5))
}

const midnights = new Map<string, number>()

/** Minutes since 1970 UTC at which a local day begins. */
export function startOfDay(timeZone: string, day: IsoDate): number {
  const key = `${timeZone} ${day}`
  const known = midnights.get(key)
  if (known !== undefined) return known
  const minutes = Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds / 60_000
  midnights.set(key, minutes)
  return minutes
}

/** The UTC instant of minutes since 1970, as `2024-01-15T13:04:00Z`. */
export function utcText(minutes: number): string {
  return new Date(Math.round(minutes * 60) * 1000).toISOString().replace('.000Z', 'Z')
}

/** The local day of minutes since 1970 UTC. */
export function localDay(timeZone: string, minutes: number): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(minutes * 60_000))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
}
