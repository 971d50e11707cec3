import { oneOf, readFields, required, rowOf, timestamp } from '../fields.ts'
import { readJson } from '../json-rows.ts'
import type { TableReading } from '../table-shape.ts'
import { STATUSES } from './terms.ts'

const STATE = rowOf({
  status: required(oneOf(...STATUSES)),
  timefrom: required(timestamp),
  timeto: required(timestamp),
})

/** PRB-1: an outage summary of an uptime monitor (Pingdom's `summary.outage`): each state is a row. */
export function readOutages(text: string): TableReading {
  const json = readJson(text, { lists: [], known: ['summary'] })
  if (!json || json.rows.length === 0) return { refused: 'no-summary' }
  const reading: Exclude<TableReading, { refused: string }> = { rows: [], bad: [], quirks: [] }
  let ordinal = 0
  for (const row of json.rows) {
    const [check, summary] = [members(row.fields.check), members(row.fields.summary)]
    const target = String(check.hostname ?? check.name ?? check.id ?? '')
    const states = summary.states
    if (row.faults.length > 0 || target === '' || !Array.isArray(states)) {
      ordinal += 1
      const field = target === '' ? 'check' : 'summary.states'
      const faults = row.faults.length > 0 ? row.faults : [{ code: 'not-a-structure', field }]
      reading.bad.push({ row: ordinal, faults, raw: row.raw })
      continue
    }
    reading.quirks.push(...row.quirks)
    for (const state of states) {
      ordinal += 1
      const raw = JSON.stringify(state) ?? ''
      const fields = members(state)
      const read = readFields(STATE, { row: ordinal, raw, fields, faults: [], quirks: [] })
      // Casing is no quirk of interest here, but it is counted like any other.
      reading.quirks.push(...read.quirks)
      const fault = 'faults' in read ? undefined : wrongTime(read.value.timefrom, read.value.timeto)
      if ('faults' in read) reading.bad.push({ row: ordinal, faults: read.faults, raw })
      else if (fault) reading.bad.push({ row: ordinal, faults: [fault], raw })
      else
        reading.rows.push({
          row: ordinal,
          values: {
            check_id: String(check.id ?? target),
            check_name: check.name === undefined ? null : String(check.name),
            target,
            status: read.value.status,
            started_at: read.value.timefrom,
            ended_at: read.value.timeto,
            latency_ms: null,
            origin: 'summary',
          },
        })
    }
  }
  return reading
}

/** What is wrong with the two ends of an interval. */
export function wrongTime(from: string, to: string) {
  if (from < '2000-01-01' || to >= '2100-01-01') return { code: 'out-of-range', field: 'timefrom', detail: from }
  return from >= to ? { code: 'ends-before-it-begins', field: 'timeto', detail: to } : undefined
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
