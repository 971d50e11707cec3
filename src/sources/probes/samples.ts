import { readCsv } from '../csv-rows.ts'
import { exactDecimal, oneOf, optional, readFields, required, rowOf, text, timestamp } from '../fields.ts'
import type { TableReading } from '../table-shape.ts'
import { wrongTime } from './outages.ts'
import { STATUSES, type Status } from './terms.ts'

const COLUMNS = ['timestamp', 'check', 'target', 'status', 'latency_ms']

const SAMPLE = rowOf({
  timestamp: required(timestamp),
  check: required(text),
  target: required(text),
  status: required(oneOf(...STATUSES)),
  latency_ms: optional(exactDecimal),
})

interface Sample {
  row: number
  at: number
  timestamp: string
  check: string
  target: string
  status: Status
  latency: string | null
}

/** PRB-2: samples of probes, one a row; each covers the time until the next, at most twice the usual interval. */
export function readSamples(csv: string): TableReading {
  const table = readCsv(csv, COLUMNS)
  if (!table || !COLUMNS.slice(0, 4).every((column) => table.columns.includes(column))) return { refused: 'no-table' }
  const reading: Exclude<TableReading, { refused: string }> = { rows: [], bad: [], quirks: [] }
  const checks = new Map<string, Sample[]>()
  for (const input of table.rows) {
    const read = readFields(SAMPLE, input)
    reading.quirks.push(...read.quirks)
    const faults =
      'faults' in read ? read.faults : [wrongTime(read.value.timestamp, '2099')].filter((each) => each !== undefined)
    if ('faults' in read || faults.length > 0) {
      reading.bad.push({ row: input.row, faults, raw: input.raw })
      continue
    }
    const { timestamp: moment, check, target, status, latency_ms } = read.value
    const key = `${check}\0${target}`
    const samples = checks.get(key) ?? []
    checks.set(key, samples)
    samples.push({
      row: input.row,
      at: Date.parse(moment),
      timestamp: moment,
      check,
      target,
      status,
      latency: latency_ms ?? null,
    })
  }
  for (const samples of checks.values()) addSamples(samples, reading)
  reading.rows.sort((a, b) => a.row - b.row)
  return reading
}

function addSamples(samples: Sample[], reading: Exclude<TableReading, { refused: string }>): void {
  samples.sort((a, b) => a.at - b.at || a.row - b.row)
  const moments = [...new Set(samples.map(({ at }) => at))]
  const usual = usualInterval(moments)
  const next = new Map(moments.map((at, index) => [at, moments[index + 1]]))
  for (const { row, at, timestamp: moment, check, target, status, latency } of samples) {
    const until = Math.min(next.get(at) ?? at + usual, at + 2 * usual)
    reading.rows.push({
      row,
      values: {
        check_id: check,
        check_name: null,
        target,
        status,
        started_at: moment,
        ended_at: new Date(until).toISOString(),
        latency_ms: latency,
        origin: 'sample',
      },
    })
  }
}

const MINUTE = 60_000

/** The middle one of the distances between samples; a minute when there is only one. */
function usualInterval(moments: readonly number[]): number {
  const distances = moments.slice(1).map((at, index) => at - (moments[index] ?? at))
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? MINUTE
}
