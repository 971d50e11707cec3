import { type Month, monthIndex } from '../calendar.ts'
import { type Book, named, percentOn } from './book.ts'
import { type Line, netPrice, type Resource, usageLine } from './line.ts'
import { costOf, lesser, percentOf, scaled, toCents, unitsOf } from './units.ts'

const HOUR_OF_DAY = 24

/** Reserved instances: their fee, what used them, and what was left unused. */
export function reservedLines(book: Book, month: Month): Line[] {
  const running = book.reservations.filter((each) => each.from < month.next && month.first < each.to)
  return running.flatMap((reservation) => {
    const { item, account, instances, hourly } = reservation
    const hours = BigInt(month.days * HOUR_OF_DAY * 100)
    const percent = percentOn(book, month.first)
    const base = { item, account, region: book.home, start: month.first, end: month.next, percent }
    const priced = usageLine({ ...base, item: { ...item, price: hourly }, quantity: hours * BigInt(instances.length) })
    const fee: Line = {
      ...priced,
      item,
      kind: 'reserved-fee',
      effective: 0n,
      frequency: 'Recurring',
      resource: { id: reservation.arn, name: reservation.name, type: 'Reserved Instance' },
      description: `${reservation.name}: hourly fee of ${instances.length} reserved instances, no upfront`,
      reservation,
    }
    const { unused } = reservation
    const idle = unused !== undefined && unused.from <= month.id && month.id <= unused.to ? unused.count : 0
    const effective = costOf(netPrice(hourly, percent), hours)
    const covered = instances.map((resource, at): Line => {
      const used = at < instances.length - idle
      const line = usageLine({ ...base, resource: used ? resource : fee.resource, quantity: hours })
      const kind = used ? 'reserved-usage' : 'reserved-unused'
      return {
        ...line,
        kind,
        billed: 0n,
        effective,
        reservation,
        description: `${item.description}, reserved instance`,
      }
    })
    return [fee, ...covered]
  })
}

/** What was bought of others on the provider's marketplace. */
export function marketplaceLines(book: Book, month: Month): Line[] {
  return book.terms.marketplace.flatMap((purchase): Line[] => {
    const months = Object.keys(purchase.path).sort()
    const last = months.filter((id) => id <= month.id).at(-1)
    if (last === undefined || (purchase.frequency === 'One-Time' && last !== month.id)) return []
    const item = named(book.items, purchase.item)
    const amount = scaled(unitsOf(purchase.path[last] ?? '0'), book.world.scale)
    const account = named(book.accounts, purchase.account)
    const quantity = amount / 100_000_000n
    const line = usageLine({ item, account, start: month.first, end: month.next, quantity, percent: 0 })
    return quantity === 0n ? [] : [{ ...line, kind: 'marketplace', frequency: purchase.frequency }]
  })
}

/** Credits that the provider granted. */
export function creditLines(book: Book, month: Month): Line[] {
  return book.terms.credits.flatMap((credit): Line[] => {
    const since = monthIndex(month.first) - monthIndex(credit.from)
    if (since < 0 || month.id > credit.to || since % credit.every !== 0) return []
    const item = [...book.items.values()].find((each) => each.service.id === credit.service)
    if (item === undefined) return []
    const amount = -scaled(unitsOf(credit.amount), book.world.scale)
    const account = named(book.accounts, credit.account)
    return [flatLine('credit', { item, account, month, amount, description: credit.description })]
  })
}

interface Flat {
  item: Line['item']
  account: Line['account']
  month: Month
  amount: bigint
  description: string
  resource?: Resource | undefined
  start?: string
  end?: string
  region?: string | undefined
}

/** A line that is an amount and nothing else. */
export function flatLine(kind: 'credit' | 'refund' | 'tax', flat: Flat): Line {
  const { item, account, month, amount, description, resource, region } = flat
  return {
    kind,
    id: '',
    item,
    issuer: item.issuer,
    account,
    resource,
    region,
    start: flat.start ?? month.first,
    end: flat.end ?? month.next,
    percent: 0,
    expected: 0,
    list: amount,
    net: amount,
    billed: amount,
    effective: amount,
    frequency: 'One-Time',
    correction: false,
    description,
  }
}

/** Support is a share of what the provider billed, in bands, and at least a fixed amount. */
export function supportLine(book: Book, lines: readonly Line[], month: Month): Line {
  const { support } = book.terms
  const item = named(book.items, support.item)
  const base = sumOf(lines.filter((line) => line.kind === 'usage' || line.kind === 'reserved-fee'))
  const { scale } = book.world
  let [below, fee] = [0n, 0n]
  for (const band of support.bands) {
    const top = band.upTo === undefined ? base : scaled(unitsOf(band.upTo), scale)
    const within = lesser(base, top) - below
    if (within > 0n) fee += percentOf(within, band.percent)
    if (top > below) below = top
  }
  const least = scaled(unitsOf(support.least), scale)
  const amount = toCents(fee > least ? fee : least)
  const line = flatLine('refund', { item, account: book.payer, month, amount, description: item.description })
  return { ...line, kind: 'support', quantity: 100n, price: amount, frequency: 'Recurring' }
}

/** Kinds of lines that are taxed, by the account, issuer and product that they belong to. */
export const TAXED_KINDS: ReadonlySet<Line['kind']> = new Set([
  ...(['usage', 'reserved-usage', 'reserved-unused', 'reserved-fee', 'support', 'refund'] as const),
])

/** One tax line for each account and product, on what was billed of it. */
export function taxLines(book: Book, lines: readonly Line[], month: Month): Line[] {
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    if (!line.issuer.taxed || !TAXED_KINDS.has(line.kind)) continue
    const key = `${line.account.id} ${line.issuer.id} ${line.item.service.id}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [line])
    else group.push(line)
  }
  const { taxPercent, taxName } = book.terms
  return [...groups.values()].flatMap((group): Line[] => {
    const [first] = group
    if (first === undefined) return []
    const taxOf = (cost: 'list' | 'net' | 'billed' | 'effective') =>
      percentOf(
        group.reduce((sum, line) => sum + line[cost], 0n),
        taxPercent,
      )
    const amount = taxOf('billed')
    const description = `${taxName} ${taxPercent}% for ${first.item.service.name}`
    const line = flatLine('tax', { item: first.item, account: first.account, month, amount, description })
    const tax = { ...line, list: taxOf('list'), net: taxOf('net'), effective: taxOf('effective') }
    return [tax.billed, tax.list].every((each) => each === 0n) ? [] : [tax]
  })
}

/** Σ of what is billed. */
export function sumOf(lines: readonly Line[]): bigint {
  return lines.reduce((sum, line) => sum + line.billed, 0n)
}
