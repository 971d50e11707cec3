import { decimal } from '../../language/index.ts'
import { type Month, monthIndex, monthOf, monthsBetween } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import { centsOf, centsText, csvLine } from '../text.ts'
import type { Deployment, Part, World } from '../world.ts'

const HEADER = ['date', 'metric', 'value', 'unit', 'currency', 'deployment']
const SWAY = 0.012

type Price = ReturnType<typeof decimal>

/** The partner's own figures at every month's end: paid seats, revenue and average size, for all and for each customer. */
export const business: Part = {
  id: 'business',
  weight: () => 25,
  async write(world, output, progress) {
    const { businessMetrics: names, currency } = world.scenario
    const revenue: Record<string, string> = {}
    const files = new Map<string, string[]>()
    for (const month of monthsBetween(world.from, world.to)) {
      const { last } = month
      const paid = world.deployments.flatMap((deployment) => {
        const seats = deployment.subscribersOn(last)
        return seats > 0 ? [{ deployment, seats }] : []
      })
      const subscribers = paid.reduce((sum, each) => sum + each.seats, 0)
      const total = revenueOf(world, month, subscribers)
      revenue[last] = centsText(total)
      const lines = files.get(last.slice(0, 4)) ?? []
      files.set(last.slice(0, 4), lines)
      const shares = sharesOf(total, paid)
      const size = decimal(subscribers).div(Math.max(1, paid.length)).toDecimalPlaces(2).toString()
      lines.push(
        csvLine([last, names.subscribers, subscribers, 'subscribers', '', '']),
        csvLine([last, names.averageSize, size, 'subscribers', '', '']),
        csvLine([last, names.revenue, centsText(total), 'amount', currency, '']),
        ...paid.flatMap(({ deployment: { alias }, seats }, at) => [
          csvLine([last, names.subscribers, seats, 'subscribers', '', alias]),
          csvLine([last, names.revenue, centsText(shares[at] ?? 0n), 'amount', currency, alias]),
        ]),
      )
    }
    for (const [year, lines] of files) {
      await output.file(`metrics/business-${year}.csv`, csvLine(HEADER) + lines.join(''))
    }
    progress(1)
    return { totals: { revenue }, faults: [] }
  },
}

/** Revenue of a month in cents: seats by a price a seat that goes along the path; exact in its anchors' months. */
function revenueOf(world: World, month: Month, subscribers: number): bigint {
  const sway = isAnchor(world, month) ? 0 : chanceOf(world.seed, `business/${month.id}`).normal(0, SWAY)
  const factor = 1 + Math.max(-3 * SWAY, Math.min(3 * SWAY, sway))
  return centsOf(pricePerSeat(world, month).times(subscribers).times(factor.toFixed(6)).toFixed(2))
}

function isAnchor({ scenario }: World, { id }: Month): boolean {
  return scenario.growth.anchors.some((each) => monthOf(each.date).id === id)
}

function pricePerSeat({ scenario }: World, { first }: Month): Price {
  const index = monthIndex(first)
  const points = scenario.growth.anchors.map(({ date, revenue, subscribers }) => ({
    index: monthIndex(date),
    price: decimal(revenue).div(subscribers),
  }))
  const after = points.find((each) => each.index >= index) ?? points.at(-1)
  const before = points.filter((each) => each.index <= index).at(-1) ?? points[0]
  if (!before || !after || before.index >= after.index) return (before ?? after)?.price ?? decimal(0)
  const share = decimal(index - before.index).div(after.index - before.index)
  return before.price.plus(after.price.minus(before.price).times(share))
}

interface Paid {
  deployment: Deployment
  seats: number
}

// Extras cost a fifth more each; the cents that are left over go to the first customers.
function sharesOf(total: bigint, paid: readonly Paid[]): bigint[] {
  const weights = paid.map(({ deployment: { workforce, quality }, seats }) =>
    BigInt(seats * (10 + (workforce ? 2 : 0) + (quality ? 2 : 0))),
  )
  const sum = weights.reduce((a, b) => a + b, 0n)
  const shares = weights.map((each) => (total * each) / sum)
  const left = total - shares.reduce((a, b) => a + b, 0n)
  return shares.map((each, at) => (BigInt(at) < left ? each + 1n : each))
}
