import type { TableShape } from '../table-shape.ts'

/** PRB-1, PRB-2: what a probe saw, from when to when. */
export const PROBES: TableShape = {
  dataset: 'probes',
  columns: {
    instance: 'NULL::VARCHAR',
    check_id: 'check_id',
    check_name: 'check_name',
    target: 'target',
    status: 'status',
    started_at: 'started_at::TIMESTAMP',
    ended_at: 'ended_at::TIMESTAMP',
    latency_ms: 'latency_ms',
    origin: 'origin',
    _key: '_key',
    _content: '_content',
    _version: '_version',
    _received: '_received',
    _import: '_import',
  },
  personal: {},
  instance: 'instance',
  happened: 'started_at',
  identity: '_key',
  version: '_version',
  // A sample is known by its moment; how long it covers follows from its neighbours.
  key: `concat_ws('|', origin, check_id, target, started_at, CASE origin WHEN 'sample' THEN '' ELSE ended_at END)`,
  content: `concat_ws('|', status, ended_at)`,
}

/** What a check can say of its target. */
export const STATUSES = ['up', 'down', 'unknown'] as const

/** One of STATUSES. */
export type Status = (typeof STATUSES)[number]
