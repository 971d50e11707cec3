import { addDays } from '../../language/index.ts'
import { readTables } from '../bulk-tables.ts'
import type { BulkContext, BulkReading, BulkSource, Delivery } from '../room.ts'
import { minutesText, monthEnd, secondsByMonth, secondsOf, type Told } from './months.ts'
import { readOutages } from './outages.ts'
import { readSamples } from './samples.ts'
import { PROBES } from './terms.ts'

/** PRB-1 to PRB-3: reads outage summaries and samples. */
export function read(delivery: Delivery, context: BulkContext): Promise<BulkReading> {
  const parse = (text: string) => (/^\s*[[{]/.test(text) ? readOutages(text) : readSamples(text))
  return readTables(PROBES, parse, delivery, context)
}

interface Row {
  target: string
  check: string
  from: string
  to: string
  status: string
  order: string
}

/** PRB-4, PRB-5: for each target and month how many minutes are known, and how many of them it was up. */
export async function facts(context: Parameters<BulkSource['facts']>[0]): ReturnType<BulkSource['facts']> {
  const { engine, asOf } = context
  const rows = context.rows('probes')
  if (rows === undefined) return []
  const end = secondsOf(addDays(asOf, 1))
  // Neighbours of one status are one interval, so that a year of samples is a few thousand of them.
  const found = await engine.all<Row>(`
    WITH cut AS (SELECT target, check_id AS c, status, epoch(started_at)::BIGINT AS f,
        least(epoch(ended_at)::BIGINT, ${end}) AS t, concat_ws(' ', _received, _import, _version) AS o
      FROM ${rows} WHERE epoch(started_at) < ${end}),
    islands AS (SELECT *, sum(CASE WHEN f = p THEN 0 ELSE 1 END) OVER (PARTITION BY target, c, o, status ORDER BY f, t) AS i
      FROM (SELECT *, lag(t) OVER (PARTITION BY target, c, o, status ORDER BY f, t) AS p FROM cut))
    SELECT target, c AS "check", status, o AS "order", min(f)::VARCHAR AS "from", max(t)::VARCHAR AS "to"
    FROM islands GROUP BY target, c, o, status, i ORDER BY target, c, min(f), max(t), status, o`)
  const told = await toldOn(context, rows, end)
  return servicesOf(found).flatMap(({ service, target, check, tellings }) =>
    factsOf(service, tellings.map(toldOf), asOf).map(({ month, ...fact }) => {
      const seen = told.get(`${target}\0${check}\0${month}`)
      const { received: receivedAt = fact.to, rows: count = '0', file } = seen ?? {}
      return { ...fact, receivedAt, rows: Number(count), ...(file && seen?.files === '1' ? { file } : {}) }
    }),
  )
}

async function toldOn({ engine }: Parameters<BulkSource['facts']>[0], rows: string, end: number) {
  const found = await engine.all<
    Record<'target' | 'check' | 'month' | 'received' | 'rows' | 'file' | 'files', string>
  >(`
    SELECT target, check_id AS "check", strftime(started_at, '%Y-%m') AS month, max(_received) AS received, count(*) AS rows,
      min(_file) AS file, count(DISTINCT _file)::VARCHAR AS files
    FROM ${rows} WHERE epoch(started_at) < ${end} GROUP BY ALL`)
  return new Map(found.map((each) => [`${each.target}\0${each.check}\0${each.month}`, each]))
}

/** Each check by itself; it has its target's name, and its own besides when the target has several. */
function servicesOf(found: readonly Row[]) {
  const checks = new Map<string, { target: string; check: string; tellings: Row[] }>()
  for (const row of found) {
    const key = `${row.target}\0${row.check}`
    const entry = checks.get(key) ?? { target: row.target, check: row.check, tellings: [] }
    entry.tellings.push(row)
    checks.set(key, entry)
  }
  const all = [...checks.values()]
  return all.map((each) => {
    const isOnly = all.filter(({ target }) => target === each.target).length === 1
    return { ...each, service: isOnly ? each.target : `${each.target} ${each.check}` }
  })
}

function toldOf({ from, to, status, order }: Row) {
  return { from: Number(from), to: Number(to), isKnown: status !== 'unknown', isUp: status === 'up', order }
}

function factsOf(service: string, tellings: readonly Told[], asOf: string) {
  const first = Math.min(...tellings.filter(({ isKnown }) => isKnown).map(({ from }) => from))
  return [...secondsByMonth(tellings)].sort().map(([month, { up, known }]) => ({
    month,
    dataset: 'probes',
    from: `${month}-01`,
    to: monthEnd(month) < asOf ? monthEnd(month) : asOf,
    values: {
      service,
      upMinutes: minutesText(up),
      totalMinutes: minutesText(known),
      ...before(first, month),
    },
    source: 'probes',
  }))
}

// PRB-6: what was not probed yet was no service yet, in the month in which it began.
function before(first: number, month: string): { excludedMinutes?: string } {
  const seconds = first - secondsOf(`${month}-01`)
  return seconds > 0 ? { excludedMinutes: minutesText(seconds) } : {}
}
