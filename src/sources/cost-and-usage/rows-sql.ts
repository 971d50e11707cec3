import { literal } from '../../evidence/index.ts'
import type { Binding, Field, Input } from './binding.ts'
import { decimalOfDigits, decimalOfDouble, decimalOfText, inCentury, timeOfText } from './exact.ts'
import { serviceOfCode } from './products.ts'
import { allowedWord, type Survey } from './survey.ts'
import { CATEGORY_OF_TYPE, COLUMNS, type Column, type ColumnKind, LASTING, quoted } from './terms.ts'

const EMPTY: Record<ColumnKind, string> = {
  text: 'CAST(NULL AS VARCHAR)',
  amount: 'CAST(NULL AS DECIMAL(38,16))',
  time: 'CAST(NULL AS TIMESTAMP)',
  json: 'CAST(NULL AS VARCHAR)',
}

/** How one canonical column comes out of a file. */
interface Made {
  column: Column
  /** SQL of the value as delivered, null when there is none. */
  raw: string
  /** SQL of the canonical value. */
  value: string
  /** SQL that is true for a value that is there and cannot be read; undefined when every one can. */
  unreadable?: string
  /** The file's own name for it. */
  field: string
}

/** The statement that makes canonical rows of a file, in its parts. */
export interface RowsSql {
  /** SELECT of canonical rows, as if all were good: where a value cannot be read, there is none. */
  all: string
  /** SELECT of canonical rows, only the good ones. */
  good: string
  /** SELECT of `row`, `faults` (a list of `{field, kind, detail}`) and `raw` (JSON) for the others. */
  bad: string
}

/** What stands the same in every row of a file. */
export interface Constants {
  file: string
  receivedAt: string
  /** When the export was made, as its manifest says; empty for loose files. */
  deliveredAt: string
}

/** The columns by whose content two deliveries are compared, in the order in which they are hashed. */
export const HASHED: readonly string[] = [...COLUMNS.map(({ name }) => name), '_other']

/** SQL of a number that tells the content of a canonical row. */
export function rowHash(left: ReadonlySet<string> = new Set()): string {
  return `hash(${HASHED.map((name) => (left.has(name) ? emptyOf(name) : quoted(name))).join(', ')})`
}

function emptyOf(name: string): string {
  return EMPTY[COLUMNS.find((column) => column.name === name)?.kind ?? 'json']
}

/** SQL of the rows of segments with all columns: a segment is written without those in which it has no value. */
export function wholeRows(segments: string): string {
  const empty = HASHED.map((name) => `${emptyOf(name)} AS ${quoted(name)}`)
  return `(SELECT * FROM ${segments} UNION ALL BY NAME SELECT ${empty.join(', ')} WHERE false)`
}

/** Writes the SQL for a file whose columns are bound and whose texts were looked at. */
export function rowsSql(input: Input, binding: Binding, seen: Survey, constants: Constants): RowsSql {
  const made = COLUMNS.map((column) => make(column, binding, seen))
  const isGood = made.flatMap(conditions)
  const values = [
    ...made.map(({ column, value }) => ({ name: column.name, value, isEmpty: value === EMPTY[column.kind] })),
    otherValues(binding, seen),
  ]
  const left = new Set(values.flatMap(({ name, isEmpty }) => (isEmpty && !LASTING.has(name) ? [name] : [])))
  const columns = values.flatMap(({ name, value }) => (left.has(name) ? [] : [`${value} AS ${quoted(name)}`]))
  const inner = `SELECT ${columns.join(',\n')}, ${input.row} AS _row FROM ${input.from}`
  const stamps = [
    `${literal(constants.file)} AS _file`,
    `${literal(constants.receivedAt)} AS _received`,
    `${literal(constants.deliveredAt)} AS _delivered`,
  ]
  const stamped = (rows: string): string => `SELECT *, ${stamps.join(', ')}, ${rowHash(left)} AS _hash FROM (${rows})`
  const good = stamped(`${inner} WHERE ${isGood.join('\nAND ')}`)
  return { all: stamped(inner), good, bad: badRows(input, made, isGood) }
}

