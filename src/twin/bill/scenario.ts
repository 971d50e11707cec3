import { z } from 'zod'
import { isIsoDate } from '../../language/index.ts'

const text = z.string().min(1)
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'a month such as 2025-01' })
const day = z.string().refine(isIsoDate, { error: 'a date such as 2025-01-31' })
const money = z.string().regex(/^\d+(\.\d{1,4})?$/, { error: 'an amount in quotes, such as "1500.25"' })
const accountId = z.string().regex(/^\d{12}$/, { error: 'twelve digits' })
const percent = z.int().min(0).max(100)
const every = z.enum(['day', 'month'])
const path = z.record(month, z.number().min(0))

const service = z.strictObject({
  name: text,
  code: text,
  category: text,
  subcategory: text,
  family: text,
  /** What its resources are called. */
  resource: text,
  /** With `{region}`, `{account}`, and `{name}` or `{hex}`; absent where charges concern no resource. */
  arn: text.optional(),
})

const item = z
  .strictObject({
    service: text,
    issuer: text.default('provider'),
    /** Third party that sells it, where one does. */
    seller: text.optional(),
    usageType: text,
    operation: text,
    unit: text,
    price: z.string().regex(/^\d+(\.\d{1,6})?$/, { error: 'a price in quotes with at most six decimals' }),
    /** Sold in whole units alone. */
    whole: z.boolean().default(false),
    /** Consumed in seconds, priced in minutes. */
    seconds: z.boolean().default(false),
    discounted: z.boolean().default(true),
    description: text,
    family: text.optional(),
    resource: text.optional(),
    arn: text.optional(),
    instanceType: text.optional(),
  })
  .refine((terms) => terms.whole || (terms.price.split('.')[1] ?? '').length <= 4, {
    error: 'more than four decimals only where quantities are whole',
    path: ['price'],
  })

const perDeployment = z.strictObject({
  item: text,
  of: z.enum([
    ...(['voice-seconds', 'chat-messages', 'telephony-in-seconds', 'telephony-out-seconds'] as const),
    ...(['contacts', 'days', 'seats'] as const),
  ]),
  factor: z.number().positive().default(1),
  every,
  only: z.enum(['quality', 'workforce']).optional(),
})

const shared = z.strictObject({
  item: text,
  account: text,
  /** Where instances are, unless it is the region for recovery. */
  region: z.enum(['instances', 'recovery']).default('instances'),
  names: z.array(text).min(1),
  every,
  /** Deviation of a day or month around the path. */
  sway: z.number().min(0).max(0.3).default(0),
  /** Neither grows with the scale of the run nor sways: so many hours of a month of thirty days. */
  exact: z.boolean().default(false),
  untagged: z.boolean().default(false),
  path,
})

const reservation = z.strictObject({
  id: text,
  item: text,
  account: text,
  count: z.int().min(1),
  from: month,
  months: z.int().min(1),
  hourly: money,
  unused: z.strictObject({ from: month, to: month, count: z.int().min(1) }).optional(),
})

const schema = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/),
    exportBucket: text,
    contract: z.strictObject({
      start: day,
      years: z.array(z.strictObject({ minimum: money, discountPercent: percent })).min(1),
    }),
    deliveredAfterDays: z.int().min(1),
    refreshedAfterDays: z.int().min(1),
    separateDiscountRowsFrom: month,
    taxPercent: percent,
    taxName: text,
    issuers: z.array(z.strictObject({ id: text, name: text, prefix: text, taxed: z.boolean() })).min(1),
    /** Tags that everything has. */
    tags: z.strictObject({ application: text, environment: text }),
    regions: z.record(z.string(), z.strictObject({ name: text, prefix: text })),
    accounts: z.array(z.strictObject({ id: text, accountId, name: text })).min(1),
    unknownAccount: z.strictObject({ accountId, name: text }),
    marketplaceCapPercent: percent,
    support: z.strictObject({
      item: text,
      least: money,
      bands: z.array(z.strictObject({ upTo: money.optional(), percent })).min(1),
    }),
    services: z.record(z.string(), service),
    items: z.record(z.string(), item),
    perDeployment: z.array(perDeployment),
    shared: z.array(shared),
    reservations: z.array(reservation),
    marketplace: z.array(
      z.strictObject({
        item: text,
        account: text,
        frequency: z.enum(['Recurring', 'One-Time']),
        path: z.record(month, money),
      }),
    ),
    credits: z.array(
      z.strictObject({
        description: text,
        account: text,
        service: text,
        from: month,
        to: month,
        every: z.int().min(1),
        amount: money,
      }),
    ),
    correctionsPerYear: z.number().min(0),
    refundsPerYear: z.number().min(0),
    faultShape: z.strictObject({
      priceChangePercent: percent,
      lateRows: z.int().min(1),
      refreshedRows: z.int().min(1),
    }),
  })
  .superRefine((terms, context) => checkNames(terms as NamesUsed, context))

interface NamesUsed {
  issuers: { id: string }[]
  accounts: { id: string }[]
  services: Record<string, unknown>
  items: Record<string, { service: string; issuer: string }>
  support: { item: string }
  [lists: string]: unknown
}

/** Every name that one entry uses of another exists. */
function checkNames(terms: NamesUsed, context: z.core.$RefinementCtx): void {
  const fault = (where: (string | number)[], name: string, known: readonly string[]): void => {
    if (!known.includes(name)) context.addIssue({ code: 'custom', path: where, message: `one of: ${known.join(', ')}` })
  }
  const [services, items] = [Object.keys(terms.services), Object.keys(terms.items)]
  const issuers = terms.issuers.map((each) => each.id)
  const accounts = terms.accounts.map((each) => each.id)
  for (const [id, each] of Object.entries(terms.items)) {
    fault(['items', id, 'service'], each.service, services)
    fault(['items', id, 'issuer'], each.issuer, issuers)
  }
  fault(['support', 'item'], terms.support.item, items)
  for (const list of ['perDeployment', 'shared', 'reservations', 'marketplace', 'credits']) {
    const entries = terms[list] as { item?: string; account?: string; service?: string }[]
    entries.forEach((each, at) => {
      if (each.item !== undefined) fault([list, at, 'item'], each.item, items)
      if (each.account !== undefined) fault([list, at, 'account'], each.account, accounts)
      if (each.service !== undefined) fault([list, at, 'service'], each.service, services)
    })
  }
}

/** The section `bill` of a scenario. */
export const billSchema = schema

/** What a scenario says of the bill. */
export type BillTerms = z.infer<typeof schema>
