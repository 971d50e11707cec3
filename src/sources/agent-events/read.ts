import { readBulkJson } from '../bulk-read.ts'
import type { BulkContext, BulkReading, BulkSource, Delivery } from '../room.ts'
import { AGENT_EVENTS } from './terms.ts'

/** AGE-1 to AGE-3: reads files of agent events. */
export function read(delivery: Delivery, context: BulkContext): Promise<BulkReading> {
  return readBulkJson(AGENT_EVENTS, delivery, context)
}

/** AGE-4: how many agents of each instance were seen in each month, and in how many events. */
export async function facts({
  engine,
  rows,
  asOf,
}: Parameters<BulkSource['facts']>[0]): ReturnType<BulkSource['facts']> {
  const visible = rows('agent-events')
  if (visible === undefined) return []
  const months = await engine.all<{ instance: string; month: string; last: string; agents: string; events: string }>(`
    SELECT instance, strftime(event_at, '%Y-%m') AS month, strftime(max(event_at), '%Y-%m-%d') AS last,
      count(DISTINCT agent_arn) AS agents, count(*) AS events
    FROM ${visible} WHERE event_at < '${asOf}'::DATE + 1 GROUP BY ALL ORDER BY ALL`)
  return months.map(({ instance, month, last, agents, events }) => ({
    dataset: 'agent-events',
    from: `${month}-01`,
    to: last,
    receivedAt: last,
    values: { deployment: instance, agents, events },
    source: 'agent-events',
    rows: Number(events),
  }))
}
