import type { Month } from '../calendar.ts'
import { type Book, regionName } from './book.ts'
import { isAlike, keyOf, quoted, usageTypeOf, zoneOf } from './focus.ts'
import { type Line, netPrice } from './line.ts'
import { quantityText, textOf } from './units.ts'

type ColumnType = 'VARCHAR' | 'DOUBLE' | 'TIMESTAMP_MS' | 'MAP(VARCHAR, VARCHAR)' | 'MAP(VARCHAR, DOUBLE)'

/** Where a column's value stands: on the row, with all that rows about the same thing share, or with the month. */
type Place = 'row' | 'subject' | 'month' | 'nowhere'

const TEXTS = 'MAP(VARCHAR, VARCHAR)'

/** The columns of AWS CUR 2.0 that this export has, in its order. */
export const CUR_COLUMNS: readonly (readonly [name: string, type: ColumnType, place: Place])[] = [
  ['bill_bill_type', 'VARCHAR', 'subject'],
  ['bill_billing_entity', 'VARCHAR', 'subject'],
  ['bill_billing_period_end_date', 'TIMESTAMP_MS', 'month'],
  ['bill_billing_period_start_date', 'TIMESTAMP_MS', 'month'],
  ['bill_invoice_id', 'VARCHAR', 'row'],
  ['bill_invoicing_entity', 'VARCHAR', 'subject'],
  ['bill_payer_account_id', 'VARCHAR', 'month'],
  ['bill_payer_account_name', 'VARCHAR', 'month'],
  ['cost_category', TEXTS, 'subject'],
  ['discount', 'MAP(VARCHAR, DOUBLE)', 'row'],
  ['discount_bundled_discount', 'DOUBLE', 'nowhere'],
  ['discount_total_discount', 'DOUBLE', 'row'],
  ['identity_line_item_id', 'VARCHAR', 'row'],
  ['identity_time_interval', 'VARCHAR', 'row'],
  ['line_item_availability_zone', 'VARCHAR', 'subject'],
  ['line_item_blended_cost', 'DOUBLE', 'row'],
  ['line_item_blended_rate', 'VARCHAR', 'row'],
  ['line_item_currency_code', 'VARCHAR', 'month'],
  ['line_item_legal_entity', 'VARCHAR', 'subject'],
  ['line_item_line_item_description', 'VARCHAR', 'subject'],
  ['line_item_line_item_type', 'VARCHAR', 'row'],
  ['line_item_net_unblended_cost', 'DOUBLE', 'row'],
  ['line_item_net_unblended_rate', 'VARCHAR', 'row'],
  ['line_item_normalization_factor', 'DOUBLE', 'nowhere'],
  ['line_item_normalized_usage_amount', 'DOUBLE', 'nowhere'],
  ['line_item_operation', 'VARCHAR', 'subject'],
  ['line_item_product_code', 'VARCHAR', 'subject'],
  ['line_item_resource_id', 'VARCHAR', 'subject'],
  ['line_item_tax_type', 'VARCHAR', 'subject'],
  ['line_item_unblended_cost', 'DOUBLE', 'row'],
  ['line_item_unblended_rate', 'VARCHAR', 'row'],
  ['line_item_usage_account_id', 'VARCHAR', 'subject'],
  ['line_item_usage_account_name', 'VARCHAR', 'subject'],
  ['line_item_usage_amount', 'DOUBLE', 'row'],
  ['line_item_usage_end_date', 'TIMESTAMP_MS', 'row'],
  ['line_item_usage_start_date', 'TIMESTAMP_MS', 'row'],
  ['line_item_usage_type', 'VARCHAR', 'subject'],
  ['pricing_currency', 'VARCHAR', 'month'],
  ['pricing_public_on_demand_cost', 'DOUBLE', 'row'],
  ['pricing_public_on_demand_rate', 'VARCHAR', 'row'],
  ['pricing_term', 'VARCHAR', 'subject'],
  ['pricing_unit', 'VARCHAR', 'subject'],
  ['product', TEXTS, 'subject'],
  ['product_region_code', 'VARCHAR', 'subject'],
  ['product_servicecode', 'VARCHAR', 'subject'],
  ['product_product_family', 'VARCHAR', 'subject'],
  ['reservation_effective_cost', 'DOUBLE', 'row'],
  ['reservation_net_effective_cost', 'DOUBLE', 'row'],
  ['reservation_reservation_a_r_n', 'VARCHAR', 'subject'],
  ['resource_tags', TEXTS, 'subject'],
]

const DISCOUNT_TYPE = 'EdpDiscount'

