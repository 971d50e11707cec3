import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'

/** The partner's standing in the provider's programme: tier, specialisations, competencies, benefits. */
export const partnerTierTerms = z.strictObject({
  aspect: z.enum(['tier', 'specialisations', 'competencies', 'benefits', 'other']),
  text: z.string(),
  items: z.array(z.string()),
})

/** Terms of one partner-tier clause. */
export type PartnerTierTerms = z.infer<typeof partnerTierTerms>

/** A row or line as a partner-tier clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<PartnerTierTerms> | undefined {
  return undefined
}
