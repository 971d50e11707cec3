import { groupFiles } from '../bulk-read.ts'
import { csvColumns } from '../csv-rows.ts'
import type { BulkSource } from '../room.ts'
import { facts, read } from './read.ts'

/** Metrics as Amazon Connect (GetMetricDataV2) or the partner's own books report them. */
export const usageMetrics: BulkSource = {
  id: 'usage-metrics',
  version: 1,
  gives: ['usage-metrics'],
  grade: 'reported',
  order: 5,
  store: 'bulk',
  recognise({ text }) {
    if (/^\ufeff?\s*[[{]/.test(text)) return text.includes('"MetricResults"') || text.includes('"ResourceArn"')
    const columns = csvColumns(text).map((column) => column.toLowerCase())
    return ['date', 'metric', 'value'].every((column) => columns.includes(column))
  },
  deliveries: (files) => ({ deliveries: groupFiles('usage-metrics', files), notes: [] }),
  read,
  facts,
}
