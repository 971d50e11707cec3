import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'

/** A component of the managed service and what the partner does about it. */
export const managedServiceTerms = z.strictObject({
  component: z.string(),
  responsibility: z.string(),
})

/** Terms of one managed-service clause. */
export type ManagedServiceTerms = z.infer<typeof managedServiceTerms>

/** MSV-1: a component with what the partner does about it; a bullet needs the `Component: work` form. */
export function fromRow(row: Row, read: CellReader): ReadClause<ManagedServiceTerms> | undefined {
  const component = row.form === 'row' ? (read.text(row.cells.component) ?? row.label.text) : row.label.text
  const work = row.form === 'row' ? (row.cells.responsibility ?? row.cells.value) : row.cells.value
  const responsibility = read.text(work) ?? (row.form === 'row' && work ? '' : undefined)
  if (component === '' || responsibility === undefined) return undefined
  const terms = { component, responsibility }
  return { key: component, title: component, force: 'obligation', obligor: 'partner', beneficiary: 'both', terms }
}
