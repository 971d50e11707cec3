import { PARTNER } from '../../evidence/index.ts'
import type { IsoDate } from '../../language/index.ts'
import { type RowGiven, readRows, readTable } from '../reading.ts'
import type { FileReading, ReadFact, RecordFile } from '../room.ts'
import { monthEndInName, yearInName } from '../whole-months.ts'
import { type Accreditation, accreditation, CERTIFICATE_STATES, COLUMNS } from './terms.ts'

/** SCC-1 to SCC-5: a register of the accreditations of both sides. */
export function read(file: RecordFile): FileReading {
  const found = readTable(file, COLUMNS)
  if ('refusal' in found) return found.refusal
  const day = registerDay(file)
  return { rows: readRows(found.table.rows, accreditation, (value) => certificateRead(value, day)) }
}

/** The last day of which the register speaks: of the month or year in its name, else that of its receipt. */
function registerDay({ name, receivedAt }: RecordFile): IsoDate {
  const year = yearInName(name)
  const named = monthEndInName(name) ?? (year && `${year}-12-31`)
  return named !== undefined && named < receivedAt ? named : receivedAt
}

function certificateRead(value: Accreditation, day: IsoDate): RowGiven {
  const { Standard: standard, Issued: issued, Expires: expires, Status: said } = value
  const state = CERTIFICATE_STATES[said]
  const side = /^(?:partner|provider)$/i.test(value.Side) ? value.Side.toLowerCase() : value.Side
  const number = value['Certificate Number']
  const body = value['Certification Body']
  const certificate = number ?? `${standard} ${side} ${issued ?? ''}`
  const common = { side, ...(number ? { certificate: number } : {}), ...(body ? { body } : {}) }
  const fact = (given: Pick<ReadFact, 'dataset' | 'key' | 'from' | 'values'>): ReadFact => ({
    ...given,
    version: '',
    to: given.from,
    owner: PARTNER,
  })
  if (state === 'pending') {
    const values = { ...common, standard, state }
    return { facts: [fact({ dataset: 'accreditation-register', key: `${certificate} ${day}`, from: day, values })] }
  }
  const faults = [
    ...(issued ? [] : [{ code: 'missing', field: 'Issued' }]),
    ...(expires ? [] : [{ code: 'missing', field: 'Expires' }]),
    ...(issued && expires && expires < issued
      ? [{ code: 'ends-before-it-begins', field: 'Expires', detail: `${issued} – ${expires}` }]
      : []),
  ]
  if (faults.length > 0 || !issued || !expires) return { faults }
  const given = fact({
    dataset: 'accreditations',
    key: `${certificate} ${issued}`,
    from: issued,
    values: { ...common, standard, validUntil: expires },
  })
  const overdue = state === 'expired' && expires > day
  // What is written down of a certificate on the register's day; its last day speaks for itself.
  const seen = fact({
    dataset: 'accreditation-register',
    key: `${certificate} ${day}`,
    from: day,
    values: { ...common, standard, validUntil: expires, state: overdue ? 'withdrawn' : state },
  })
  const quirks = overdue ? [{ code: 'expired-early', field: 'Status', detail: expires }] : []
  return { facts: day > issued ? [given, seen] : [given], quirks }
}
