import { activities } from './activities.ts'
import { agentEvents } from './agent-events/part.ts'
import { bill } from './bill/index.ts'
import { contactRecords } from './contacts/part.ts'
import { business } from './estate/business.ts'
import { inventory } from './estate/inventory.ts'
import { funds } from './funds.ts'
import { meetings } from './meetings.ts'
import { usageMetrics } from './metrics/part.ts'
import { opportunities } from './opportunities.ts'
import { accreditations } from './papers/accreditations.ts'
import { declarations } from './papers/declarations.ts'
import { documents } from './papers/documents.ts'
import { certificates } from './people/certificates.ts'
import { training } from './people/training.ts'
import { probes } from './probes/part.ts'
import { surveys } from './surveys/part.ts'
import { tickets } from './tickets/part.ts'
import type { Part } from './world.ts'

/** All parts of the twin, in the order in which they write. */
export const PARTS: readonly Part[] = [
  inventory,
  business,
  certificates,
  training,
  accreditations,
  documents,
  declarations,
  funds,
  activities,
  meetings,
  opportunities,
  surveys,
  tickets,
  probes,
  usageMetrics,
  agentEvents,
  contactRecords,
  bill,
]
