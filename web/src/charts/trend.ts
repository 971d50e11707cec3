import type { Shape } from '@client'

/** Where a clause stood at a month end. */
export interface TrendPoint {
  on: string
  verdict: Shape<'Verdict'>
  value: string | null
  target: string | null
  unit: string | null
}

/** A point as it is drawn: places on paper need no exact digits. */
export interface Drawn {
  begins: Date
  ends: Date
  value: number | undefined
  target: number | undefined
  point: TrendPoint
}

/** Points as they are drawn, each over the time since the one before. */
export function drawn(points: readonly TrendPoint[]): Drawn[] {
  return points.map((point, at) => {
    const before = points[at - 1]
    return {
      begins: before === undefined ? monthBefore(point.on) : day(before.on),
      ends: day(point.on),
      value: placeOf(point.value),
      target: placeOf(point.target),
      point,
    }
  })
}

/** From the first point's beginning to the last point's end. */
export function spanOfMonths(data: readonly Drawn[]): { from: Date; to: Date } {
  const [first, last] = [data[0], data.at(-1)]
  const nowhere = new Date(0)
  return { from: first?.begins ?? nowhere, to: last?.ends ?? nowhere }
}

function day(iso: string): Date {
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`)
}

function monthBefore(iso: string): Date {
  const date = day(iso)
  date.setUTCDate(0)
  return date
}

function placeOf(text: string | null): number | undefined {
  if (text === null || !/^-?\d+(\.\d+)?$/.test(text)) return undefined
  return Number(text)
}
