import { PARTNER } from '../../evidence/index.ts'
import { minutesBetween, utcDay } from '../fields.ts'
import { personalOf, type RowGiven, readObjects, readRows, refusal } from '../reading.ts'
import type { FileReading, RecordFile, RowFault } from '../room.ts'
import { plainRows } from '../service-now.ts'
import { type ChangeRow, changeRow } from './terms.ts'

/** CHG-1 to CHG-6: one fact for each change. */
export function read(file: RecordFile): FileReading {
  const found = readObjects(file, { lists: ['result'], known: ['sys_id'] })
  if ('refusal' in found) return found.refusal
  const rows = plainRows(found.json.rows)
  if (rows.length === 0) return refusal(file.name, 'no-rows')
  return { rows: readRows(rows, changeRow, change, 'company') }
}

function change(row: ChangeRow): RowGiven {
  const { start_date: from, end_date: to, close_code: code } = row
  const isClosed = row.state === 'Closed' || row.state === '3'
  const faults: RowFault[] = []
  if (isClosed && code === undefined) faults.push({ code: 'missing', field: 'close_code' })
  if (isClosed && to === undefined) faults.push({ code: 'missing', field: 'end_date' })
  if (from !== undefined && to !== undefined && minutesBetween(from, to).startsWith('-'))
    faults.push({ code: 'ends-before-it-begins', field: 'end_date', detail: `${from} – ${to}` })
  if (faults.length > 0) return { faults }
  const moment = (isClosed ? to : (from ?? to)) ?? row.sys_updated_on
  const fact = {
    dataset: 'changes',
    key: row.sys_id,
    version: row.sys_updated_on,
    from: utcDay(moment),
    to: utcDay(moment),
    values: {
      number: row.number,
      state: row.state,
      ...(row.type === undefined ? {} : { type: row.type }),
      ...(row.cmdb_ci === undefined ? {} : { service: row.cmdb_ci }),
      ...(isClosed && code !== undefined ? outcomeOf(code) : {}),
      ...(from === undefined ? {} : { startedAt: from }),
      ...(to === undefined ? {} : { endedAt: to }),
    },
    personal: personalOf({ summary: row.short_description, notes: row.close_notes, assignee: row.assigned_to }),
    owner: row.company ?? PARTNER,
  }
  return { facts: [fact] }
}

/** CHG-2: what a close code says of the change; issues on the way are kept beside it. */
function outcomeOf(code: string): { outcome: 'success' | 'failure'; issues?: boolean } {
  const word = code.toLowerCase()
  if (word === 'unsuccessful') return { outcome: 'failure' }
  return word === 'successful' ? { outcome: 'success' } : { outcome: 'success', issues: true }
}
