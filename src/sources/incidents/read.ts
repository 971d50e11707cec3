import { PARTNER } from '../../evidence/index.ts'
import { minutesBetween, utcDay } from '../fields.ts'
import { personalOf, type RowGiven, readObjects, readRows, refusal } from '../reading.ts'
import type { FileReading, ReadRow, RecordFile, RowFault } from '../room.ts'
import { plainRows } from '../service-now.ts'
import { monthEndInName } from '../whole-months.ts'
import { type IncidentRow, incidentRow, type JournalRow, journalRow } from './terms.ts'

/** INC-10: an answer without records under the name of a month, of the tables that are read here. */
export function isEmptyMonth({ name, text }: { name: string; text: string }): boolean {
  const own = name.split('/').at(-1) ?? name
  return /^\s*\{\s*"result"\s*:\s*\[\s*\]\s*\}\s*$/.test(text) && TABLE.test(own) && monthEndInName(own) !== undefined
}

const TABLE = /^(incident|sys_journal_field)\b/

/** INC-1 to INC-10: one fact for each incident, one for each entry of a timeline, one for a month without incidents. */
export function read(file: RecordFile): FileReading {
  if (isEmptyMonth(file)) return { rows: emptyMonth(file) }
  const found = readObjects(file, { lists: ['result'], known: ['sys_id'] })
  if ('refusal' in found) return found.refusal
  const rows = plainRows(found.json.rows)
  if (rows.length === 0) return refusal(file.name, 'no-rows')
  const isJournal = rows.some((row) => 'element_id' in row.fields)
  return { rows: isJournal ? readRows(rows, journalRow, entry) : readRows(rows, incidentRow, incident, 'company') }
}

function emptyMonth({ name, text }: RecordFile): ReadRow[] {
  const own = name.split('/').at(-1) ?? name
  const to = monthEndInName(own)
  if (to === undefined || !own.startsWith('incident')) return []
  const month = to.slice(0, 7)
  const values = { incidents: '0' }
  const fact = {
    dataset: 'incidents',
    key: `none ${month}`,
    version: '',
    from: `${month}-01`,
    to,
    values,
    owner: PARTNER,
  }
  return [{ row: 1, facts: [fact], rejected: [], raw: text }]
}

function incident(row: IncidentRow): RowGiven {
  const isResolved = ['Resolved', 'Closed', '6', '7'].includes(row.state)
  const resolvedAt = isResolved ? (row.resolved_at ?? row.closed_at) : undefined
  const faults = faultsOf(row, isResolved, resolvedAt)
  if (faults.length > 0) return { faults }
  const { opened_at: openedAt, work_start: respondedAt, u_outage_start: downFrom, u_outage_end: downTo } = row
  const day = utcDay(resolvedAt ?? openedAt)
  const fact = {
    dataset: 'incidents',
    key: row.sys_id,
    version: row.sys_updated_on,
    from: day,
    to: day,
    values: {
      number: row.number,
      state: row.state,
      priority: row.priority,
      openedAt,
      ...(row.cmdb_ci === undefined ? {} : { service: row.cmdb_ci }),
      ...(resolvedAt === undefined ? {} : { resolvedAt, minutesToResolve: minutesBetween(openedAt, resolvedAt) }),
      ...(respondedAt === undefined ? {} : { minutesToRespond: minutesBetween(openedAt, respondedAt) }),
      ...(downFrom === undefined ? {} : { outageStart: downFrom }),
      ...(downTo === undefined ? {} : { outageEnd: downTo }),
      ...(downFrom === undefined || downTo === undefined ? {} : { outageMinutes: minutesBetween(downFrom, downTo) }),
    },
    personal: personalOf({
      summary: row.short_description,
      description: row.description,
      caller: row.caller_id,
      assignee: row.assigned_to,
    }),
    owner: row.company ?? PARTNER,
  }
  const quirks =
    resolvedAt !== undefined && row.resolved_at === undefined
      ? [{ code: 'closed-without-resolving', field: 'resolved_at' }]
      : []
  return { facts: [fact], quirks }
}

/** INC-6: an incident that says it is resolved has to say when, and nothing ends before it begins. */
function faultsOf(row: IncidentRow, isResolved: boolean, resolvedAt: string | undefined): RowFault[] {
  const faults: RowFault[] = []
  if (isResolved && resolvedAt === undefined) faults.push({ code: 'missing', field: 'resolved_at' })
  const order: [keyof IncidentRow, string | undefined, string | undefined][] = [
    ['resolved_at', row.opened_at, resolvedAt],
    ['work_start', row.opened_at, row.work_start],
    ['u_outage_end', row.u_outage_start, row.u_outage_end],
  ]
  for (const [field, from, to] of order)
    if (from !== undefined && to !== undefined && minutesBetween(from, to).startsWith('-'))
      faults.push({ code: 'ends-before-it-begins', field, detail: `${from} – ${to}` })
  return faults
}

function entry(row: JournalRow): RowGiven {
  const day = utcDay(row.sys_created_on)
  const fact = {
    dataset: 'incident-timelines',
    key: row.sys_id,
    version: row.sys_created_on,
    from: day,
    to: day,
    values: { incident: row.element_id, table: row.name, element: row.element, at: row.sys_created_on },
    personal: personalOf({ text: row.value, author: row.sys_created_by }),
    owner: PARTNER,
    // The journal names no company: whose the incident is, is whose its story is.
    ownerOf: { dataset: 'incidents', key: row.element_id },
  }
  return { facts: [fact] }
}
