import { hasColumns } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { derive } from './holders.ts'
import { read } from './read.ts'

/** Who of the partner's people holds which certificate: complete lists, as the provider's partner portal exports them. */
export const certificates: RecordSource = {
  id: 'certificates',
  version: 1,
  store: 'records',
  gives: ['certificate-lists', 'certificates'],
  grade: 'reported',
  order: 5,
  recognise: (file) => hasColumns(file, 'Email', 'Certification', 'Validation Number', 'Expiration Date'),
  read,
  derive,
}
