import type { z } from 'zod'
import { day, dayAndTime, listOf, optional, required, rowOf, text, yesOrNo } from '../fields.ts'

/** What the minutes say was to be done. */
const action = rowOf({
  id: required(text),
  what: optional(text),
  owner: optional(text),
  due: optional(day),
  doneOn: optional(day),
})

/** Minutes of one meeting. */
export const minutes = rowOf({
  uid: optional(text),
  meeting: required(text),
  start: required(dayAndTime),
  held: required(yesOrNo),
  attendees: listOf(required(text)).nullish(),
  summary: optional(text),
  decisions: listOf(required(text)).nullish(),
  actions: listOf(action).nullish(),
})

/** Minutes as they were read. */
export type Minutes = z.infer<typeof minutes>
/** An action as it was read. */
export type Action = z.infer<typeof action>

/** What STATUS of an event may say (RFC 5545, 3.8.1.11); without one it takes place. */
export const EVENT_STATES = { CONFIRMED: undefined, TENTATIVE: 'planned', CANCELLED: 'cancelled' } as const
