import type { Chance } from '../world.ts'

/** A sum of `count` like numbers between `low` and `high`, drawn at once. */
export function drawSum(
  chance: Chance,
  count: number,
  mean: number,
  deviation: number,
  low: number,
  high: number,
): number {
  if (count <= 0) return 0
  const sum = Math.round(chance.normal(count * mean, Math.sqrt(count) * deviation))
  return Math.min(count * high, Math.max(count * low, sum))
}

/** How many of `count` it happens to, each with probability `share`. */
export function drawCount(chance: Chance, count: number, share: number): number {
  if (count <= 0 || share <= 0) return 0
  if (share >= 1) return count
  if (count > 24) {
    const drawn = Math.round(chance.normal(count * share, Math.sqrt(count * share * (1 - share))))
    return Math.min(count, Math.max(0, drawn))
  }
  let drawn = 0
  for (let at = 0; at < count; at += 1) if (chance.next() < share) drawn += 1
  return drawn
}

/**
 * Whole numbers between `low` and `high` in proportion to the weights, as far as the bounds allow, that add up to
 * `total` exactly. The total lies between `low` and `high` times the count.
 */
export function apportion(total: number, weights: readonly number[], low: number, high: number): number[] {
  const count = weights.length
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const factor = sum > 0 ? (total - low * count) / sum : 0
  const parts = weights.map((weight) => Math.min(high, low + Math.floor(weight * factor)))
  let left = total - parts.reduce((all, part) => all + part, 0)
  // What rounding and the upper bound left over goes round in equal steps; each round ends or fills a part.
  while (left > 0) {
    const open = parts.reduce((all, part) => (part < high ? all + 1 : all), 0)
    if (open === 0) throw new RangeError(`cannot apportion ${total} to ${count} parts up to ${high}`)
    const step = Math.max(1, Math.floor(left / open))
    for (let at = 0; at < count && left > 0; at += 1) {
      const room = Math.min(step, high - (parts[at] ?? high), left)
      parts[at] = (parts[at] ?? 0) + room
      left -= room
    }
  }
  return parts
}
