import { addDays, addDuration, decimal, type IsoDate } from '../../language/index.ts'

/** What one telling says of a check: from `from` to `to`, in seconds since 1970; `order` is greater for what was received later. */
export interface Told {
  from: number
  to: number
  isKnown: boolean
  isUp: boolean
  order: string
}

/** Up and known seconds of each month. */
type MonthSeconds = Map<string, { up: number; known: number }>

/** PRB-4: seconds by month, each second as it was told last. */
export function secondsByMonth(tellings: readonly Told[]): MonthSeconds {
  const months: MonthSeconds = new Map()
  for (const { from, to, isKnown, isUp } of withoutOverlaps(tellings)) {
    if (!isKnown) continue
    for (let at = from; at < to; ) {
      const month = new Date(at * 1000).toISOString().slice(0, 7)
      const end = Math.min(to, secondsOf(addDuration(`${month}-01`, { amount: '1', unit: 'month' })))
      const sum = months.get(month) ?? { up: 0, known: 0 }
      months.set(month, { up: sum.up + (isUp ? end - at : 0), known: sum.known + end - at })
      at = end
    }
  }
  return months
}

/** Seconds since 1970 at which a day begins in UTC. */
export function secondsOf(day: IsoDate): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000
}

/** The tellings cut so that none overlaps another: where two speak of the same time, the later received stands. */
function withoutOverlaps(tellings: readonly Told[]): Told[] {
  const edges = [...new Set(tellings.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const starting = [...tellings].sort((a, b) => a.from - b.from)
  const result: Told[] = []
  let active: Told[] = []
  let next = 0
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1]
    if (to === undefined) break
    active = active.filter((each) => each.to > from)
    for (let each = starting[next]; each && each.from <= from; each = starting[++next])
      if (each.to > from) active.push(each)
    const last = active.reduce<Told | undefined>((a, b) => (a && a.order > b.order ? a : b), undefined)
    if (last) result.push({ ...last, from, to })
  }
  return result
}

/** Seconds as a decimal text of minutes. */
export function minutesText(seconds: number): string {
  return decimal(seconds).div(60).toDecimalPlaces(6).toFixed()
}

/** The last day of a month. */
export function monthEnd(month: string): IsoDate {
  return addDays(addDuration(`${month}-01`, { amount: '1', unit: 'month' }), -1)
}
