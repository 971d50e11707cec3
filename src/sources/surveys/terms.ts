import type { z } from 'zod'
import { dayAndTime, optional, required, rowOf, text, wholeBetween } from '../fields.ts'

/** Columns without which a table is no export of responses. */
export const COLUMNS = ['ResponseId', 'RecordedDate', 'SurveyId', 'NPS']

/** One response: how likely they recommend (0–10) and how satisfied they are (1–5). */
export const responseRow = rowOf({
  ResponseId: required(text),
  RecordedDate: required(dayAndTime),
  SurveyId: required(text),
  CustomerId: optional(text),
  Deployment: optional(text),
  NPS: optional(wholeBetween(0, 10)),
  CSAT: optional(wholeBetween(1, 5)),
  RespondentName: optional(text),
  Comment: optional(text),
})

/** What stands in `responseRow`. */
export type ResponseRow = z.infer<typeof responseRow>
