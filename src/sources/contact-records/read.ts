import { type BulkSettings, readBulkJson } from '../bulk-read.ts'
import type { BulkContext, BulkReading, BulkSource, Delivery } from '../room.ts'
import { CONTACT_RECORDS } from './terms.ts'

/** CTR-1 to CTR-8: reads files of contact records. */
export function read(delivery: Delivery, context: BulkContext, settings?: BulkSettings): Promise<BulkReading> {
  return readBulkJson(CONTACT_RECORDS, delivery, context, settings)
}

interface Month {
  instance: string
  month: string
  last: string
  contacts: string
  handled: string
  abandoned: string
  received: string
}

/** CTR-9: contacts of each instance and month: how many, how many an agent took, how many left a queue before. */
export async function facts({
  engine,
  rows,
  asOf,
}: Parameters<BulkSource['facts']>[0]): ReturnType<BulkSource['facts']> {
  const visible = rows('contact-records')
  if (visible === undefined) return []
  const months = await engine.all<Month>(`
    SELECT instance, strftime(initiated_at, '%Y-%m') AS month, strftime(max(initiated_at), '%Y-%m-%d') AS last,
      count(*) AS contacts,
      count(*) FILTER (agent_connected_at IS NOT NULL) AS handled,
      count(*) FILTER (enqueued_at IS NOT NULL AND agent_connected_at IS NULL AND transferred_at IS NULL
        AND disconnect_reason = 'CUSTOMER_DISCONNECT') AS abandoned
    FROM ${visible} WHERE initiated_at < '${asOf}'::DATE + 1 GROUP BY ALL ORDER BY ALL`)
  return months.map(({ instance, month, last, contacts, handled, abandoned }) => ({
    dataset: 'contact-records',
    from: `${month}-01`,
    to: last,
    receivedAt: last,
    values: { deployment: instance, contacts, handled, abandoned },
    source: 'contact-records',
    rows: Number(contacts),
  }))
}
