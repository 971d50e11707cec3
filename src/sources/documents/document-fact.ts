import { PARTNER } from '../../evidence/index.ts'
import { isIsoDate } from '../../language/index.ts'
import type { ReadFact, RowFault } from '../room.ts'
import type { DocumentEntry } from './terms.ts'

/** Who reads a document's file: its hash and size as they are. */
interface DocumentFile {
  sha256: string
  bytes: number
}

/** A document's fact, or what is wrong with its description. */
type DocumentGiven = { fact: ReadFact; faults?: undefined } | { faults: RowFault[]; fact?: undefined }

/**
 * The fact that a file is as evidence, whether an index names it or a person imports it alone. `entry` is what is said of it;
 * the hash is the file's own. All faults are told.
 */
export function documentFact(entry: DocumentEntry, file: DocumentFile): DocumentGiven {
  const { clause, status, date, receivedOn, signedBy, party, completedOn, title } = entry
  const faults: RowFault[] = Object.entries({ date, receivedOn, completedOn })
    .filter(([, day]) => day !== undefined && !isIsoDate(day))
    .map(([field, day]) => ({ code: 'not-a-day', field, detail: String(day).slice(0, 20) }))
  if (completedOn !== undefined && isIsoDate(completedOn) && completedOn > date)
    faults.push({ code: 'completed-later', field: 'completedOn', detail: `${completedOn} > ${date}` })
  if (entry.sha256 !== undefined && entry.sha256.toLowerCase() !== file.sha256.toLowerCase())
    faults.push({ code: 'document-differs', field: 'sha256' })
  if (faults.length > 0) return { faults }
  const attested = party === 'third' && signedBy !== undefined
  return {
    fact: {
      dataset: 'documents',
      key: `${file.sha256} ${date} ${clause ?? ''}`.trimEnd(),
      version: '',
      from: date,
      to: date,
      values: {
        ...(clause ? { clause } : {}),
        ...(status ? { status } : {}),
        document: title,
        sha256: file.sha256,
        bytes: file.bytes,
        ...(completedOn ? { completedOn } : {}),
        ...(receivedOn ? { receivedOn } : {}),
        ...(signedBy ? { signed: party ?? 'unsaid', signedBy: `{{person:${signedBy.replace(/[{}]/g, '')}}}` } : {}),
      },
      ...(signedBy ? { personal: { signedBy } } : {}),
      owner: PARTNER,
      ...(attested ? { grade: 'attested' } : {}),
    },
  }
}
