import type { CheckRoom } from '../room.ts'
import { declarationStale, documentUndated, noMeasure, sourceMissing } from './check.ts'

/** Whether what the agreement promises can be proved at all, and by what. */
export const evidenceReadinessChecks: CheckRoom = {
  id: 'evidence-readiness',
  version: 1,
  needs: ['document-control', 'implementation', 'standard', 'customer-metric', 'certification', 'as-of date'],
  gives: ['findings on what can be evidenced'],
  checks: {
    'evidence-readiness/declaration-stale': declarationStale,
    'evidence-readiness/no-measure': noMeasure,
    'evidence-readiness/source-missing': sourceMissing,
    'evidence-readiness/document-undated': documentUndated,
  },
}
