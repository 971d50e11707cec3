import { createRequire } from 'node:module'
import type HolidayRules from 'date-holidays'
import { absent, known, lazy, notCovered, outside } from './dated.ts'
import type { DateText, Fact, Facts, Holiday, Source } from './types.ts'

/** Rules can be projected, decrees cannot: beyond a few years the package guesses. */
const SOURCE: Source = {
  title: 'date-holidays: rules of public holidays by country (data CC-BY-3.0)',
  url: 'https://github.com/commenthol/date-holidays',
  package: 'date-holidays@3.37.0',
  confidence: 'secondary',
  readOn: '2026-11-24',
  validFrom: '2015-01-01',
  validUntil: '2030-12-31',
}

// The package takes 150 ms to load, so it is loaded at the first question.
const rules = lazy(() => {
  const loaded: unknown = createRequire(import.meta.url)('date-holidays')
  const Rules = (
    typeof loaded === 'function' ? loaded : (loaded as { default: unknown }).default
  ) as typeof HolidayRules
  return {
    Rules,
    countries: new Rules().getCountries('en') as Record<string, string>,
    years: new Map<string, Holiday[]>(),
  }
})

function dayBefore(text: string): DateText {
  return new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

function ofYear(country: string, year: number): readonly Holiday[] {
  const { Rules, years } = rules()
  const key = `${country} ${year}`
  const made = years.get(key)
  if (made !== undefined) return made
  // In UTC, so that a day's end is the same on every machine; `date` is the local calendar date in any case.
  const listed = new Rules(country, { timezone: 'UTC' }).getHolidays(year).map((each): Holiday => {
    const date = each.date.slice(0, 10)
    const last = dayBefore(each.end.toISOString())
    return { date, ...(last > date ? { until: last } : {}), name: each.name, kind: each.type }
  })
  years.set(key, listed)
  return listed
}

function holidays(country: string, year: number): Fact<readonly Holiday[]> {
  const code = country.toUpperCase()
  const late = outside<readonly Holiday[]>(SOURCE, `${year}-12-31`)
  if (late !== undefined) return late
  if (rules().countries[code] === undefined) return notCovered(SOURCE)
  return known(ofYear(code, year), SOURCE)
}

/** Public and bank holidays only: what closes offices. */
function isHoliday(country: string, date: DateText): Fact<Holiday> {
  const year = holidays(country, Number(date.slice(0, 4)))
  if (year.status !== 'known') return year
  const found = year.value.find((each) => {
    const closes = each.kind === 'public' || each.kind === 'bank'
    return closes && each.date <= date && date <= (each.until ?? each.date)
  })
  return found === undefined ? absent(SOURCE) : known(found, SOURCE)
}

export const holidayFacts: Pick<Facts, 'holidays' | 'isHoliday'> = { holidays, isHoliday }
