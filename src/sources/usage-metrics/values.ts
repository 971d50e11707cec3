import { exactDecimal, timestamp } from '../fields.ts'
import { cellDetail } from '../input-row.ts'
import type { RowFault } from '../room.ts'

// DECIMAL(38, 10) holds 28 digits before the point.
const WHOLE_DIGITS_MAX = 28
// Nothing about these needs to change.
const PLAIN = /^-?[1-9]\d{0,19}(?:\.\d{0,19}[1-9])?$|^0(?:\.\d{0,19}[1-9])?$/

/** A number with every digit it was written with; whole parts that no column holds are a fault. */
export function number(said: unknown): { value: string } | { fault: Omit<RowFault, 'field'> } {
  if (typeof said === 'string' && PLAIN.test(said)) return { value: said }
  const text = typeof said === 'string' || typeof said === 'number' ? String(said).trim() : ''
  const detail = cellDetail(text, 'figure')
  const found = exactDecimal(text)
  if ('fault' in found) return { fault: { code: found.fault, detail } }
  const value = found.value
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
  const [whole = ''] = value.replace('-', '').split('.')
  return whole.length > WHOLE_DIGITS_MAX || value.length > 60 ? { fault: { code: 'out-of-range', detail } } : { value }
}

/** A moment in UTC between 2000 and 2100; undefined for anything else. */
export function moment(said: unknown): string | undefined {
  const found = timestamp(
    String(said ?? '')
      .trim()
      .replace(/^(\d{9,13})\.0+$/, '$1'),
  )
  if ('fault' in found) return undefined
  return found.value >= '2000-01-01' && found.value < '2100-01-01' ? found.value : undefined
}
