import type { z } from 'zod'
import { day, oneOf, optional, required, rowOf, text } from '../fields.ts'

/** Columns of the register of accreditations. */
export const COLUMNS = [
  'Standard',
  'Side',
  'Certificate Number',
  'Certification Body',
  'Issued',
  'Expires',
  'Status',
] as const

/** What a certificate's status means: it stands, it stood until its last day, it was taken away, it has not been given yet. */
export const CERTIFICATE_STATES = {
  Valid: 'valid',
  Active: 'valid',
  Current: 'valid',
  Expired: 'expired',
  Lapsed: 'expired',
  Suspended: 'suspended',
  Withdrawn: 'withdrawn',
  Revoked: 'revoked',
  Pending: 'pending',
  'In progress': 'pending',
} as const

/** One of CERTIFICATE_STATES. */
export type CertificateState = keyof typeof CERTIFICATE_STATES

/** One certificate of an organisation. */
export const accreditation = rowOf({
  Standard: required(text),
  Side: required(text),
  'Certificate Number': optional(text),
  'Certification Body': optional(text),
  Issued: optional(day),
  Expires: optional(day),
  Status: required(oneOf(...(Object.keys(CERTIFICATE_STATES) as CertificateState[]))),
})

/** A certificate as it was read. */
export type Accreditation = z.infer<typeof accreditation>
