import { z } from 'zod'

const share = z.number().min(0).max(1)

/** Numbers of the part at `parts.tickets` of the scenario. */
export const ticketsSection = z
  .strictObject({
    changesPerDeploymentMonth: z.number().min(0).default(1.1),
    platformChangesPerMonth: z.number().min(0).default(4),
    changeSuccess: share.default(0.986),
    /** Share of months that go worse, and the success in them. */
    badMonths: share.default(0.17),
    changeSuccessInBadMonths: share.default(0.93),
  })
  .prefault({})

/** The part's numbers of a world. */
export type TicketNumbers = z.infer<typeof ticketsSection>
