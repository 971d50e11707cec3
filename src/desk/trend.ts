import { addDays, addDuration, type IsoDate } from '../language/index.ts'

/** The last days of the months before a day, oldest first. */
export function monthEndsBefore(day: IsoDate, months: number): IsoDate[] {
  const first = `${day.slice(0, 7)}-01`
  const ends: IsoDate[] = []
  for (let back = 0; back < months; back += 1)
    ends.unshift(addDays(addDuration(first, { amount: String(-back), unit: 'month' }), -1))
  return ends
}