function conditions({ column, raw, value, unreadable }: Made): string[] {
  const conditions: string[] = []
  if (column.needed) conditions.push(`(${column.kind === 'amount' || unreadable ? raw : value}) IS NOT NULL`)
  // NULL is neither unreadable nor readable; only what is there can fail.
  if (unreadable) conditions.push(`NOT coalesce(${unreadable}, false)`)
  return conditions
}

function badRows(input: Input, made: readonly Made[], isGood: readonly string[]): string {
  const faults = made.flatMap(({ column, raw, unreadable, field }) => {
    const told = (kind: string): string =>
      `{'field': ${literal(field)}, 'kind': '${kind}', 'detail': left(CAST(${raw} AS VARCHAR), 60)}`
    const found: string[] = []
    if (unreadable) found.push(`CASE WHEN ${unreadable} THEN ${told(column.kind)} END`)
    if (column.needed) found.push(`CASE WHEN (${raw}) IS NULL THEN ${told('missing')} END`)
    return found
  })
  const fields = input.fields.map(({ name, sql }) => `${literal(name)}, ${sql}`)
  const list = `list_filter([${faults.join(',\n')}], lambda each: each IS NOT NULL)`
  const isBad = `NOT (${isGood.join('\nAND ')})`
  return `SELECT ${input.row} AS row, ${list} AS faults, CAST(json_object(${fields.join(', ')}) AS VARCHAR) AS raw
    FROM ${input.from} WHERE ${isBad} ORDER BY 1`
}

function make(column: Column, binding: Binding, seen: Survey): Made {
  const special = binding.layout === 'cur' ? ofReport(column, binding, seen) : undefined
  if (special) return special
  const field = binding.fields.get(column.name)
  if (!field) return { column, raw: EMPTY[column.kind], value: EMPTY[column.kind], field: column.cur ?? column.name }
  return { column, field: field.name, ...ofField(column, field, seen) }
}

function ofField(column: Column, field: Field, seen: Survey): Pick<Made, 'raw' | 'value' | 'unreadable'> {
  if (seen.empty.has(field.name)) return { raw: EMPTY[column.kind], value: EMPTY[column.kind] }
  const raw = present(field, seen)
  switch (column.kind) {
    case 'amount':
      return { raw, ...amount(field, raw, seen) }
    case 'time':
      return { raw, ...time(column, field, raw, seen) }
    case 'json':
      return {
        raw,
        value: field.type === 'VARCHAR' ? raw : `CAST(to_json(${raw}) AS VARCHAR)`,
      }
    default:
      return { raw, value: word(column, field, raw, seen) }
  }
}

/** A text that says nothing is no value. */
function present({ name, sql, type }: Field, seen: Survey): string {
  if (type !== 'VARCHAR') return sql
  if (seen.nulls.has(name)) return `CASE WHEN ${sql} NOT IN ('', 'NULL', 'null') THEN ${sql} END`
  return seen.filled.has(name) ? sql : `nullif(${sql}, '')`
}

function word(column: Column, field: Field, raw: string, seen: Survey): string {
  if (field.type !== 'VARCHAR') return `CAST(${raw} AS VARCHAR)`
  return seen.words.has(column.name) ? allowedWord(column.name, raw) : raw
}

function amount(field: Field, raw: string, seen: Survey): Pick<Made, 'value' | 'unreadable'> {
  if (field.type === 'DOUBLE') return { value: decimalOfDouble(raw), unreadable: `NOT (abs(${raw}) < 1e21)` }
  const decimals = /^DECIMAL\(\d+,(\d+)\)$/.exec(field.type)?.[1]
  if ((decimals !== undefined && Number(decimals) <= 16) || /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(field.type)) {
    const value = `TRY_CAST(${raw} AS DECIMAL(38,16))`
    return { value, unreadable: `${raw} IS NOT NULL AND ${value} IS NULL` }
  }
  const text = field.type === 'VARCHAR' ? raw : `CAST(${raw} AS VARCHAR)`
  const digits = seen.digits.get(field.name)
  const value = digits ? decimalOfDigits(text, digits) : decimalOfText(text, seen.grouped.has(field.name))
  return { value, unreadable: `${raw} IS NOT NULL AND (${value}) IS NULL` }
}

