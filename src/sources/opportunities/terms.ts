import type { z } from 'zod'
import { currency, listOf, oneOf, optional, positiveDecimal, required, rowOf, text, timestamp } from '../fields.ts'

/** Stages of the provider's pipeline, and what they mean for revenue. */
export const STAGES = {
  Prospect: 'open',
  Qualified: 'open',
  'Technical Validation': 'open',
  'Business Validation': 'open',
  Committed: 'open',
  Launched: 'won',
  'Closed Lost': 'lost',
} as const

/** One of STAGES. */
export type Stage = keyof typeof STAGES

/** The API's own name for the part that says how far an opportunity has come. */
export const PROGRESS = 'LifeCycle'

const contact = rowOf({ FirstName: optional(text), LastName: optional(text), Email: optional(text) })

const spend = rowOf({
  Amount: required(positiveDecimal),
  CurrencyCode: required(currency),
  Frequency: required(oneOf('Monthly')),
  TargetCompany: optional(text),
})

/** One opportunity as GetOpportunity gives it; what is not read here is left alone. */
export const opportunity = rowOf({
  Catalog: optional(oneOf('AWS', 'Sandbox')),
  Id: required(text),
  LastModifiedDate: required(timestamp),
  Customer: rowOf({
    Account: rowOf({ CompanyName: optional(text), Industry: optional(text) }).optional(),
    Contacts: listOf(contact).optional(),
  }).nullish(),
  Project: rowOf({ Title: optional(text), ExpectedCustomerSpend: listOf(spend).nullish() }).nullish(),
  [PROGRESS]: rowOf({ Stage: required(oneOf(...(Object.keys(STAGES) as Stage[]))), TargetCloseDate: optional(text) }),
  Marketing: rowOf({ CampaignName: optional(text) }).nullish(),
})

/** An opportunity as it was read. */
export type Opportunity = z.infer<typeof opportunity>
