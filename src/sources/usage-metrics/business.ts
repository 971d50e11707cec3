import { addDays } from '../../language/index.ts'
import { readCsv } from '../csv-rows.ts'
import { currency, day, exactDecimal, optional, readFields, required, rowOf, text } from '../fields.ts'
import type { TableReading } from '../table-shape.ts'
import { number } from './values.ts'

/** Columns of the table of business metrics. */
export const BUSINESS_COLUMNS = ['date', 'metric', 'value', 'unit', 'currency', 'deployment']

const SCHEMA = rowOf({
  date: required(day),
  metric: required(text),
  value: required(exactDecimal),
  unit: optional(text),
  currency: optional(currency),
  deployment: optional(text),
})

/** MET-3: a table of business metrics, one value a row, of the day on which it was so. */
export function readBusiness(csv: string): TableReading {
  const table = readCsv(csv, BUSINESS_COLUMNS)
  const missing = ['date', 'metric', 'value'].filter((column) => !table?.columns.includes(column))
  if (!table || missing.length > 0) return { refused: 'no-table' }
  const reading: TableReading = { rows: [], bad: [], quirks: [] }
  for (const input of table.rows) {
    const { row, raw } = input
    const read = readFields(SCHEMA, input)
    reading.quirks.push(...read.quirks)
    if ('faults' in read) {
      reading.bad.push({ row, faults: read.faults, raw })
      continue
    }
    const { date, metric, unit, deployment } = read.value
    const value = number(read.value.value)
    if ('fault' in value || date < '2000-01-01' || date >= '2100-01-01') {
      const fault =
        'fault' in value ? { ...value.fault, field: 'value' } : { code: 'out-of-range', field: 'date', detail: date }
      reading.bad.push({ row, faults: [fault], raw })
      continue
    }
    reading.rows.push({
      row,
      values: {
        instance: null,
        deployment: deployment ?? null,
        metric,
        started_at: `${date}T00:00:00Z`,
        ended_at: `${addDays(date, 1)}T00:00:00Z`,
        first_day: date,
        last_day: date,
        interval: 'DAY',
        value: value.value,
        unit: unit ?? null,
        currency: read.value.currency ?? null,
        threshold: null,
        dimensions: null,
        origin: 'business',
      },
    })
  }
  return reading
}
