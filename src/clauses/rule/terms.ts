import { z } from 'zod'
import { type CellReader, type ReadClause, type Row, TOPIC_NAMES, type Topic } from '../../agreement/index.ts'

/** A rule that settles what the tables leave open; the text's half of a supplement. */
export const ruleTerms = z.strictObject({
  topic: z.enum(TOPIC_NAMES as [Topic, ...Topic[]]),
  statement: z.string(),
  clause: z.string().optional().describe('the clause or kind it is about, when the text says'),
  value: z.record(z.string(), z.unknown()).optional().describe('what of the statement could be computed with'),
})

/** Terms of one rule clause. */
export type RuleTerms = z.infer<typeof ruleTerms>

/** A row or line as a rule clause; undefined when it is none. */
export function fromRow(_row: Row, _read: CellReader): ReadClause<RuleTerms> | undefined {
  return undefined
}
