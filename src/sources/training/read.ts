import { PARTNER } from '../../evidence/index.ts'
import { type RowGiven, readRows, readTable } from '../reading.ts'
import type { FileReading, ReadRow, RecordFile } from '../room.ts'
import { COLUMNS, type EntryRow, entryRow } from './terms.ts'

/** TRN-1 to TRN-3: one fact for each entry. */
export function read(file: RecordFile): FileReading {
  const found = readTable(file, COLUMNS, Object.keys(entryRow.shape))
  if ('refusal' in found) return found.refusal
  const period = periodIn(file.name)
  const rows = readRows(found.table.rows, entryRow, (row) => entry(row, period))
  const isWhole = rows.every((row) => row.rejected.length === 0)
  return { rows: isWhole ? rows : rows.map(inPart) }
}

/** TRN-8: what stood in the rejected rows was spent, too, so that the rest is no more than a part. */
function inPart(row: ReadRow): ReadRow {
  return { ...row, facts: row.facts.map((fact) => ({ ...fact, values: { ...fact.values, partial: true } })) }
}

/** TRN-4: the year or month that the file's name says the ledger is of. */
function periodIn(name: string): string | undefined {
  return /(?<!\d)(20\d{2}(?:-(?:0[1-9]|1[0-2]))?)(?!\d|-\d)/.exec(name.split('/').at(-1) ?? '')?.[1]
}

function entry(row: EntryRow, period: string | undefined): RowGiven {
  const { Course: course, Provider: taughtBy, Attendees: attendees } = row
  const fact = {
    dataset: 'training-entries',
    key: row.Entry,
    version: '',
    from: row.Date,
    to: row.Date,
    values: {
      training: row['Budget Line'],
      spent: row.Amount,
      currency: row.Currency,
      // An entry outside of what the file says it is of proves that it is of more, or of something else.
      ...(period !== undefined && row.Date.startsWith(period) ? { ledger: period } : {}),
      ...(course === undefined ? {} : { course }),
      ...(taughtBy === undefined ? {} : { taughtBy }),
      ...(attendees === undefined ? {} : { attendees }),
    },
    owner: PARTNER,
  }
  return { facts: [fact] }
}
