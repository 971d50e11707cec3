import type { EvidenceFact } from '../../evidence/index.ts'
import { wholeTimes } from '../whole-months.ts'

/** SAC-4: for each activity that is known by name, the times of which the ledger holds everything. */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const months = facts.filter((fact) => fact.dataset === 'activity-lists')
  return wholeTimes(
    months,
    facts.filter((fact) => fact.dataset === 'activities'),
    'activity',
  )
}
