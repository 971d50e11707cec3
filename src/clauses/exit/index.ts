import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type ExitTerms, exitTerms, fromRow } from './terms.ts'

export type { ExitTerms } from './terms.ts'

/** An exit right with its process and time. */
export const exit: ClauseRoom<ExitTerms> = {
  id: 'exit',
  version: 1,
  family: 'compliance',
  terms: exitTerms,
  needs: [{ dataset: 'documents', fields: ['clause', 'status'], how: 'exit.how.documents' }],
  gives: ['exit rights with their clocks'],
  reads: [],
  favours: { duration: { up: 'partner' } },
  fromRow,
  judge,
}
