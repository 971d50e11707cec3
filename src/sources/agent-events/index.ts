import { groupFiles } from '../bulk-read.ts'
import type { BulkSource } from '../room.ts'
import { facts, read } from './read.ts'

/** Amazon Connect agent events, as Kinesis and Firehose deliver them. */
export const agentEvents: BulkSource = {
  id: 'agent-events',
  version: 1,
  gives: ['agent-events'],
  grade: 'measured',
  order: 6,
  store: 'bulk',
  recognise: ({ text }) =>
    /^\ufeff?\s*\{/.test(text) &&
    text.includes('"EventId"') &&
    text.includes('"AgentARN"') &&
    text.includes('"EventType"'),
  deliveries: (files) => ({ deliveries: groupFiles('agent-events', files), notes: [] }),
  read,
  facts,
}
