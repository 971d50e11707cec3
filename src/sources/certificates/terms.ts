import type { z } from 'zod'
import { day, oneOf, optional, required, rowOf, text } from '../fields.ts'

/** Columns without which a table is no list of certificates. */
export const COLUMNS = ['Certification', 'Validation Number', 'Award Date', 'Expiration Date', 'Status']

/** States in which a certificate counts; in the others it does not, whatever its dates say. */
export const VALID_STATES = ['Active', 'Valid', 'Current'] as const

/** One certificate of a person. */
export const certificateRow = rowOf({
  'First Name': optional(text),
  'Last Name': optional(text),
  Email: optional(text),
  Certification: required(text),
  Level: optional(text),
  'Validation Number': required(text),
  'Award Date': required(day),
  'Expiration Date': optional(day),
  Status: required(oneOf(...VALID_STATES, 'Expired', 'Lapsed', 'Inactive', 'Revoked', 'Suspended')),
})

/** What stands in `certificateRow`. */
export type CertificateRow = z.infer<typeof certificateRow>
