import { z } from 'zod'
import { isIsoDate } from '../language/index.ts'

const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/, 'a plain decimal number in quotes, such as "99.99"')
const isoDate = z.string().refine(isIsoDate, 'a date such as 2025-01-31')
const text = z.string().min(1)
const positiveText = decimalText.refine((each) => /[1-9]/.test(each) && !each.startsWith('-'), 'more than zero')

const band = z.strictObject({
  below: decimalText.optional().describe('the band holds below this value'),
  atLeast: decimalText.optional().describe('and from this value upward'),
  credit: decimalText.describe('credit in per cent of the base'),
})

/**
 * Everything an agreement's text may leave open and its parties may settle, in the text or in a supplement.
 * Each topic's value is what judges and checks compute with; all fields are optional in the text, where words may say less.
 */
export const TOPICS = {
  currency: z.strictObject({ currency: z.string().regex(/^[A-Z]{3}$/) }),
  'exchange-rate': z.strictObject({ source: text, date: text.optional() }),
  'time-zone': z.strictObject({ zone: text }),
  calendar: z.strictObject({ year: z.enum(['contract', 'calendar']).optional(), holidays: text.optional() }),
  tax: z.strictObject({ included: z.boolean() }),
  'eligible-spend': z.strictObject({
    counts: z.array(text),
    excludes: z.array(text).default([]),
    discounted: z.array(text).optional(),
    measure: z.enum(['before-discount', 'after-discount']).default('before-discount'),
    marketplaceCap: decimalText.optional(),
  }),
  'discount-base': z.strictObject({ base: z.enum(['whole-volume', 'marginal']) }),
  shortfall: z.strictObject({
    rule: z.enum(['difference', 'reprice', 'percentage', 'none']),
    percentage: decimalText.optional(),
    carryOver: z.boolean().optional(),
    dueDays: z.int().nonnegative().optional(),
  }),
  'carry-over': z.strictObject({ surplus: z.boolean() }),
  rate: z.strictObject({
    rates: z.array(z.strictObject({ unit: text, amount: decimalText, currency: text.optional() })),
  }),
  'price-included': z.strictObject({ in: text }),
  'scope-note': z.strictObject({ note: text }),
  'estimate-basis': z.strictObject({ binding: z.boolean(), basis: text.optional() }),
  'credit-ladder': z.strictObject({ bands: z.array(band).min(1), base: text.optional(), window: text.optional() }),
  'review-trigger': z.strictObject({ when: text, consecutive: z.int().optional() }),
  measurement: z.strictObject({
    formula: text.optional(),
    window: text.optional(),
    exclusions: text.optional(),
    source: text.optional(),
    intervalSeconds: z.number().positive().optional(),
    maintenanceHours: z.number().nonnegative().optional(),
  }),
  accountable: z.strictObject({ side: z.enum(['partner', 'provider']) }),
  'start-event': z.strictObject({ event: text, date: isoDate.optional() }),
  'target-date': z.strictObject({ date: isoDate }),
  frequency: z.strictObject({ times: positiveText, per: z.enum(['year', 'month', 'week', 'day']) }),
  'fund-period': z.strictObject({ per: z.enum(['year', 'quarter', 'month', 'term', 'once']) }),
  'claim-rules': z.strictObject({ deadline: text.optional(), matching: text.optional(), proof: text.optional() }),
  'initiative-date': z.strictObject({ date: isoDate, owner: text.optional() }),
  renewal: z.strictObject({ renews: z.enum(['automatically', 'by-agreement', 'expires']), notice: text.optional() }),
  notice: z.strictObject({ notice: text }),
  'residency-scope': z.strictObject({ covers: text }),
  consent: z.strictObject({ by: text }),
  'exit-cost': z.strictObject({ paidBy: text }),
  'deletion-proof': z.strictObject({ proof: text }),
  escalation: z.strictObject({ path: text }),
  'evidence-source': z.strictObject({ source: text, owner: text.optional() }),
  'composite-note': z.strictObject({ note: text }),
  'reconciliation-note': z.strictObject({ note: text }),
  'standard-scope': z.strictObject({
    edition: text.optional(),
    scope: text.optional(),
    validUntil: isoDate.optional(),
  }),
  'holder-rule': z.strictObject({ counts: z.enum(['people', 'certificates']) }),
} as const

/** One of the things an agreement may leave open. */
export type Topic = keyof typeof TOPICS

/** The settled value of a topic. */
export type TopicValue<T extends Topic> = z.infer<(typeof TOPICS)[T]>

/** All topics, for completeness tests and for the schema. */
export const TOPIC_NAMES = Object.keys(TOPICS) as Topic[]
