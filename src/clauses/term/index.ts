import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { fromRow, type TermTerms, termTerms } from './terms.ts'

export type { TermTerms } from './terms.ts'

/** A row or line of the header: parties, dates, length, total, renewal, law. */
export const term: ClauseRoom<TermTerms> = {
  id: 'term',
  version: 1,
  family: 'commercial',
  terms: termTerms,
  needs: [{ dataset: 'cost-and-usage', fields: ['amount', 'currency'], how: 'term.how.cost-and-usage' }],
  gives: ['parties, effective date, length and end of the term, total commitment'],
  reads: ['price', 'commitment'],
  favours: {
    amount: { up: 'provider' },
    date: { change: 'neutral' },
    duration: { change: 'neutral' },
    renews: { change: 'neutral' },
  },
  fromRow,
  judge,
}