/** What each row of the file between has, in its order; the rest follows from it. */
const ROW_COLUMNS = [
  ...['subject', 'id', 'invoice', 'type', 'first_day', 'day_after', 'amount', 'unblended', 'rate', 'net', 'net_rate'],
  ...['taken', 'public', 'effective'],
]
const NUMBERS = new Set(['amount', 'unblended', 'net', 'taken', 'public', 'effective'])

/** How a column of a row comes from the file between. */
const FROM_ROW: Record<string, string> = {
  bill_invoice_id: 'invoice',
  discount: "CASE WHEN taken IS NULL THEN NULL ELSE MAP {'edp_discount': taken} END",
  discount_total_discount: 'taken',
  identity_line_item_id: 'id',
  identity_time_interval: "first_day || 'T00:00:00Z/' || day_after || 'T00:00:00Z'",
  line_item_blended_cost: 'unblended',
  line_item_blended_rate: 'rate',
  line_item_line_item_type: 'type',
  line_item_net_unblended_cost: 'net',
  line_item_net_unblended_rate: 'net_rate',
  line_item_unblended_cost: 'unblended',
  line_item_unblended_rate: 'rate',
  line_item_usage_amount: 'amount',
  line_item_usage_end_date: 'CAST(day_after AS TIMESTAMP_MS)',
  line_item_usage_start_date: 'CAST(first_day AS TIMESTAMP_MS)',
  pricing_public_on_demand_cost: 'public',
  pricing_public_on_demand_rate: 'CASE WHEN public IS NULL THEN NULL ELSE rate END',
  reservation_effective_cost: 'effective',
  reservation_net_effective_cost: 'effective',
}

const CSV = `header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = ''`

/** The files between: rows, and what rows about the same thing share. */
export interface CurFiles {
  rows: string
  subjects: string
  parquet: string
}

/** The statements that make a month's Parquet file, rows in the order given. */
export function parquetStatements(book: Book, month: Month, files: CurFiles): string[] {
  const fields = CUR_COLUMNS.filter(([, , place]) => place === 'subject')
  const given = fields.map(([name]) => `'${name}': 'VARCHAR'`)
  const packed = fields.map(([name, type]) => `${name} := ${type === 'VARCHAR' ? name : `CAST(${name} AS ${type})`}`)
  const numbered = `SELECT n, struct_pack(${packed.join(', ')}) AS one FROM read_csv(${text(files.subjects)}, ${CSV}, columns = {'n': 'INTEGER', ${given.join(', ')}})`
  const rows = ROW_COLUMNS.map((name) => {
    const type = name === 'subject' ? 'INTEGER' : NUMBERS.has(name) ? 'DOUBLE' : 'VARCHAR'
    return `'${name}': '${type}'`
  })
  const columns = CUR_COLUMNS.map(([name, type, place]) => `${columnOf(book, month, name, type, place)} AS ${name}`)
  const read = `SELECT r.*, d.all_of_them[r.subject] AS s FROM read_csv(${text(files.rows)}, ${CSV}, columns = {${rows.join(', ')}}) r, subjects d`
  return [
    `CREATE OR REPLACE TEMP TABLE subjects AS SELECT list(one ORDER BY n) AS all_of_them FROM (${numbered})`,
    `COPY (SELECT ${columns.join(', ')} FROM (${read})) TO ${text(files.parquet)} (FORMAT parquet, COMPRESSION snappy)`,
  ]
}

function columnOf(book: Book, month: Month, name: string, type: ColumnType, place: Place): string {
  switch (place) {
    case 'row':
      return FROM_ROW[name] ?? 'NULL'
    case 'nowhere':
      return `CAST(NULL AS ${type})`
    case 'month':
      return `CAST(${text(ofMonth(book, month)[name] ?? '')} AS ${type})`
    case 'subject':
      return name === 'line_item_line_item_description'
        ? `CASE WHEN type = '${DISCOUNT_TYPE}' THEN 'Enterprise discount: ' || s.${name} ELSE s.${name} END`
        : `s.${name}`
  }
}

