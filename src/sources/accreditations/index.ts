import { hasColumns } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { read } from './read.ts'
import { derive } from './standing.ts'

/** A register of the standards to which the parties are certified. */
export const accreditations: RecordSource = {
  id: 'accreditations',
  version: 1,
  store: 'records',
  gives: ['accreditations', 'accreditation-register'],
  grade: 'reported',
  order: 5,
  recognise: (file) => hasColumns(file, 'Standard', 'Side', 'Certification Body', 'Status'),
  read,
  derive,
}
