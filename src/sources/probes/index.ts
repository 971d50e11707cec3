import { groupFiles } from '../bulk-read.ts'
import { csvColumns } from '../csv-rows.ts'
import type { BulkSource } from '../room.ts'
import { facts, read } from './read.ts'

/** What probes from outside saw of a deployment: up, down, or nothing. */
export const probes: BulkSource = {
  id: 'probes',
  version: 1,
  gives: ['probes'],
  grade: 'measured',
  order: 5,
  store: 'bulk',
  recognise({ text }) {
    if (/^\ufeff?\s*[[{]/.test(text)) return text.includes('"states"') && text.includes('"timefrom"')
    const columns = csvColumns(text).map((column) => column.toLowerCase())
    return ['timestamp', 'check', 'target', 'status'].every((column) => columns.includes(column))
  },
  deliveries: (files) => ({ deliveries: groupFiles('probes', files), notes: [] }),
  read,
  facts,
}
