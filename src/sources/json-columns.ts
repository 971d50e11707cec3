import { isUtf8 } from 'node:buffer'
import { literal } from '../evidence/index.ts'
import type { RowFault } from './room.ts'

/** The type of a field of a JSON object: a DuckDB type, an object of fields, or a list. */
export type JsonType =
  | 'VARCHAR'
  | 'UUID'
  | 'TIMESTAMPTZ'
  | 'BIGINT'
  | 'DOUBLE'
  | 'JSON'
  | { object: Record<string, JsonType> }
  | { list: JsonType }

/** Fields by their name in the file. Whatever else an object holds is passed over. */
export type JsonFields = Record<string, JsonType>

/** The fields as DuckDB's `columns` argument. */
export function columnsLiteral(fields: JsonFields): string {
  const columns = Object.entries(fields).map(([name, type]) => `${quoted(name)}: ${literal(typeText(type))}`)
  return `{${columns.join(', ')}}`
}

function typeText(type: JsonType): string {
  if (typeof type === 'string') return type
  if ('list' in type) return `${typeText(type.list)}[]`
  return `STRUCT(${Object.entries(type.object)
    .map(([name, inner]) => `${quoted(name)} ${typeText(inner)}`)
    .join(', ')})`
}

/** A name as an SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** What is wrong with an object: `certain` when DuckDB refuses it beyond doubt, else it may yet take it. */
export interface Suspicion {
  fault: RowFault
  certain: boolean
}

/** Looks at one object before DuckDB does, so that a broken one gets its reason; undefined for one that looks sound. */
export function suspect(bytes: Buffer, fields: JsonFields): Suspicion | undefined {
  if (!isUtf8(bytes)) return { fault: { code: 'not-utf8', field: '' }, certain: true }
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // DuckDB takes NaN, infinities and a comma before a closing bracket.
    return { fault: { code: 'object-broken', field: '' }, certain: !/nan|inf|,\s*[}\]]/i.test(text) }
  }
  return suspectFields(value, { object: fields }, '') ?? loneSurrogate(text)
}

function loneSurrogate(text: string): Suspicion | undefined {
  return /\\u[dD][89a-fA-F]/.test(text) ? { fault: { code: 'object-broken', field: '' }, certain: false } : undefined
}

const CANONICAL: Partial<Record<string, (value: unknown) => boolean>> = {
  VARCHAR: () => true,
  JSON: () => true,
  UUID: (value) =>
    typeof value === 'string' && /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value),
  TIMESTAMPTZ: (value) => typeof value === 'string' && TIMESTAMP.test(value) && !Number.isNaN(Date.parse(value)),
  BIGINT: Number.isSafeInteger,
  DOUBLE: Number.isFinite,
}
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/
const FAULTS: Partial<Record<string, string>> = {
  UUID: 'not-an-id',
  TIMESTAMPTZ: 'not-a-timestamp',
  BIGINT: 'not-a-whole-number',
  DOUBLE: 'not-a-number',
}

function suspectFields(value: unknown, type: JsonType, path: string): Suspicion | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof type === 'string') {
    if (CANONICAL[type]?.(value)) return undefined
    return { fault: { code: FAULTS[type] ?? 'not-a-value', field: path }, certain: false }
  }
  const structure = { fault: { code: 'not-a-structure', field: path }, certain: true }
  if ('list' in type) {
    if (!Array.isArray(value)) return structure
    return first(value.map((each) => [each, type.list, path] as const))
  }
  if (typeof value !== 'object' || Array.isArray(value)) return structure
  const own = value as Record<string, unknown>
  return first(Object.entries(type.object).map(([name, inner]) => [own[name], inner, path ? `${path}.${name}` : name]))
}

function first(parts: (readonly [unknown, JsonType, string])[]): Suspicion | undefined {
  let found: Suspicion | undefined
  for (const [value, type, path] of parts) {
    const each = suspectFields(value, type, path)
    if (each?.certain) return each
    found ??= each
  }
  return found
}
