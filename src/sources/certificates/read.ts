import { createHash } from 'node:crypto'
import { PARTNER } from '../../evidence/index.ts'
import { type IsoDate, isIsoDate } from '../../language/index.ts'
import { personalOf, type RowGiven, readRows, readTable } from '../reading.ts'
import type { FileReading, ReadRow, RecordFile } from '../room.ts'
import { type CertificateRow, COLUMNS, certificateRow, VALID_STATES } from './terms.ts'

/** CRT-1 to CRT-5: what a list says of each certificate on its day. */
export function read(file: RecordFile): FileReading {
  const found = readTable(file, COLUMNS, Object.keys(certificateRow.shape))
  if ('refusal' in found) return found.refusal
  const stated = listDay(file.name)
  const day = stated ?? file.receivedAt
  const rows = readRows(found.table.rows, certificateRow, (row) => certificate(row, day))
  const isComplete = rows.every((row) => row.rejected.length === 0)
  return { rows: rows.map((row, at) => finished(row, isComplete, stated === undefined && at === 0)) }
}

/** CRT-2: the day of the list is the last one that stands in its name. */
function listDay(name: string): IsoDate | undefined {
  const days = (name.split('/').at(-1) ?? '').match(/\d{4}-\d{2}-\d{2}/g) ?? []
  return days.filter(isIsoDate).at(-1)
}

function finished(row: ReadRow, isComplete: boolean, isUndated: boolean): ReadRow {
  const facts = isComplete
    ? row.facts.map((fact) => ({ ...fact, values: { ...fact.values, complete: true } }))
    : row.facts
  const note = { code: 'undated-list', field: '' }
  return { ...row, facts, ...(isUndated ? { quirks: [...(row.quirks ?? []), note] } : {}) }
}

function certificate(row: CertificateRow, day: IsoDate): RowGiven {
  const { 'First Name': first, 'Last Name': last, 'Award Date': awarded, 'Expiration Date': until } = row
  const name = [first, last].filter((part) => part !== undefined).join(' ')
  const holder = row.Email?.toLowerCase() ?? name
  if (holder === '') return { faults: [{ code: 'missing', field: 'Email' }] }
  if (until !== undefined && until < awarded)
    return { faults: [{ code: 'ends-before-it-begins', field: 'Expiration Date', detail: `${awarded} – ${until}` }] }
  if (awarded > day) return { faults: [{ code: 'awarded-later', field: 'Award Date', detail: `${awarded} > ${day}` }] }
  // Whoever has the number finds the person by it, so it serves as a key only as a digest.
  const number = createHash('sha256').update(row['Validation Number']).digest('hex').slice(0, 24)
  const fact = {
    dataset: 'certificate-lists',
    key: `${day}|${number}`,
    version: '',
    from: day,
    to: day,
    values: {
      number,
      certificate: row.Certification,
      holder: `{{person:${holder.replace(/[{}]/g, '')}}}`,
      awardedOn: awarded,
      status: VALID_STATES.some((state) => state === row.Status) ? 'valid' : row.Status.toLowerCase(),
      ...(row.Level === undefined ? {} : { level: row.Level }),
      ...(until === undefined ? {} : { validUntil: until }),
    },
    personal: personalOf({ holder: name, email: row.Email, validationNumber: row['Validation Number'] }),
    owner: PARTNER,
  }
  return { facts: [fact] }
}
