import { z } from 'zod'
import { DURATION_UNITS, isIsoDate } from '../language/index.ts'

/** A plain decimal number as text, so that no digit is lost. */
export const decimalSchema = z.string().regex(/^-?\d+(\.\d+)?$/)

/** Money as stated: exact digits, an ISO currency or XXX, and the sign as written. */
export const amountSchema = z.strictObject({
  amount: decimalSchema,
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .describe('ISO 4217; XXX when the text does not say'),
  sign: z.string().optional(),
  per: z.enum(['year', 'quarter', 'month']).optional(),
})

/** "99.99" for 99.99 %. */
export const percentSchema = decimalSchema.describe('per cent, such as "99.99"')

/** A calendar date. */
export const isoDateSchema = z.string().refine(isIsoDate, 'not a calendar date')

/** A date as stated, to the day, month or year; `date` is the first day it may mean. */
export const statedDateSchema = z.strictObject({ date: isoDateSchema, precision: z.enum(['day', 'month', 'year']) })

/** A length of time. */
export const durationSchema = z.strictObject({ amount: decimalSchema, unit: z.enum(DURATION_UNITS) })

/** A target with its comparison and unit. */
export const measureSchema = z.strictObject({
  comparison: z.enum(['at-least', 'more-than', 'at-most', 'less-than', 'equal']),
  value: decimalSchema,
  unit: z.string(),
})

const timesPer = { times: decimalSchema, per: z.enum(['year', 'month', 'week', 'day']) }

/** How often; `meanings` when the word has two. */
export const frequencySchema = z.strictObject({ ...timesPer, meanings: z.array(z.strictObject(timesPer)).optional() })

/** A side of the agreement. */
export const sideSchema = z.enum(['partner', 'provider', 'both', 'none'])

/** A number with its unit; money carries its currency. */
export const quantitySchema = z.strictObject({
  value: decimalSchema,
  unit: z.string().describe('money, percent, count, or the word as written'),
  currency: z.string().optional(),
  sign: z.string().optional(),
})

/** What a cell of a responsibility matrix says. */
export const markSchema = z.enum(['yes', 'no', 'shared', 'accountable', 'consulted', 'informed'])
