import { hasKeys } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { derive } from './history.ts'
import { read } from './read.ts'

/** Inventories of Amazon Connect instances: what is live, whose it is, and how it stores recordings. */
export const deployments: RecordSource = {
  id: 'deployments',
  version: 1,
  store: 'records',
  gives: ['inventory', 'instances', 'storage', 'deployments'],
  grade: 'reported',
  order: 0,
  recognise: (file) => hasKeys(file, 'exportedAt', 'deployments', 'InstanceAlias', 'AccountId'),
  read,
  derive,
}
