import { Temporal } from 'temporal-polyfill'

/** A calendar date, `YYYY-MM-DD`. Compares correctly as a string. */
export type IsoDate = string

/** From `start` up to, and not including, `end`. */
export interface Period {
  start: IsoDate
  end: IsoDate
}

/** A length of time as a text states it; hours and minutes are exact, the others follow the calendar. */
export interface Duration {
  amount: string
  unit: DurationUnit
}

/** The units a stated duration may have, largest first. */
export const DURATION_UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'business-day',
  'hour',
  'minute',
  'second',
] as const

/** One of DURATION_UNITS. */
export type DurationUnit = (typeof DURATION_UNITS)[number]

/** Whether the text is a real calendar date in ISO form. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/**
 * The date a calendar duration later (or earlier, when negative).
 * A day that the month lacks becomes that month's last day (31 January + 1 month = 28 February): the rule is ours and stated.
 * Hours, minutes and seconds do not move a date. Beyond the years 1 and 9999, where ISO dates stop comparing as strings,
 * the first or the last day stands for all.
 */
export function addDuration(date: IsoDate, duration: Duration): IsoDate {
  const amount = Number(duration.amount)
  switch (duration.unit) {
    case 'year':
      return moved(date, 'months', amount * 12)
    case 'quarter':
      return moved(date, 'months', amount * 3)
    case 'month':
      return moved(date, 'months', amount)
    case 'week':
      return moved(date, 'days', amount * 7)
    case 'day':
      return moved(date, 'days', amount)
    case 'business-day':
      return comparable(addWeekdays(Temporal.PlainDate.from(date), Math.trunc(amount)))
    default:
      return date
  }
}

// More than lie between the years 1 and 9999, and few enough for Temporal, which refuses what is far outside.
const MOST = { days: 4_000_000, months: 130_000 }

function moved(date: IsoDate, unit: 'days' | 'months', count: number): IsoDate {
  const whole = Math.trunc(Math.max(-MOST[unit], Math.min(MOST[unit], count)))
  return comparable(Temporal.PlainDate.from(date).add({ [unit]: whole }))
}

function comparable(date: Temporal.PlainDate): IsoDate {
  if (date.year < 1) return '0001-01-01'
  return date.year > 9999 ? '9999-12-31' : date.toString()
}

function addWeekdays(start: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let date = start
  for (let left = Math.min(Math.abs(count), 10_000); left > 0; ) {
    date = date.add({ days: count < 0 ? -1 : 1 })
    if (date.dayOfWeek <= 5) left -= 1
  }
  return date
}

/** Adds whole days. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return moved(date, 'days', days)
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: IsoDate, b: IsoDate): number {
  return Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b), { largestUnit: 'days' }).days
}

/** The n-th year (from 1) of a term that begins on `start`. */
export function contractYear(start: IsoDate, year: number): Period {
  return { start: moved(start, 'months', (year - 1) * 12), end: moved(start, 'months', year * 12) }
}

/** The last day inside a period. */
export function lastDay(period: Period): IsoDate {
  return addDays(period.end, -1)
}

/** Where a date lies: before the period, in it, or after it. */
export function place(period: Period, date: IsoDate): 'before' | 'during' | 'after' {
  if (date < period.start) return 'before'
  return date < period.end ? 'during' : 'after'
}

const AVERAGE_DAYS: Record<DurationUnit, number> = {
  year: 365.2425,
  quarter: 91.310625,
  month: 30.436875,
  week: 7,
  day: 1,
  'business-day': 1.4,
  hour: 1 / 24,
  minute: 1 / 1440,
  second: 1 / 86_400,
}

/** Length in average days, only for comparing two durations of different units. */
export function approximateDays(duration: Duration): number {
  return Number(duration.amount) * AVERAGE_DAYS[duration.unit]
}

/** Length in exact minutes of a clock duration; undefined for calendar units longer than a week. */
export function minutesOf(duration: Duration): number | undefined {
  const minutes: Partial<Record<DurationUnit, number>> = {
    week: 10_080,
    day: 1440,
    hour: 60,
    minute: 1,
    second: 1 / 60,
  }
  const factor = minutes[duration.unit]
  return factor === undefined ? undefined : Number(duration.amount) * factor
}
