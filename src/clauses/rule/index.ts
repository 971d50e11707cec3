import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type RuleTerms, ruleTerms } from './terms.ts'

export type { RuleTerms } from './terms.ts'

/** A rule that settles what the tables leave open; the text's half of a supplement. */
export const rule: ClauseRoom<RuleTerms> = {
  id: 'rule',
  version: 1,
  family: 'terms',
  terms: ruleTerms,
  needs: [],
  gives: ['what the text settles by topic'],
  reads: [],
  favours: { statement: { change: 'neutral' } },
  fromRow,
  judge,
}
