import { addDays, addDuration } from '../../language/index.ts'
import { readTables } from '../bulk-tables.ts'
import type { BulkContext, BulkReading, BulkSource, Delivery } from '../room.ts'
import { readBusiness } from './business.ts'
import { callsReader } from './calls.ts'
import { isAdditive, USAGE_METRICS } from './terms.ts'

/** MET-1 to MET-5: reads saved calls and tables of business metrics. */
export function read(delivery: Delivery, context: BulkContext): Promise<BulkReading> {
  const readCalls = callsReader()
  const parse = (text: string) => (/^\s*[[{]/.test(text) ? readCalls(text) : readBusiness(text))
  return readTables(USAGE_METRICS, parse, delivery, context)
}

type Facts = Awaited<ReturnType<BulkSource['facts']>>

/** MET-6, MET-7: business metrics as they are, and additive metrics summed over deployments by month; nothing else can be summed. */
export async function facts(context: Parameters<BulkSource['facts']>[0]): Promise<Facts> {
  const rows = context.rows('usage-metrics')
  if (rows === undefined) return []
  return [...(await businessFacts(context, rows)), ...(await countedFacts(context, rows))]
}

async function businessFacts({ engine, asOf }: Parameters<BulkSource['facts']>[0], rows: string): Promise<Facts> {
  const found = await engine.all<
    Record<'day' | 'metric' | 'digits' | '_received' | '_row' | '_file', string> & { currency: string | null }
  >(`
    SELECT first_day AS day, metric, digits, currency, _received, _row, _file FROM ${rows}
    WHERE origin = 'business' AND deployment IS NULL AND first_day <= '${asOf}'::DATE ORDER BY ALL`)
  return found.map(({ day, metric, digits, currency, _received, _row, _file }) => ({
    dataset: 'usage-metrics',
    from: day,
    to: day,
    receivedAt: _received,
    values: { metric, value: digits, ...(currency ? { currency } : {}) },
    source: 'usage-metrics',
    file: _file,
    row: _row,
  }))
}

// Of several lengths of interval one is summed, or everything would count twice; the longest that no month cuts.
const SUMMED_INTERVALS = ['DAY', 'HOUR', 'THIRTY_MIN', 'FIFTEEN_MIN']

async function countedFacts({ engine, asOf }: Parameters<BulkSource['facts']>[0], rows: string): Promise<Facts> {
  const rank = SUMMED_INTERVALS.map((interval, at) => `WHEN '${interval}' THEN ${at}`).join(' ')
  const found = await engine.all<Record<'metric' | 'month' | 'value' | 'last' | 'received' | 'rows', string>>(`
    WITH counted AS (SELECT *, strftime(first_day, '%Y-%m') AS month, CASE "interval" ${rank} END AS rank FROM ${rows}
      WHERE origin = 'GetMetricDataV2' AND threshold IS NULL AND dimensions IS NULL AND last_day <= '${asOf}'::DATE),
    chosen AS (SELECT * FROM counted WHERE rank IS NOT NULL
      QUALIFY rank = min(rank) OVER (PARTITION BY instance, metric, month))
    SELECT metric, month, sum(value)::VARCHAR AS value, max(last_day) AS last, max(_received) AS received, count(*) AS rows
    FROM chosen GROUP BY metric, month ORDER BY ALL`)
  return found
    .filter(({ metric }) => isAdditive(metric))
    .map(({ metric, month, value, last, received, rows: count }) => ({
      dataset: 'usage-metrics',
      from: `${month}-01`,
      to: [last, monthEnd(month)].sort()[0] ?? last,
      receivedAt: received,
      values: { metric, value: value.includes('.') ? value.replace(/\.?0+$/, '') : value },
      source: 'usage-metrics',
      rows: Number(count),
    }))
}

function monthEnd(month: string): string {
  return addDays(addDuration(`${month}-01`, { amount: '1', unit: 'month' }), -1)
}
