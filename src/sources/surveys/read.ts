import { PARTNER } from '../../evidence/index.ts'
import { personalOf, type RowGiven, readRows, readTable } from '../reading.ts'
import type { FileReading, RecordFile } from '../room.ts'
import { COLUMNS, type ResponseRow, responseRow } from './terms.ts'

/** SUR-1 to SUR-4: one fact for each response. */
export function read(file: RecordFile): FileReading {
  const found = readTable(file, COLUMNS, Object.keys(responseRow.shape))
  if ('refusal' in found) return found.refusal
  return { rows: readRows(found.table.rows, responseRow, response, 'CustomerId') }
}

function response(row: ResponseRow): RowGiven {
  const { NPS: nps, CSAT: csat, CustomerId: customer, Deployment: deployment } = row
  if (nps === undefined && csat === undefined) return { faults: [{ code: 'no-answer', field: 'NPS' }] }
  const fact = {
    dataset: 'survey-responses',
    key: row.ResponseId,
    version: '',
    from: row.RecordedDate,
    to: row.RecordedDate,
    values: {
      survey: row.SurveyId,
      ...(nps === undefined ? {} : { nps }),
      ...(csat === undefined ? {} : { csat }),
      ...(customer === undefined ? {} : { customer }),
      ...(deployment === undefined ? {} : { deployment }),
    },
    personal: personalOf({ respondent: row.RespondentName, comment: row.Comment }),
    owner: customer ?? PARTNER,
  }
  return { facts: [fact] }
}
