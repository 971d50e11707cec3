import type { ClauseRoom } from '../room.ts'
import { judge } from './judge.ts'
import { type DocumentControlTerms, documentControlTerms, fromRow } from './terms.ts'

export type { DocumentControlTerms } from './terms.ts'

/** A line of document control. */
export const documentControl: ClauseRoom<DocumentControlTerms> = {
  id: 'document-control',
  version: 1,
  family: 'governance',
  terms: documentControlTerms,
  needs: [
    { dataset: 'meetings', fields: ['meeting'], how: 'document-control.how.meetings' },
    { dataset: 'documents', fields: ['document'], how: 'document-control.how.meetings' },
  ],
  gives: ['when the document was and will be reviewed'],
  reads: [],
  favours: { date: { change: 'neutral' }, text: { change: 'neutral' } },
  fromRow,
  judge,
}