function ofMonth({ payer, terms }: Book, month: Month): Record<string, string> {
  return {
    bill_billing_period_end_date: month.next,
    bill_billing_period_start_date: month.first,
    bill_payer_account_id: payer.id,
    bill_payer_account_name: payer.name,
    line_item_currency_code: terms.currency,
    pricing_currency: terms.currency,
  }
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** How a month's export lists discounts: as a map on each row, or as rows of their own. */
export type DiscountShape = 'map' | 'rows'

/** The files between of one month, as text, and how many rows the month has. */
export interface CurTexts {
  rows: string[]
  subjects: string[]
}

/** The rows of a month; `nextId` names rows that only this format has. */
export function curTexts(
  book: Book,
  lines: readonly Line[],
  options: { shape: DiscountShape; nextId: () => string; invoiceOf: (line: Line) => string },
): CurTexts {
  const { shape, nextId, invoiceOf } = options
  const numbers = new Map<string, number>()
  const made: CurTexts = { rows: [], subjects: [] }
  let before: Line | undefined
  let number = 0
  for (const line of lines) {
    if (line.kind === 'reserved-unused') continue
    if (before === undefined || !isAlike(line, before) || line.description !== before.description) {
      const key = `${keyOf(line)} ${line.description}`
      number = numbers.get(key) ?? numbers.size + 1
      if (!numbers.has(key)) made.subjects.push(`${number},${subjectOf(book, line)}`)
      numbers.set(key, number)
    }
    before = line
    const invoice = invoiceOf(line)
    made.rows.push(curRow(line, shape, `${number},${line.id},${invoice}`))
    if (shape === 'map' || line.list === line.net || !isDiscounted(line)) continue
    const taken = textOf(line.net - line.list)
    made.rows.push(`${number},${nextId()},${invoice},${DISCOUNT_TYPE},${line.start},${line.end},,${taken},,,,,,`)
  }
  return made
}

/** Whether its list price was reduced by the contract's discount on this very line. */
function isDiscounted({ kind }: Line): boolean {
  return kind === 'usage' || kind === 'reserved-fee'
}

const TYPES: Record<Line['kind'], string> = {
  usage: 'Usage',
  'reserved-usage': 'DiscountedUsage',
  'reserved-unused': '',
  'reserved-fee': 'RIFee',
  support: 'Fee',
  marketplace: 'Fee',
  refund: 'Refund',
  credit: 'Credit',
  tax: 'Tax',
}

function curRow(line: Line, shape: DiscountShape, start: string): string {
  const own = isDiscounted(line)
  const reserved = line.kind === 'reserved-usage'
  const amount = line.quantity === undefined ? '' : quantityText(line.quantity)
  const rate = line.price === undefined ? '' : textOf(line.price)
  const list = textOf(line.list)
  const billed = own && shape !== 'map' ? '' : textOf(line.billed)
  const unblended = own ? list : billed
  const net = shape === 'map' ? billed : ''
  const netRate = shape !== 'map' || line.price === undefined ? '' : textOf(netPrice(line.price, line.percent))
  const taken = own && shape === 'map' && line.list !== line.net ? textOf(line.net - line.list) : ''
  const open = line.kind === 'usage' || reserved ? list : ''
  const effective = reserved ? textOf(line.effective) : ''
  return `${start},${TYPES[line.kind]},${line.start},${line.end},${amount},${unblended},${rate},${net},${netRate},${taken},${open},${effective}`
}

/** What all rows about the same thing share, in the order of the columns. */
function subjectOf(book: Book, line: Line): string {
  const { item, issuer, account, resource, region, kind, reservation } = line
  const { partner, provider } = book.world.scenario
  const entity = item.seller === undefined ? provider.short : issuer.name
  const shared = [...book.accounts.values(), book.payer].some((each) => each.id === account.id)
  return [
    kind === 'refund' ? 'Refund' : kind === 'marketplace' ? 'Purchase' : 'Anniversary',
    entity,
    issuer.name,
    mapText({ business: shared ? 'Platform' : 'Customers', partner: partner.short }),
    zoneOf(line),
    item.seller ?? issuer.name,
    line.description,
    item.operation,
    item.service.code,
    resource?.id ?? '',
    kind === 'tax' ? book.terms.taxName : '',
    account.id,
    account.name,
    usageTypeOf(book, line),
    reservation !== undefined ? 'Reserved' : kind === 'usage' ? 'OnDemand' : '',
    line.price === undefined ? '' : item.unit,
    productText(book, line),
    region ?? '',
    item.service.code,
    item.family,
    reservation?.arn ?? '',
    tagText(line),
  ]
    .map(quoted)
    .join(',')
}

function productText(book: Book, { item, region }: Line): string {
  return mapText({
    product_name: item.service.name,
    sku: item.sku,
    ...(region === undefined ? {} : { region, location: regionName(book, region) }),
    ...(item.instanceType === undefined ? {} : { instance_type: item.instanceType }),
  })
}

function tagText({ resource }: Line): string {
  if (resource?.tags === undefined) return ''
  const user = Object.entries(resource.tags).map(([key, value]) => [`user_${key.replaceAll('-', '_')}`, value])
  const own = resource.instanceId === undefined ? {} : { aws_connect_instance_id: resource.instanceId }
  return mapText({ ...Object.fromEntries(user), ...own })
}

/** A map as the database reads it from text. */
function mapText(map: Readonly<Record<string, string>>): string {
  const entries = Object.entries(map).map(([key, value]) => `${key}='${value.replaceAll(/[\\']/g, '\\$&')}'`)
  return `{${entries.join(', ')}}`
}
