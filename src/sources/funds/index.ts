import { hasKeys } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { read } from './read.ts'
import { derive } from './statements.ts'

/** Exports of the partner funding portal: wallets and claims. */
export const funds: RecordSource = {
  id: 'funds',
  version: 1,
  store: 'records',
  gives: ['funds', 'fund-claims', 'wallets'],
  grade: 'reported',
  order: 5,
  recognise: (file) =>
    hasKeys(file, 'exportedAt') && (hasKeys(file, 'wallets', 'programme') || hasKeys(file, 'claims', 'claimId')),
  read,
  derive,
}
