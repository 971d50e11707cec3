import { Temporal } from 'temporal-polyfill'
import { cellDetail } from '../input-row.ts'
import { type JsonRow, readJson } from '../json-rows.ts'
import type { RowFault } from '../room.ts'
import type { TableReading } from '../table-shape.ts'
import { moment, number } from './values.ts'

type Members = Record<string, unknown>
type Values = Record<string, string | null>

const INSTANCE = /^arn:[a-z0-9-]+:connect:[a-z0-9-]*:\d*:instance\/([0-9A-Za-z-]{1,64})$/
// Filters that a call must have; they narrow nothing as long as they name everything there is.
const ALL_FILTERS = new Set(['QUEUE', 'ROUTING_PROFILE'])

/** MET-1: saved calls of GetMetricDataV2, one an object: each value of each interval is a row. One reader reads many files. */
export function callsReader(): (text: string) => TableReading {
  const memory: Memory = {
    intervalOf: remembering(intervalOf, ({ result, zone }) => `${zone} ${JSON.stringify(result.MetricInterval)}`),
    dimensionsOf: remembering(dimensionsOf, JSON.stringify),
    sorted: remembering(sorted, JSON.stringify),
  }
  return (text) => readCalls(text, memory)
}

function readCalls(text: string, memory: Memory): TableReading {
  const json = readJson(text, { lists: [], known: ['Request', 'Response'] })
  if (!json) return { refused: 'no-calls' }
  const reading = { rows: [], bad: [], quirks: [] } as Exclude<TableReading, { refused: string }>
  for (const row of json.rows) {
    reading.quirks.push(...row.quirks)
    const faults = row.faults.length > 0 ? row.faults : addCall(row, reading, memory)
    if (faults.length > 0) reading.bad.push({ row: row.row, faults, raw: row.raw })
  }
  return reading
}

/** What calls tell over and over, such as the days of a month. */
interface Memory {
  intervalOf: (given: { result: Members; zone: string }) => Interval
  dimensionsOf: (given: Narrowing) => string | null
  sorted: (value: unknown) => string
}

interface Call extends Memory {
  instance: string
  zone: string
  filters: Members
}

const MEMORY_MAX = 10_000

/** Remembers what was made of the same JSON before. */
function remembering<T, R>(make: (given: T) => R, textOf: (given: T) => string): (given: T) => R {
  const known = new Map<string, R>()
  return (given) => {
    const text = textOf(given)
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MEMORY_MAX) known.clear()
    const made = make(given)
    known.set(text, made)
    return made
  }
}

function addCall(row: JsonRow, reading: Exclude<TableReading, { refused: string }>, memory: Memory): RowFault[] {
  const [request, response] = [members(row.fields.Request), members(row.fields.Response)]
  if (!request || !response) return [{ code: 'not-a-structure', field: request ? 'Response' : 'Request' }]
  const instance = INSTANCE.exec(String(request.ResourceArn ?? ''))?.[1]
  if (instance === undefined) return [{ code: 'not-an-arn', field: 'Request.ResourceArn' }]
  const results = response.MetricResults
  if (!Array.isArray(results)) return [{ code: 'not-a-structure', field: 'Response.MetricResults' }]
  const call = { ...memory, instance, zone: zoneOf(request), filters: filtersOf(request) }
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
  const interval = call.intervalOf({ result, zone: call.zone })
  if ('fault' in interval) return void bad([interval.fault])
  const values = valuesOf(call, interval.values, result, {})
  const each: Values[] = []
  for (const one of collections) {
    const metric = members(members(one)?.Metric)
    const name = metric?.Name
    const said = members(one)?.Value
    if (typeof name !== 'string' || name === '') bad([{ code: 'missing', field: 'Metric.Name' }])
    else if (said === undefined || said === null) reading.quirks.push({ code: 'no-value', field: name })
    else {
      const value = number(said)
      if ('fault' in value) {
        bad([{ ...value.fault, field: 'Value' }])
        continue
      }
      const threshold = metric?.Threshold === undefined ? null : call.sorted(metric.Threshold)
      const own = { metric: name, value: value.value, threshold }
      const filters = metric?.MetricFilters
      if (filters) {
        const narrowed = valuesOf(call, interval.values, result, { MetricFilters: filters })
        reading.rows.push({ row: row.row, values: narrowed, each: [own] })
      } else each.push(own)
    }
  }
  if (each.length > 0) reading.rows.push({ row: row.row, values, each })
}

/** What the values of a result have in common. */
function valuesOf(call: Call, interval: Values, result: Members, more: Members): Values {
  return {
    ...interval,
    instance: call.instance,
    dimensions: call.dimensionsOf({ own: result.Dimensions, filters: call.filters, more }),
    origin: 'GetMetricDataV2',
  }
}

interface Narrowing {
  own: unknown
  filters: Members
  more: Members
}

function dimensionsOf({ own, filters, more }: Narrowing): string | null {
  const dimensions = { ...members(own), ...filters, ...more }
  return Object.keys(dimensions).length === 0 ? null : sorted(dimensions)
}

type Interval = { values: Values } | { fault: RowFault }

function intervalOf({ result, zone }: { result: Members; zone: string }): Interval {
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
