import { readData, type Words } from '../language/index.ts'
import { accreditations } from './accreditations/index.ts'
import { activities } from './activities/index.ts'
import { agentEvents } from './agent-events/index.ts'
import { certificates } from './certificates/index.ts'
import { changes } from './changes/index.ts'
import { contactRecords } from './contact-records/index.ts'
import { costAndUsage } from './cost-and-usage/index.ts'
import { declarations } from './declarations/index.ts'
import { deployments } from './deployments/index.ts'
import { documents } from './documents/index.ts'
import { funds } from './funds/index.ts'
import { incidents } from './incidents/index.ts'
import { meetings } from './meetings/index.ts'
import { opportunities } from './opportunities/index.ts'
import { probes } from './probes/index.ts'
import type { SourceRoom } from './room.ts'
import { surveys } from './surveys/index.ts'
import { training } from './training/index.ts'
import { usageMetrics } from './usage-metrics/index.ts'

/** Every room of `sources/`; a test keeps the list complete. */
export const sourceRooms: readonly SourceRoom[] = [
  accreditations,
  activities,
  agentEvents,
  certificates,
  changes,
  contactRecords,
  costAndUsage,
  declarations,
  deployments,
  documents,
  funds,
  incidents,
  meetings,
  opportunities,
  probes,
  surveys,
  training,
  usageMetrics,
]

/** What all sources say, by message id, with the words that they share. */
export function sourceWords(): Words {
  const shared = readData(new URL('./words.yaml', import.meta.url)) as Words
  return Object.assign(
    {},
    shared,
    ...sourceRooms.map((room) => readData(new URL(`./${room.id}/words.yaml`, import.meta.url)) as Words),
  )
}
