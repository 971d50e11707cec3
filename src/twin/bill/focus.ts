import type { Month } from '../calendar.ts'
import { type Book, regionName, regionPrefix } from './book.ts'
import { type Line, netPrice, type Resource } from './line.ts'
import { quantityText, textOf } from './units.ts'

/** The 57 columns of FOCUS 1.2 and the provider's own four, in the order in which the export has them. */
export const FOCUS_COLUMNS = [
  ...['AvailabilityZone', 'BilledCost', 'BillingAccountId', 'BillingAccountName', 'BillingAccountType'],
  ...['BillingCurrency', 'BillingPeriodEnd', 'BillingPeriodStart', 'CapacityReservationId'],
  ...['CapacityReservationStatus', 'ChargeCategory', 'ChargeClass', 'ChargeDescription', 'ChargeFrequency'],
  ...['ChargePeriodEnd', 'ChargePeriodStart', 'CommitmentDiscountCategory', 'CommitmentDiscountId'],
  ...['CommitmentDiscountName', 'CommitmentDiscountQuantity', 'CommitmentDiscountStatus', 'CommitmentDiscountType'],
  ...['CommitmentDiscountUnit', 'ConsumedQuantity', 'ConsumedUnit', 'ContractedCost', 'ContractedUnitPrice'],
  ...['EffectiveCost', 'InvoiceId', 'InvoiceIssuerName', 'ListCost', 'ListUnitPrice', 'PricingCategory'],
  ...['PricingCurrency', 'PricingCurrencyContractedUnitPrice', 'PricingCurrencyEffectiveCost'],
  ...['PricingCurrencyListUnitPrice', 'PricingQuantity', 'PricingUnit', 'ProviderName', 'PublisherName', 'RegionId'],
  ...['RegionName', 'ResourceId', 'ResourceName', 'ResourceType', 'ServiceCategory', 'ServiceName'],
  ...['ServiceSubcategory', 'SkuId', 'SkuMeter', 'SkuPriceDetails', 'SkuPriceId', 'SubAccountId', 'SubAccountName'],
  ...['SubAccountType', 'Tags', 'x_Discounts', 'x_Operation', 'x_ServiceCode', 'x_UsageType'],
]

const ON_DEMAND_PRICE = 'JRTCKXETXF.6YS6EN2CT7'
const RESERVED_PRICE = '4NA7Y494T4.6YS6EN2CT7'

/** A month as a FOCUS 1.2 file: the heading row and a row for each line, each with its line end. */
export function* focusRows(
  book: Book,
  month: Month,
  lines: readonly Line[],
  invoiceOf: (line: Line) => string,
): Generator<string> {
  const { payer, terms } = book
  const period = `${time(month.next)},${time(month.first)}`
  const opening = `${payer.id},${quoted(payer.name)},Management account,${terms.currency},${period},,`
  const endings = new Map<string, Ending>()
  let before: Line | undefined
  let ending: Ending | undefined
  yield `${FOCUS_COLUMNS.join(',')}\n`
  for (const line of lines) {
    if (ending === undefined || before === undefined || !isAlike(line, before)) {
      const key = keyOf(line)
      ending = endings.get(key) ?? endingOf(book, line)
      endings.set(key, ending)
    }
    before = line
    yield focusRow(line, opening, ending, { currency: terms.currency, invoice: invoiceOf(line) })
  }
}

/** Whether two lines are about the very same thing; most lines follow another that is. */
export function isAlike(a: Line, b: Line): boolean {
  const same = a.kind === b.kind && a.item === b.item && a.account === b.account && a.issuer === b.issuer
  return same && a.region === b.region && a.resource === b.resource
}

/** Names what rows about the same thing share. */
export function keyOf(line: Line): string {
  return `${line.kind} ${line.item.id} ${line.account.id} ${line.region} ${line.resource?.id}`
}

function focusRow(line: Line, opening: string, ending: Ending, of: { currency: string; invoice: string }): string {
  const category = categoryOf(line)
  const [list, contracted] = pricesOf(line)
  const quantity = line.quantity === undefined ? '' : quantityText(line.quantity)
  const net = textOf(line.net)
  const effective = line.effective === line.net ? net : textOf(line.effective)
  const billed = line.billed === line.net ? net : textOf(line.billed)
  const committed = line.kind === 'reserved-usage' || line.kind === 'reserved-unused'
  const pricing = category !== 'Usage' && category !== 'Purchase' ? '' : committed ? 'Committed' : 'Standard'
  const charge = `${category},${line.correction ? 'Correction' : ''},${quoted(line.description)},${line.frequency}`
  const used = `${commitmentOf(line, quantity)},${consumedOf(line, category, quantity)}`
  const costs = `${net},${contracted},${effective},${of.invoice},${quoted(line.issuer.name)},${textOf(line.list)},${list}`
  const prices = `${pricing},${of.currency},${contracted},${effective},${list},${quantity},${quantity === '' ? '' : line.item.unit}`
  const { item } = line
  const end = `${discountText(line)},${item.operation},${item.service.code}`
  return `${zoneOf(line)},${billed},${opening},${charge},${time(line.end)},${time(line.start)},${used},${costs},${prices},${ending.before}${end}${ending.after}\n`
}

