import type { Scenario } from '../world.ts'

/** The growth path at the scale asked for. */
export interface PathPoint {
  date: string
  deployments: number
  subscribers: number
  workforce: number
  quality: number
  left: number
}

const FEWEST_DEPLOYMENTS = 3
const FEWEST_SEATS = 2

/**
 * Numbers of deployments shrink with the root of the scale and their sizes with the rest, so that a small world still
 * grows and still has large and small customers.
 */
export function scaledPath(growth: Scenario['growth'], scale: number): PathPoint[] {
  const root = Math.sqrt(scale)
  let before = 0
  return growth.anchors.map((anchor) => {
    const fewest = Math.min(FEWEST_DEPLOYMENTS, anchor.deployments)
    const deployments = Math.max(fewest, Math.round(anchor.deployments * root))
    const of = (kind: 'workforce' | 'quality'): number =>
      anchor[kind] === 0 ? 0 : Math.max(1, Math.round((anchor[kind] * deployments) / anchor.deployments))
    const left = Math.min(before, Math.max(Math.round(anchor.left * root), before - deployments))
    before = deployments
    const subscribers = Math.max(deployments * FEWEST_SEATS, Math.round(anchor.subscribers * scale))
    return { date: anchor.date, deployments, subscribers, workforce: of('workforce'), quality: of('quality'), left }
  })
}

/** Least and most seats of one deployment at the scale asked for. */
export function scaledSeats({ seats }: Scenario['growth'], scale: number): { least: number; most: number } {
  const size = scale / Math.sqrt(scale)
  const least = Math.max(FEWEST_SEATS, Math.round(seats.least * size))
  return { least, most: Math.max(least, Math.round(seats.most * size)) }
}

/**
 * Shares out a total in whole seats by weight, each from `least` to `most`; the shares add up to the total exactly
 * (which must lie within those bounds for all together; else the bounds give way).
 */
export function shareOut(total: number, weights: readonly number[], bounds: { least: number; most: number }): number[] {
  if (weights.length === 0) return []
  const least = Math.min(bounds.least, Math.floor(total / weights.length))
  const most = Math.max(bounds.most, Math.ceil(total / weights.length))
  const exact = (factor: number): number[] => weights.map((each) => Math.min(most, Math.max(least, each * factor)))
  let low = 0
  let high = 1
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0)
  while (sum(exact(high)) < total && high < 1e12) high *= 2
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2
    if (sum(exact(middle)) < total) low = middle
    else high = middle
  }
  const ideal = exact(high)
  const shares = ideal.map(Math.floor)
  const order = ideal.map((value, at) => ({ at, rest: value - Math.floor(value) }))
  order.sort((a, b) => b.rest - a.rest || a.at - b.at)
  for (let missing = total - sum(shares), at = 0; missing !== 0; at += 1) {
    const index = order[at % order.length]?.at ?? 0
    const step = Math.sign(missing)
    const next = (shares[index] ?? 0) + step
    if (next < least || next > most) continue
    shares[index] = next
    missing -= step
  }
  return shares
}