function time(column: Column, field: Field, raw: string, seen: Survey): Pick<Made, 'value' | 'unreadable'> {
  const forms = seen.times.get(column.name)
  const value = forms
    ? timeOfText(raw, forms)
    : /^TIMESTAMP WITH TIME ZONE$/.test(field.type)
      ? inCentury(`(${raw} AT TIME ZONE 'UTC')`)
      : inCentury(`TRY_CAST(${raw} AS TIMESTAMP)`)
  return { value, unreadable: `${raw} IS NOT NULL AND (${value}) IS NULL` }
}

/** What a Cost and Usage Report does not say by one column. */
function ofReport(column: Column, binding: Binding, seen: Survey): Made | undefined {
  const text = (name: string): string => {
    const field = binding.fields.get(name)
    return field && !seen.empty.has(field.name) ? present(field, seen) : EMPTY.text
  }
  const made = (value: string): Made => ({ column, raw: value, value, field: column.name })
  switch (column.name) {
    case 'BilledCost':
      return billed(column, binding, seen)
    case 'ChargeCategory': {
      const cases = Object.entries(CATEGORY_OF_TYPE).map(([type, category]) => `WHEN '${type}' THEN '${category}'`)
      return made(`CASE ${text('x_LineItemType')} ${cases.join(' ')} ELSE 'Usage' END`)
    }
    case 'x_CostBasis': {
      const net = binding.fields.get('BilledCost')
      if (net && seen.full.has(net.name)) return made(`'net'`)
      return made(
        net && !seen.empty.has(net.name)
          ? `CASE WHEN ${present(net, seen)} IS NOT NULL THEN 'net' ELSE 'unblended' END`
          : `'unblended'`,
      )
    }
    case 'ServiceName': {
      const codes = ['x_ProductCode', 'x_ServiceCode'].filter((name) => binding.fields.has(name)).map(text)
      const code = codes.length === 0 ? EMPTY.text : firstOf(codes)
      return made(serviceOfCode(code, seen.services))
    }
    default:
      return undefined
  }
}

/** Net of discounts where the report carries that, else the unblended cost; separate discount rows are rows of their own. */
function billed(column: Column, binding: Binding, seen: Survey): Made {
  const [net, unblended] = ['BilledCost', 'x_UnblendedCost'].map((name) => binding.fields.get(name))
  const only = net && unblended ? undefined : (net ?? unblended)
  if (only) return { column, field: only.name, ...ofField(column, only, seen) }
  if (!net || !unblended) return { column, raw: EMPTY.amount, value: EMPTY.amount, field: column.name }
  if (seen.full.has(net.name)) return { column, field: net.name, ...ofField(column, net, seen) }
  if (seen.empty.has(net.name)) {
    // What cannot be read is told of the other column itself.
    const { raw, value } = ofField(column, unblended, seen)
    return { column, raw, value, field: net.name }
  }
  const [a, b] = [ofField(column, net, seen), ofField(column, unblended, seen)]
  const raw =
    net.type === unblended.type
      ? `coalesce(${a.raw}, ${b.raw})`
      : `coalesce(CAST(${a.raw} AS VARCHAR), CAST(${b.raw} AS VARCHAR))`
  // A net cost that cannot be read is no reason to bill the other.
  const value = `CASE WHEN ${a.raw} IS NOT NULL THEN ${a.value} ELSE ${b.value} END`
  return { column, raw, value, field: net.name, ...(a.unreadable ? { unreadable: a.unreadable } : {}) }
}

function firstOf(list: readonly string[]): string {
  return list.length === 1 ? (list[0] as string) : `coalesce(${list.join(', ')})`
}

/** What we have no column for, as a JSON object without empty values, keys in order. */
function otherValues({ others }: Binding, seen: Survey): { name: string; value: string; isEmpty: boolean } {
  const name = '_other'
  const sorted = others.filter((field) => !seen.empty.has(field.name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  if (sorted.length === 0) return { name, value: EMPTY.json, isEmpty: true }
  const isAny = sorted.map((field) => `${present(field, seen)} IS NOT NULL`).join(' OR ')
  const pairs = sorted.map((field) => `${literal(field.name)}, ${present(field, seen)}`)
  const value = `CAST(json_merge_patch('{}', json_object(${pairs.join(', ')})) AS VARCHAR)`
  return { name, value: `CASE WHEN ${isAny} THEN ${value} END`, isEmpty: false }
}
