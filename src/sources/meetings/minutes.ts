import { PARTNER } from '../../evidence/index.ts'
import { timestamp, utcDay } from '../fields.ts'
import type { JsonRow } from '../json-rows.ts'
import { type RowGiven, readObjects, readRows } from '../reading.ts'
import type { FileReading, ReadFact, RecordFile } from '../room.ts'
import { type Action, type Minutes, minutes } from './terms.ts'

/** SME-3, SME-5, SME-7: minutes with what was decided and what is to be done. */
export function readMinutes(file: RecordFile): FileReading {
  const found = readObjects(file, { lists: ['minutes'], known: ['meeting', 'held'] })
  if ('refusal' in found) return found.refusal
  return { rows: readRows(found.json.rows, minutes, minutesRead) }
}

function minutesRead(value: Minutes, row: JsonRow): RowGiven {
  const { meeting, start, held, summary } = value
  const said = timestamp(String(row.fields.start))
  const hasZone = /(?:Z|UTC|[+-]\d{2}:?\d{2})$/i.test(String(row.fields.start).trim())
  const moment = 'value' in said && hasZone ? said.value : undefined
  const day = moment ? utcDay(moment) : start
  const [attendees, decisions] = [value.attendees ?? [], value.decisions ?? []]
  const uid = value.uid ?? ''
  const fact: ReadFact = {
    dataset: 'meetings',
    key: `${uid === '' ? meeting : uid} ${moment ?? day}`,
    version: '',
    from: day,
    to: day,
    values: {
      meeting,
      held,
      ...(uid === '' ? {} : { uid }),
      ...(moment ? { start: moment } : {}),
      ...(value.attendees ? { attendees: attendees.length } : {}),
      ...(attendees.length > 0 ? { attendedBy: attendees.map(person).join(' ') } : {}),
      ...(value.decisions ? { decisions: decisions.length } : {}),
    },
    personal: {
      ...(attendees.length > 0 ? { attendees: attendees.join('; ') } : {}),
      ...(summary ? { summary } : {}),
      ...(decisions.length > 0 ? { decisions: decisions.join('\n') } : {}),
    },
    owner: PARTNER,
  }
  return { facts: [fact, ...(value.actions ?? []).flatMap((each) => actionFacts(each, meeting, fact.key, day))] }
}

/** SME-7: an action as of the meeting that spoke of it, and once more as of the day on which it was done. */
function actionFacts(
  { id, what, owner, due, doneOn }: Action,
  meeting: string,
  within: string,
  day: string,
): ReadFact[] {
  // A bare number counts the actions of one meeting; anything longer names an action wherever it is spoken of.
  const key = /^\d{1,3}$/.test(id) ? `${within} ${id}` : id
  const values = { action: key, meeting, ...(owner ? { owner: person(owner) } : {}), ...(due ? { due } : {}) }
  const personal: Record<string, string> = { ...(what ? { what } : {}), ...(owner ? { owner } : {}) }
  const common = { dataset: 'action-notes', version: '', personal, owner: PARTNER }
  const spoken = { ...common, key: `${key} ${day}`, from: day, to: day, values: { ...values, status: 'open' } }
  if (!doneOn) return [spoken]
  return [
    { ...spoken, ...(doneOn <= day ? { values: { ...values, status: 'done', doneOn } } : {}) },
    ...(doneOn > day
      ? [{ ...common, key: `${key} done`, from: doneOn, to: doneOn, values: { ...values, status: 'done', doneOn } }]
      : []),
  ]
}

function person(name: string): string {
  return `{{person:${name.replace(/[{}]/g, '').trim()}}}`
}
