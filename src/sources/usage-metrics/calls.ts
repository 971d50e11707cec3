import { Temporal } from 'temporal-polyfill'
import type { TableReading } from '../bulk-tables.ts'
import { cellDetail } from '../input-row.ts'
import { type JsonRow, readJson } from '../json-rows.ts'
import type { RowFault } from '../room.ts'
import { moment, number } from './values.ts'

type Members = Record<string, unknown>
type Values = Record<string, string | null>

const INSTANCE = /^arn:[a-z0-9-]+:connect:[a-z0-9-]*:\d*:instance\/([0-9A-Za-z-]{1,64})$/
// Filters that a call must have; they narrow nothing as long as they name everything there is.
const ALL_FILTERS = new Set(['QUEUE', 'ROUTING_PROFILE'])

/** MET-1: saved calls of GetMetricDataV2, one an object: each value of each interval is a row. */
export function readCalls(text: string): TableReading {
  const json = readJson(text, { lists: [], known: ['Request', 'Response'] })
  if (!json) return { refused: 'no-calls' }
  const reading = { rows: [], bad: [], quirks: [] } as Exclude<TableReading, { refused: string }>
  for (const row of json.rows) {
    reading.quirks.push(...row.quirks)
    const faults = row.faults.length > 0 ? row.faults : addCall(row, reading)
    if (faults.length > 0) reading.bad.push({ row: row.row, faults, raw: row.raw })
  }
  return reading
}

interface Call {
  instance: string
  zone: string
  filters: Members
}

function addCall(row: JsonRow, reading: Exclude<TableReading, { refused: string }>): RowFault[] {
  const [request, response] = [members(row.fields.Request), members(row.fields.Response)]
  if (!request || !response) return [{ code: 'not-a-structure', field: request ? 'Response' : 'Request' }]
  const instance = INSTANCE.exec(String(request.ResourceArn ?? ''))?.[1]
  if (instance === undefined) return [{ code: 'not-an-arn', field: 'Request.ResourceArn' }]
  const results = response.MetricResults
  if (!Array.isArray(results)) return [{ code: 'not-a-structure', field: 'Response.MetricResults' }]
  const call = { instance, zone: zoneOf(request), filters: filtersOf(request) }
  for (const result of results) addResult(call, result, row, reading)
  return []
}

function addResult(
  call: Call,
  given: unknown,
  row: JsonRow,
  reading: Exclude<TableReading, { refused: string }>,
): void {
  const result = members(given)
  const bad = (faults: RowFault[]) => reading.bad.push({ row: row.row, faults, raw: JSON.stringify(given) ?? '' })
  const collections = result?.Collections
  if (!result || !Array.isArray(collections))
    return void bad([{ code: 'not-a-structure', field: 'Response.MetricResults' }])
  const interval = intervalOf(result, call.zone)
  if ('fault' in interval) return void bad([interval.fault])
  for (const each of collections) {
    const metric = members(members(each)?.Metric)
    const name = metric?.Name
    const said = members(each)?.Value
    if (typeof name !== 'string' || name === '') bad([{ code: 'missing', field: 'Metric.Name' }])
    else if (said === undefined || said === null) reading.quirks.push({ code: 'no-value', field: name })
    else {
      const value = number(said)
      if ('fault' in value) bad([{ ...value.fault, field: 'Value' }])
      else
        reading.rows.push({
          row: row.row,
          values: valuesOf(call, interval.values, result, metric ?? {}, name, value.value),
        })
    }
  }
}

function valuesOf(call: Call, interval: Values, result: Members, metric: Members, name: string, value: string): Values {
  const dimensions = {
    ...members(result.Dimensions),
    ...call.filters,
    ...(metric.MetricFilters ? { MetricFilters: metric.MetricFilters } : {}),
  }
  const isPlain = Object.keys(dimensions).length === 0
  return {
    ...interval,
    instance: call.instance,
    deployment: null,
    metric: name,
    value,
    digits: value,
    unit: null,
    currency: null,
    threshold: metric.Threshold === undefined ? null : sorted(metric.Threshold),
    dimensions: isPlain ? null : sorted(dimensions),
    origin: 'GetMetricDataV2',
  }
}

function intervalOf(result: Members, zone: string): { values: Values } | { fault: RowFault } {
  const interval = members(result.MetricInterval)
  const [from, to] = [moment(interval?.StartTime), moment(interval?.EndTime)]
  const field = `MetricInterval.${from === undefined ? 'StartTime' : 'EndTime'}`
  if (from === undefined || to === undefined || from >= to) {
    const detail = cellDetail(String((from === undefined ? interval?.StartTime : interval?.EndTime) ?? ''), 'figure')
    return { fault: { code: from && to ? 'ends-before-it-begins' : 'not-a-timestamp', field, detail } }
  }
  return {
    values: {
      started_at: from,
      ended_at: to,
      first_day: dayIn(zone, Temporal.Instant.from(from)),
      last_day: dayIn(zone, Temporal.Instant.from(to).subtract({ milliseconds: 1 })),
      interval: String(interval?.Interval ?? ''),
    },
  }
}

function dayIn(zone: string, instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(zone).toPlainDate().toString()
}

function zoneOf(request: Members): string {
  const zone = members(request.Interval)?.TimeZone
  if (typeof zone !== 'string') return 'UTC'
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId
  } catch {
    return 'UTC'
  }
}

function filtersOf(request: Members): Members {
  const filters = Array.isArray(request.Filters) ? request.Filters : []
  const narrow = filters.map(members).filter((each) => each && !ALL_FILTERS.has(String(each.FilterKey)))
  return Object.fromEntries(narrow.map((each) => [`filter:${String(each?.FilterKey)}`, each?.FilterValues]))
}

function members(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined
}

/** JSON with keys in order, so that equal values are equal texts. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    const object = members(each)
    return object ? Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))) : each
  })
}
