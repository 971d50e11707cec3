import type { z } from 'zod'
import { currency, day, oneOf, optional, positiveDecimal, required, rowOf, text } from '../fields.ts'

/** The portal's own name for the year of a wallet. */
export const WALLET_YEAR = 'fiscalYear'

/** What may become of a claim, in the portal's words and in this order. */
export const CLAIM_STATES = ['Draft', 'Submitted', 'Approved', 'Paid', 'Rejected', 'Expired', 'Cancelled'] as const

/** States in which the money is claimed: asked for, and granted. */
export const CLAIMED: readonly string[] = ['Approved', 'Paid']

/** One programme's wallet of one year, as of the export. */
export const wallet = rowOf({
  programme: required(text),
  [WALLET_YEAR]: required(text),
  approved: optional(positiveDecimal),
  used: required(positiveDecimal),
  currency: required(currency),
  expiresOn: optional(day),
})

/** One claim, as of the export. */
export const claim = rowOf({
  claimId: required(text),
  programme: required(text),
  activity: optional(text),
  activityDate: optional(day),
  submittedOn: optional(day),
  claimDeadline: optional(day),
  status: required(oneOf(...CLAIM_STATES)),
  amount: required(positiveDecimal),
  currency: required(currency),
})

/** A wallet as it was read. */
export type Wallet = z.infer<typeof wallet>
/** A claim as it was read. */
export type Claim = z.infer<typeof claim>
