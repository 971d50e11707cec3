import type { BulkSource } from '../room.ts'
import { groupFiles } from './deliveries.ts'
import { billFacts } from './facts.ts'
import { readBill } from './read.ts'
import { formOf } from './recognise.ts'
import { CROSS_CHECK, DATASET } from './terms.ts'

/** A cloud bill as FOCUS or as AWS's Cost and Usage Report. */
export const costAndUsage: BulkSource = {
  id: 'cost-and-usage',
  version: 1,
  gives: [DATASET, CROSS_CHECK],
  // The provider wrote it, and it is no report on the provider's own obligations.
  grade: 'measured',
  order: 5,
  store: 'bulk',
  timeColumn: 'ChargePeriodStart',
  whole: true,
  recognise: (file) => formOf(file) !== undefined,
  deliveries: groupFiles,
  read: readBill,
  facts: billFacts,
}
