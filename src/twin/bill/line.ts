import type { IsoDate } from '../../language/index.ts'
import { costOf, percentOf } from './units.ts'

/** Who sends an invoice. */
export interface Issuer {
  id: string
  name: string
  prefix: string
  taxed: boolean
}

/** A product of the provider or of somebody on its marketplace. */
export interface Service {
  id: string
  name: string
  code: string
  category: string
  subcategory: string
  family: string
  resource: string
  arn?: string | undefined
}

/** What is sold, at which list price. */
export interface Item {
  id: string
  service: Service
  issuer: Issuer
  seller?: string | undefined
  usageType: string
  operation: string
  unit: string
  price: bigint
  whole: boolean
  seconds: boolean
  discounted: boolean
  description: string
  family: string
  resource: string
  arn?: string | undefined
  instanceType?: string | undefined
  sku: string
}

/** An account that is billed. */
export interface Account {
  id: string
  name: string
  /** Known to the organisation. */
  inventory: boolean
}

/** What a charge is for. */
export interface Resource {
  id: string
  name: string
  type: string
  /** Absent: nobody tagged it. */
  tags?: Readonly<Record<string, string>>
  instanceId?: string
}

/** Instances paid by the month, whether they are used or not. */
export interface Reservation {
  arn: string
  name: string
  item: Item
  account: Account
  instances: readonly Resource[]
  from: IsoDate
  to: IsoDate
  hourly: bigint
  unused?: { from: string; to: string; count: number }
}

/** One year of the contract with its minimum and its discount. */
export interface ContractYear {
  number: number
  start: IsoDate
  end: IsoDate
  minimum: bigint
  percent: number
}

/** What kind of charge a line is. */
export type LineKind =
  | 'usage'
  | 'reserved-usage'
  | 'reserved-unused'
  | 'reserved-fee'
  | 'support'
  | 'marketplace'
  | 'refund'
  | 'credit'
  | 'tax'

/** One line of the bill, before it has the shape of a format. Amounts are in units of 1e-10. */
export interface Line {
  kind: LineKind
  id: string
  item: Item
  issuer: Issuer
  account: Account
  resource?: Resource | undefined
  region?: string | undefined
  start: IsoDate
  /** Exclusive. */
  end: IsoDate
  quantity?: bigint | undefined
  /** What was metered, when it is not the priced quantity: seconds. */
  seconds?: number | undefined
  price?: bigint | undefined
  /** Percent taken off, and the percent that the contract gives. */
  percent: number
  expected: number
  list: bigint
  net: bigint
  billed: bigint
  effective: bigint
  frequency: 'Usage-Based' | 'Recurring' | 'One-Time'
  /** Corrects what an earlier invoice had. */
  correction: boolean
  description: string
  reservation?: Reservation | undefined
  /** A planted fault changed it; no second one may. */
  faulty?: boolean
}

/** What is needed to price a quantity. */
export interface Charge {
  item: Item
  account: Account
  resource?: Resource | undefined
  region?: string | undefined
  start: IsoDate
  end: IsoDate
  quantity: bigint
  seconds?: number | undefined
  percent: number
}

/** A line of plain usage: list price times quantity, less the contract's discount. */
export function usageLine(charge: Charge): Line {
  const { item, percent } = charge
  const given = item.discounted ? percent : 0
  const list = costOf(item.price, charge.quantity)
  const net = costOf(netPrice(item.price, given), charge.quantity)
  // Written out: a copy of the charge with more beside it costs several times as much, and there are many lines.
  return {
    kind: 'usage',
    id: '',
    item,
    issuer: item.issuer,
    account: charge.account,
    resource: charge.resource,
    region: charge.region,
    start: charge.start,
    end: charge.end,
    quantity: charge.quantity,
    seconds: charge.seconds,
    price: item.price,
    percent: given,
    expected: given,
    list,
    net,
    billed: net,
    effective: net,
    frequency: 'Usage-Based',
    correction: false,
    description: item.description,
  }
}

/** List price less a discount. */
export function netPrice(price: bigint, percent: number): bigint {
  return price - percentOf(price, percent)
}

/** Prices a line of usage anew after its price, quantity or discount changed. */
export function repriced(line: Line): Line {
  const { price, quantity } = line
  if (price === undefined || quantity === undefined) throw new RangeError('nothing to price')
  const net = costOf(netPrice(price, line.percent), quantity)
  return { ...line, list: costOf(price, quantity), net, billed: net, effective: net }
}
