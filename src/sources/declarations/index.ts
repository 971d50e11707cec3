import type { RecordSource } from '../room.ts'
import { read } from './read.ts'
import { DECLARABLE } from './terms.ts'

/** What people declare. */
export const declarations: RecordSource = {
  id: 'declarations',
  version: 1,
  store: 'records',
  gives: [...DECLARABLE],
  grade: 'declared',
  order: 9,
  recognise: ({ text }) => /^facts:/m.test(text) && /\bdataset["']?\s*:/.test(text),
  read,
}
