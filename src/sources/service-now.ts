import type { InputRow } from './input-row.ts'
import type { JsonRow } from './json-rows.ts'

// Their display values are what people see; of all others, moments above all, the stored value is in UTC.
const SHOWN = new Set(['cmdb_ci', 'company', 'priority', 'state', 'close_code', 'type', 'caller_id', 'assigned_to'])

/**
 * Rows of ServiceNow's Table API with one value in each field. Depending on how the table was asked for, a field is a text, a
 * reference `{link, value}`, or `{value, display_value}`.
 */
export function plainRows(rows: readonly JsonRow[]): InputRow[] {
  return rows.map((row) => {
    const members = Object.entries(row.fields).map(([field, value]) => [field, plainField(field, value)] as const)
    return { ...row, fields: Object.fromEntries(members) }
  })
}

function plainField(field: string, given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const { value, display_value: shown } = given as { value?: unknown; display_value?: unknown }
  return SHOWN.has(field) ? (shown ?? value ?? given) : (value ?? given)
}
