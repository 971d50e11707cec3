import type { CheckRoom } from '../room.ts'
import { creditLadderMissing, reviewTriggerMissing, undefinedMeasure } from './check.ts'
import { creditWhenMet, ladderGap, ladderOrder, ladderOverlap } from './check-ladder.ts'
import { coarseMeasure, maintenanceSwallows } from './check-measure.ts'
import { priorityOrder } from './check-priority.ts'
import { compositeAboveParts, exceedsUpstream, impossibleTarget, twoTargets } from './check-targets.ts'

/** What contradicts, is missing or does not add up: service levels and their credits. */
export const serviceLevelChecks: CheckRoom = {
  id: 'service-level',
  version: 1,
  needs: ['service levels', 'credit bands', 'covered services', 'definitions', "the provider's own service levels"],
  gives: [],
  checks: {
    'service-level/undefined-measure': undefinedMeasure,
    'service-level/credit-ladder-missing': creditLadderMissing,
    'service-level/review-trigger-missing': reviewTriggerMissing,
    'service-level/composite-above-parts': compositeAboveParts,
    'service-level/exceeds-upstream': exceedsUpstream,
    'service-level/two-targets': twoTargets,
    'service-level/ladder-gap': ladderGap,
    'service-level/ladder-overlap': ladderOverlap,
    'service-level/ladder-order': ladderOrder,
    'service-level/credit-when-met': creditWhenMet,
    'service-level/coarse-measure': coarseMeasure,
    'service-level/priority-order': priorityOrder,
    'service-level/maintenance-swallows': maintenanceSwallows,
    'service-level/impossible-target': impossibleTarget,
  },
}
