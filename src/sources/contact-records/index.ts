import { groupFiles } from '../bulk-read.ts'
import type { BulkSource } from '../room.ts'
import { facts, read } from './read.ts'

/** Amazon Connect contact records, as Kinesis and Firehose deliver them. */
export const contactRecords: BulkSource = {
  id: 'contact-records',
  version: 1,
  gives: ['contact-records'],
  grade: 'measured',
  order: 6,
  store: 'bulk',
  recognise: ({ text }) =>
    /^\ufeff?\s*\{/.test(text) &&
    (text.includes('"AWSContactTraceRecordFormatVersion"') ||
      (text.includes('"ContactId"') && text.includes('"InitiationTimestamp"') && !text.includes('"EventId"'))),
  deliveries: (files) => ({ deliveries: groupFiles('contact-records', files), notes: [] }),
  read: (delivery, context) => read(delivery, context),
  facts,
}
