const DAY_MS = 86_400_000

/** Days from one day to another; days are counted in UTC, where each has the same length. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / DAY_MS)
}

/** The day so many days after another. */
export function dayAfter(day: string, count: number): string {
  return new Date(startOf(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** The same day of another month, or that month's last. */
export function monthAfter(day: string, count: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10)
}

/** The earliest of days. */
export function earliest(...days: [string, ...string[]]): string {
  return days.toSorted()[0] ?? days[0]
}

/** The latest of days. */
export function latest(...days: [string, ...string[]]): string {
  return days.toSorted().at(-1) ?? days[0]
}

/** The first days of the months after `start`, up to `end`. */
export function monthsBetween(start: string, end: string): string[] {
  const months: string[] = []
  for (let day = `${start.slice(0, 7)}-01`; day <= end && months.length < 1200; day = monthAfter(day, 1)) {
    if (day >= start) months.push(day)
  }
  return months
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}
