import { hasKeys } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { derive } from './lists.ts'
import { read } from './read.ts'

/** Opportunities of the provider's partner pipeline. */
export const opportunities: RecordSource = {
  id: 'opportunities',
  version: 1,
  store: 'records',
  gives: ['opportunities', 'pipeline-lists'],
  grade: 'reported',
  order: 5,
  recognise: (file) => hasKeys(file, 'LifeCycle', 'Stage', 'LastModifiedDate'),
  read,
  derive,
}
