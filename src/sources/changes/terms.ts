import type { z } from 'zod'
import { oneOf, optional, required, rowOf, text, timestamp } from '../fields.ts'

/** A change request of ServiceNow. */
export const changeRow = rowOf({
  sys_id: required(text),
  number: required(text),
  type: optional(text),
  start_date: optional(timestamp),
  end_date: optional(timestamp),
  close_code: optional(
    oneOf('Successful', 'Successful with issues', 'Unsuccessful', 'successful', 'successful_issues', 'unsuccessful'),
  ),
  close_notes: optional(text),
  state: required(
    oneOf(
      ...['New', 'Assess', 'Authorize', 'Scheduled', 'Implement', 'Review', 'Closed', 'Canceled', 'Cancelled'],
      ...['-5', '-4', '-3', '-2', '-1', '0', '3', '4'],
    ),
  ),
  cmdb_ci: optional(text),
  company: optional(text),
  assigned_to: optional(text),
  sys_updated_on: required(timestamp),
  short_description: optional(text),
})

/** What stands in `changeRow`. */
export type ChangeRow = z.infer<typeof changeRow>
