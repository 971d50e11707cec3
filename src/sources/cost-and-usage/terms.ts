/** The dataset of the bill's rows. */
export const DATASET = 'cost-and-usage'

/** What a month's two exports say of each other. */
export const CROSS_CHECK = 'bill-cross-check'

/** How a file tells its charges: by the FOCUS columns or by those of AWS's Cost and Usage Report. */
export type Layout = 'focus' | 'cur'

/** What a value of a column is. Amounts are exact decimals; `json` is text that holds a JSON object. */
export type ColumnKind = 'text' | 'amount' | 'time' | 'json'

/** A column of the canonical rows: its name in FOCUS 1.2 (ours begin with `x_`), and what files call it. */
export interface Column {
  name: string
  kind: ColumnKind
  /** Other names of it in FOCUS files. */
  focus: string[]
  /** Its name in a Cost and Usage Report. */
  cur?: string
  /** A row without it is rejected. */
  needed: boolean
}

const NEEDED = new Set(['BilledCost', 'BillingCurrency', 'BillingPeriodStart', 'BillingAccountId'])

// `Name=cur_name` a line, `Name|OtherFocusName` where a later FOCUS version renamed it.
const TEXTS = `
AvailabilityZone=line_item_availability_zone
BillingAccountId=bill_payer_account_id
BillingAccountName=bill_payer_account_name
BillingAccountType
BillingCurrency=line_item_currency_code
CapacityReservationId
CapacityReservationStatus
ChargeCategory
ChargeClass
ChargeDescription=line_item_line_item_description
ChargeFrequency
CommitmentDiscountCategory
CommitmentDiscountId
CommitmentDiscountName
CommitmentDiscountStatus
CommitmentDiscountType
CommitmentDiscountUnit
ConsumedUnit
InvoiceId=bill_invoice_id
InvoiceIssuerName=bill_invoicing_entity
PricingCategory
PricingCurrency=pricing_currency
PricingUnit=pricing_unit
ProviderName|ServiceProviderName
PublisherName|HostProviderName
RegionId=product_region_code
RegionName
ResourceId=line_item_resource_id
ResourceName
ResourceType
ServiceCategory
ServiceName
ServiceSubcategory
SkuId=product_sku
SkuMeter
SkuPriceId
SubAccountId=line_item_usage_account_id
SubAccountName=line_item_usage_account_name
SubAccountType
x_BillType=bill_bill_type
x_BillingEntity=bill_billing_entity
x_BillingView=bill_billing_view
x_CostBasis
x_LegalEntity=line_item_legal_entity
x_LineItemId=identity_line_item_id
x_LineItemType=line_item_line_item_type
x_Operation=line_item_operation
x_PricingTerm=pricing_term
x_ProductCode=line_item_product_code
x_ProductFamily=product_product_family
x_ServiceCode=product_servicecode
x_TaxType=line_item_tax_type
x_TimeInterval=identity_time_interval
x_UsageType=line_item_usage_type`

const AMOUNTS = `
BilledCost=line_item_net_unblended_cost
CommitmentDiscountQuantity
ConsumedQuantity
ContractedCost
ContractedUnitPrice
EffectiveCost
ListCost=pricing_public_on_demand_cost
ListUnitPrice=pricing_public_on_demand_rate
PricingCurrencyContractedUnitPrice
PricingCurrencyEffectiveCost
PricingCurrencyListUnitPrice
PricingQuantity=line_item_usage_amount
x_BlendedCost=line_item_blended_cost
x_BlendedRate=line_item_blended_rate
x_BundledDiscount=discount_bundled_discount
x_NetUnblendedRate=line_item_net_unblended_rate
x_NormalizationFactor=line_item_normalization_factor
x_NormalizedUsageAmount=line_item_normalized_usage_amount
x_TotalDiscount=discount_total_discount
x_UnblendedCost=line_item_unblended_cost
x_UnblendedRate=line_item_unblended_rate`

const TIMES = `
BillingPeriodEnd=bill_billing_period_end_date
BillingPeriodStart=bill_billing_period_start_date
ChargePeriodEnd=line_item_usage_end_date
ChargePeriodStart=line_item_usage_start_date`

const JSONS = `
ContractApplied
SkuPriceDetails
Tags=resource_tags
x_CostCategories=cost_category
x_Discounts=discount
x_Product=product`

function columnsOf(kind: ColumnKind, lines: string): Column[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [names = '', cur] = line.split('=')
      const [name = '', ...focus] = names.split('|')
      return { name, kind, focus, needed: NEEDED.has(name), ...(cur === undefined ? {} : { cur }) }
    })
}

/** Every column that says something of a charge, in the order of the canonical rows; `_other` comes behind them. */
export const COLUMNS: readonly Column[] = [
  ...columnsOf('text', TEXTS),
  ...columnsOf('amount', AMOUNTS),
  ...columnsOf('time', TIMES),
  ...columnsOf('json', JSONS),
]

/** The columns that facts are made of and months told apart by: every segment has them. Others are left out where they have no value. */
export const LASTING: ReadonlySet<string> = new Set([
  ...NEEDED,
  'ChargeCategory',
  'ChargeClass',
  'ChargePeriodStart',
  'InvoiceIssuerName',
  'PublisherName',
  'RegionId',
  'ServiceName',
  'x_BillType',
  'x_BillingEntity',
  'x_BillingView',
  'x_LegalEntity',
  'x_LineItemType',
  'x_ProductCode',
  'x_ServiceCode',
])

/** Words that FOCUS allows in a column; other casing is read as these. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ChargeCategory: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'],
  ChargeClass: ['Correction'],
  ChargeFrequency: ['One-Time', 'Recurring', 'Usage-Based'],
  CommitmentDiscountCategory: ['Spend', 'Usage'],
  CommitmentDiscountStatus: ['Used', 'Unused'],
  PricingCategory: ['Standard', 'Dynamic', 'Committed', 'Other'],
}

/** The FOCUS category of each line item type of a Cost and Usage Report; any other type is usage. */
export const CATEGORY_OF_TYPE: Readonly<Record<string, string>> = {
  Fee: 'Purchase',
  RIFee: 'Purchase',
  FlatRateSubscription: 'Purchase',
  SavingsPlanUpfrontFee: 'Purchase',
  SavingsPlanRecurringFee: 'Purchase',
  Tax: 'Tax',
  Credit: 'Credit',
  Refund: 'Credit',
  EdpDiscount: 'Adjustment',
  PrivateRateDiscount: 'Adjustment',
  BundledDiscount: 'Adjustment',
  SppDiscount: 'Adjustment',
  RiVolumeDiscount: 'Adjustment',
  Discount: 'Adjustment',
}

/** Digits behind the point that the canonical rows keep. */
export const SCALE = 16

/** A name of a column without casing, blanks and punctuation: `lineItem/UnblendedCost` is `line_item_unblended_cost`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** An SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
