import type { RecordSource } from '../room.ts'
import { read } from './read.ts'

export { documentFact } from './document-fact.ts'

/** Documents as evidence: the hash of a file, and what is said of it. */
export const documents: RecordSource = {
  id: 'documents',
  version: 1,
  store: 'records',
  gives: ['documents'],
  grade: 'reported',
  order: 5,
  recognise: ({ text }) => /^documents:/m.test(text) && /\bfile["']?\s*:/.test(text),
  read,
}
