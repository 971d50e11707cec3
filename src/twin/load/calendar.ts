import { Temporal } from 'temporal-polyfill'
import { loadFacts } from '../../facts/index.ts'
import type { IsoDate } from '../../language/index.ts'
import { startOfDay } from '../calendar.ts'

/** One elapsed hour of a local day. */
export interface DayHour {
  /** What the clock on the wall shows, 0 to 23. */
  label: number
  /** Seconds since 1970. */
  beginsAt: number
  /** Which of the day's UTC days it lies in, 0 or 1. */
  stretch: number
}

/** A local day as it passes: 23 or 25 hours when the clocks change. */
export interface DayClock {
  /** Seconds since 1970; the day ends before `endsAt`. */
  beginsAt: number
  endsAt: number
  hours: readonly DayHour[]
  utcDays: readonly IsoDate[]
}

const SECONDS_OF_DAY = 86_400
const clocks = new Map<string, DayClock>()
const holidays = new Map<string, boolean>()

/** Calendar date of a number of days since 1970. */
export function dateOfDayNumber(days: number): IsoDate {
  return new Date(days * SECONDS_OF_DAY * 1000).toISOString().slice(0, 10)
}

/** Days since 1970 of a calendar date. */
export function dayNumberOf(day: IsoDate): number {
  return Date.parse(`${day}T00:00:00Z`) / (SECONDS_OF_DAY * 1000)
}

/** How the clock runs through one local day. */
export function dayClock(zone: string, day: IsoDate): DayClock {
  const key = `${zone} ${day}`
  const made = clocks.get(key)
  if (made !== undefined) return made
  const beginsAt = startOfDay(zone, day) * 60
  const endsAt = startOfDay(zone, dateOfDayNumber(dayNumberOf(day) + 1)) * 60
  const first = Math.floor(beginsAt / SECONDS_OF_DAY)
  const count = Math.round((endsAt - beginsAt) / 3600)
  const hours = Array.from({ length: count }, (_, at): DayHour => {
    const hourBeginsAt = beginsAt + at * 3600
    const label = count === 24 ? at : clockHour(zone, hourBeginsAt)
    return { label, beginsAt: hourBeginsAt, stretch: Math.floor(hourBeginsAt / SECONDS_OF_DAY) - first }
  })
  const utcDays = [...new Set(hours.map((hour) => hour.stretch))].map((stretch) => dateOfDayNumber(first + stretch))
  const clock = { beginsAt, endsAt, hours, utcDays }
  clocks.set(key, clock)
  return clock
}

function clockHour(zone: string, seconds: number): number {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone).hour
}

/** Whether offices are closed by a public holiday. */
export function isHoliday(country: string, day: IsoDate): boolean {
  const key = `${country} ${day}`
  const made = holidays.get(key)
  if (made !== undefined) return made
  const closed = loadFacts().isHoliday(country, day).status === 'known'
  holidays.set(key, closed)
  return closed
}

/** 0 is Sunday. */
export function weekdayOf(day: IsoDate): number {
  return (dayNumberOf(day) + 4) % 7
}

const BY_WEEKDAY = [0.4, 1.27, 1.17, 1.13, 1.11, 1.16, 0.76]
const BY_MONTH = [0.99, 0.91, 1.07, 1.01, 1.0, 0.98, 1.01, 0.99, 0.95, 1.01, 1.02, 1.06]
const ON_HOLIDAY = 0.42
/** The working day after a holiday catches up. */
const AFTER_HOLIDAY = 1.12
/** Contacts for each agent seat grow slowly while customers learn to use the service. */
const YEARLY_TREND = 0.015
const TREND_FROM = dayNumberOf('2025-01-15')

/** How busy a day is for all deployments; 1 is an average day. */
export function dayWeight(country: string, day: IsoDate): number {
  const number = dayNumberOf(day)
  const weekday = weekdayOf(day)
  const trend = 1 + (YEARLY_TREND * (number - TREND_FROM)) / 365
  const usual = (BY_WEEKDAY[weekday] ?? 1) * (BY_MONTH[Number(day.slice(5, 7)) - 1] ?? 1) * Math.max(0.5, trend)
  if (isHoliday(country, day)) return usual * ON_HOLIDAY
  const afterHoliday = weekday >= 1 && weekday <= 5 && isHoliday(country, dateOfDayNumber(number - 1))
  return afterHoliday ? usual * AFTER_HOLIDAY : usual
}
