import { daysOf, type Month, monthIndex, monthOf } from '../calendar.ts'
import { type Usage, usageOf } from '../load/day-load.ts'
import type { Deployment } from '../world.ts'
import { type Book, named, percentOn, resourceId, sharedTags } from './book.ts'
import { type Charge, type Line, type Resource, usageLine } from './line.ts'
import type { BillTerms } from './scenario.ts'
import { quantityOf } from './units.ts'

type Driver = BillTerms['perDeployment'][number]
type SharedUse = BillTerms['shared'][number]

/** What each deployment used in a month; its load decides. */
export function deploymentLines(book: Book, month: Month): Line[] {
  return book.world.deployments.flatMap((deployment) => linesOf(book, deployment, month))
}

interface DayUsage {
  day: string
  next: string
  usage: Usage
}

function linesOf(book: Book, deployment: Deployment, month: Month): Line[] {
  const { world, terms } = book
  const days: DayUsage[] = []
  for (const { day, next } of daysOf(month)) {
    // The UTC day after the last still holds the evening of the last local day.
    if (day < deployment.liveFrom || (deployment.liveTo !== undefined && day > deployment.liveTo)) continue
    days.push({ day, next, usage: usageOf(world, deployment, day) })
  }
  const lines: Line[] = []
  for (const driver of terms.perDeployment) {
    if (driver.only !== undefined && !deployment[driver.only]) continue
    const add = (part: readonly DayUsage[], start: string, end: string): void => {
      const line = driven(book, deployment, driver, part, start, end)
      if (line !== undefined) lines.push(line)
    }
    if (driver.every === 'month') add(days, month.first, month.next)
    else for (const each of days) add([each], each.day, each.next)
  }
  return lines
}

function driven(
  book: Book,
  deployment: Deployment,
  driver: Driver,
  days: readonly DayUsage[],
  start: string,
  end: string,
): Line | undefined {
  const item = named(book.items, driver.item)
  const measured =
    days.reduce((sum, { usage }) => sum + measureOf(driver.of, usage), 0) + seatsOf(deployment, driver, days)
  const amount = measured * driver.factor
  const quantity = quantityOf(item.seconds ? amount / 60 : amount, item.whole)
  if (quantity === 0n) return undefined
  return usageLine({
    item,
    account: book.accountOf(deployment),
    resource: book.resourceOf(deployment, item),
    region: deployment.region,
    start,
    end,
    quantity,
    seconds: item.seconds ? measured : undefined,
    percent: percentOn(book, start),
  })
}

function measureOf(of: Driver['of'], usage: Usage): number {
  switch (of) {
    case 'voice-seconds':
      return usage.voiceSeconds
    case 'chat-messages':
      return usage.chatMessages
    case 'telephony-in-seconds':
      return usage.telephonyInSeconds
    case 'telephony-out-seconds':
      return usage.telephonyOutSeconds
    case 'contacts':
      return usage.contacts
    case 'days':
      return 1
    case 'seats':
      return 0
  }
}

/** Seats are counted once, on the last day. */
function seatsOf(deployment: Deployment, { of }: Driver, days: readonly DayUsage[]): number {
  const last = days.at(-1)
  return of === 'seats' && last !== undefined ? deployment.subscribersOn(last.day) : 0
}

/** What the partner's own accounts used in a month for all customers together. */
export function sharedLines(book: Book, month: Month): Line[] {
  return book.terms.shared.flatMap((use, at) => sharedUse(book, use, at, month))
}

function sharedUse(book: Book, use: SharedUse, at: number, month: Month): Line[] {
  const monthly = onPath(use.path, month.id) * (use.exact ? 1 : book.world.scale)
  if (monthly <= 0) return []
  const item = named(book.items, use.item)
  const account = named(book.accounts, use.account)
  const chance = book.world.chance(`bill shared ${at} ${month.id}`)
  const region = book.world.scenario.regions[use.region]
  const resources = use.names.map((name) => sharedResource(book, use, name))
  const charge = (start: string, end: string, share: number, resource: Resource): Line[] => {
    const around = use.sway === 0 ? 1 : Math.max(0.3, chance.normal(1, use.sway))
    const quantity = quantityOf((monthly * share * around) / resources.length, item.whole)
    if (quantity === 0n) return []
    const made: Charge = { item, account, resource, region, start, end, quantity, percent: 0 }
    return [usageLine({ ...made, percent: percentOn(book, start) })]
  }
  if (use.every === 'month') return resources.flatMap((each) => charge(month.first, month.next, 1, each))
  const lines: Line[] = []
  for (const { day, next } of daysOf(month)) {
    // A path counts months of thirty days where hours are exact, and whole months elsewhere.
    const share = use.exact ? 1 / 30 : 1 / month.days
    lines.push(...resources.flatMap((each) => charge(day, next, share, each)))
  }
  return lines
}

function sharedResource(book: Book, use: SharedUse, name: string): Resource {
  const item = named(book.items, use.item)
  const tags = use.untagged ? {} : { tags: sharedTags(book, item.service.id, name) }
  return {
    id: resourceId(
      { world: book.world, home: book.world.scenario.regions[use.region] },
      item,
      named(book.accounts, use.account),
      name,
    ),
    name,
    type: item.resource,
    ...tags,
  }
}

/** The value of a month on straight lines between the points; nothing before the first and after the last. */
export function onPath(path: Readonly<Record<string, number>>, month: string): number {
  const at = monthIndex(monthOf(month).first)
  const points = Object.entries(path)
    .map(([id, value]) => ({ at: monthIndex(id), value }))
    .sort((a, b) => a.at - b.at)
  for (const [n, point] of points.entries()) {
    if (point.at === at) return point.value
    const next = points[n + 1]
    if (next !== undefined && point.at < at && at < next.at) {
      return point.value + ((next.value - point.value) * (at - point.at)) / (next.at - point.at)
    }
  }
  return 0
}
