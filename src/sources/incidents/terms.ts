import type { z } from 'zod'
import { oneOf, optional, required, rowOf, text, timestamp } from '../fields.ts'

/** An incident of ServiceNow. `priority` and `state` are words or their numbers, depending on how the table was asked for. */
export const incidentRow = rowOf({
  sys_id: required(text),
  number: required(text),
  opened_at: required(timestamp),
  work_start: optional(timestamp),
  resolved_at: optional(timestamp),
  closed_at: optional(timestamp),
  sys_updated_on: required(timestamp),
  priority: required(text),
  state: required(
    oneOf('New', 'In Progress', 'On Hold', 'Resolved', 'Closed', 'Canceled', 'Cancelled', '1', '2', '3', '6', '7', '8'),
  ),
  short_description: optional(text),
  description: optional(text),
  cmdb_ci: optional(text),
  company: optional(text),
  caller_id: optional(text),
  assigned_to: optional(text),
  u_outage_start: optional(timestamp),
  u_outage_end: optional(timestamp),
})

/** What stands in `incidentRow`. */
export type IncidentRow = z.infer<typeof incidentRow>

/** An entry of an incident's timeline, of ServiceNow's table `sys_journal_field`. */
export const journalRow = rowOf({
  sys_id: required(text),
  element_id: required(text),
  name: required(text),
  element: required(text),
  value: optional(text),
  sys_created_on: required(timestamp),
  sys_created_by: optional(text),
})

/** What stands in `journalRow`. */
export type JournalRow = z.infer<typeof journalRow>