/** What all rows about the same thing end with, before and after what is the row's own. */
interface Ending {
  before: string
  after: string
}

function endingOf(book: Book, line: Line): Ending {
  const { item, account, resource, region } = line
  const category = categoryOf(line)
  const isPayer = account.id === book.payer.id
  const shared = [
    ...[book.world.scenario.provider.short, quoted(item.seller ?? line.issuer.name)],
    ...(region === undefined ? ['', ''] : [region, quoted(regionName(book, region))]),
    ...(resource === undefined ? ['', '', ''] : [resource.id, quoted(resource.name), resource.type]),
    ...[item.service.category, quoted(item.service.name), quoted(item.service.subcategory)],
    ...skuOf(line, category === 'Usage' || category === 'Purchase'),
    ...[account.id, quoted(account.name), isPayer ? 'Management account' : 'Member account'],
    tagText(resource),
  ]
  return { before: `${shared.join(',')},`, after: `,${usageTypeOf(book, line)}` }
}

/** FOCUS's category of a line. */
export function categoryOf(line: Line): string {
  switch (line.kind) {
    case 'usage':
    case 'reserved-usage':
    case 'reserved-unused':
      return 'Usage'
    case 'reserved-fee':
    case 'support':
    case 'marketplace':
      return 'Purchase'
    case 'refund':
      return 'Adjustment'
    case 'credit':
      return 'Credit'
    case 'tax':
      return 'Tax'
  }
}

/** The provider's name for what was used, with the region it was used in. */
export function usageTypeOf(book: Book, line: Line): string {
  const { item, region, kind } = line
  if (kind === 'tax' || region === undefined) return item.usageType
  const type = kind === 'reserved-fee' ? item.usageType.replace('BoxUsage', 'HeavyUsage') : item.usageType
  return regionPrefix(book, region) + type
}

/** Availability zone of what has one. */
export function zoneOf({ item, region, resource, kind }: Line): string {
  if (item.instanceType === undefined || region === undefined || resource === undefined) return ''
  if (kind !== 'usage' && kind !== 'reserved-usage') return ''
  return region + ('abc'[resource.name.charCodeAt(resource.name.length - 1) % 3] ?? 'a')
}

function pricesOf(line: Line): [list: string, contracted: string] {
  if (line.price === undefined) return ['', '']
  return [textOf(line.price), textOf(netPrice(line.price, line.percent))]
}

function commitmentOf(line: Line, quantity: string): string {
  const { reservation, kind } = line
  if (reservation === undefined) return ',,,,,,'
  const status = kind === 'reserved-usage' ? 'Used' : kind === 'reserved-unused' ? 'Unused' : ''
  return `Usage,${reservation.arn},${reservation.name},${quantity},${status},Reserved Instance,Hours`
}

function consumedOf(line: Line, category: string, quantity: string): string {
  if (category !== 'Usage' || line.kind === 'reserved-unused' || quantity === '') return ','
  return line.seconds === undefined ? `${quantity},${line.item.unit}` : `${line.seconds},Seconds`
}

function skuOf({ item, kind }: Line, priced: boolean): string[] {
  if (!priced) return ['', '', '', '']
  const details = item.instanceType === undefined ? '' : quoted(JSON.stringify({ InstanceType: item.instanceType }))
  const price = kind === 'reserved-fee' ? RESERVED_PRICE : ON_DEMAND_PRICE
  return [item.sku, quoted(item.usageType), details, `${item.sku}.${price}`]
}

function tagText(resource: Resource | undefined): string {
  if (resource?.tags === undefined) return ''
  const own = resource.instanceId === undefined ? {} : { 'aws:connect:instanceId': resource.instanceId }
  return quoted(JSON.stringify({ ...resource.tags, ...own }))
}

function discountText(line: Line): string {
  if (line.list === line.net || line.kind === 'tax') return ''
  return quoted(`{"edp_discount":${textOf(line.net - line.list)}}`)
}

/** Midnight UTC of a day. */
export function time(day: string): string {
  return `${day}T00:00:00Z`
}

/** A field of a comma-separated file. */
export function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
