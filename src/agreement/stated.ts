import type { IsoDate } from '../language/index.ts'

/** A date as a text states it: a day, or only a month or a year. `date` is the first day it may mean. */
export interface StatedDate {
  date: IsoDate
  precision: 'day' | 'month' | 'year'
}

/** A value with a comparison and a unit: `>50 points`, `4 hours`, `99.99 percent`. */
export interface StatedMeasure {
  comparison: 'at-least' | 'more-than' | 'at-most' | 'less-than' | 'equal'
  value: string
  unit: string
}

/** How often: `times` per `per`. `meanings` is set when the word has two, and then the first is not to be trusted. */
export interface StatedFrequency {
  times: string
  per: 'year' | 'month' | 'week' | 'day'
  meanings?: { times: string; per: 'year' | 'month' | 'week' | 'day' }[]
}

/** A band of spend or service: from (inclusive) to (exclusive unless said); either side may be open. */
export interface StatedBand {
  from?: string
  to?: string
  unit: 'money' | 'percent' | 'count'
  currency?: string
  sign?: string
  /** The text says that the upper end belongs to the band ("up to and including", "1 - 3"). */
  touches?: boolean
}
