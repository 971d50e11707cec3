import { hasColumns } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { read } from './read.ts'
import { derive } from './spend.ts'

/** What was spent on training, as the partner's ledger exports it. */
export const training: RecordSource = {
  id: 'training',
  version: 1,
  store: 'records',
  gives: ['training-entries', 'training'],
  grade: 'reported',
  order: 5,
  recognise: (file) => hasColumns(file, 'Entry', 'Date', 'Budget Line', 'Amount', 'Currency'),
  read,
  derive,
}
