import type { z } from 'zod'
import { day, oneOf, optional, required, rowOf, text } from '../fields.ts'

/** Columns of the ledger of activities. */
export const COLUMNS = ['Activity ID', 'Date', 'Activity', 'Title', 'Lead', 'Status', 'Attendees'] as const

/** What became of an activity, in the ledger's words. */
export const ACTIVITY_STATES = ['Planned', 'Postponed', 'Cancelled', 'Held'] as const

/** One activity. */
export const activity = rowOf({
  'Activity ID': required(text),
  Date: required(day),
  Activity: required(text),
  Title: optional(text),
  Lead: optional(text),
  Status: required(oneOf(...ACTIVITY_STATES)),
  Attendees: optional(text),
})

/** An activity as it was read. */
export type Activity = z.infer<typeof activity>
