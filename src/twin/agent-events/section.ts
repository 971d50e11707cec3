import { z } from 'zod'

/** Numbers of the part at `parts.agent-events` of the scenario. */
export const agentEventsSection = z
  .strictObject({
    /** Of the deployments whose contact records are delivered, the first so many. */
    deployments: z.int().min(0).default(2),
    /** The last so many days. */
    days: z.int().min(0).default(7),
    minutesPerFile: z.int().min(5).max(1440).default(480),
  })
  .prefault({})
