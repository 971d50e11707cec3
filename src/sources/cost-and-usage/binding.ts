import type { Digits } from './exact.ts'
import { COLUMNS, type Layout, plainName, quoted } from './terms.ts'

/** A column of a file. */
export interface Field {
  /** As the file writes it. */
  name: string
  /** Its identifier in SQL. */
  sql: string
  /** DuckDB's type; VARCHAR for all columns of a CSV. */
  type: string
}

/** A file as a table that can be read more than once. */
export interface Input {
  /** SQL after FROM. */
  from: string
  /** SQL for the 1-based row. */
  row: string
  fields: Field[]
  /** Rows that the table has. */
  rows: number
  /** How often each field says NULL in words, when that was counted already. */
  nulls?: Map<string, number>
  /** In how many rows a field has a value, when that is known already. */
  given?: Map<string, number>
  /** Texts that are known to be written as they should be, by field; amounts with the digits that they need. */
  ordinary?: Map<string, Digits>
  /** Fields of text that are known to hold no empty one. */
  filled?: Set<string>
  /** Fields that are known to have a value in every row. */
  full?: Set<string>
  /** Fields that are known to have no value at all. */
  empty?: Set<string>
}

/** Which field of a file is which canonical column. */
export interface Binding {
  layout: Layout
  /** By canonical name. */
  fields: Map<string, Field>
  /** Columns that we do not know; kept in `_other`. */
  others: Field[]
  /** Columns whose names are written otherwise than they should be. */
  respelt: string[]
  /** Names that stand for one column twice. */
  twice: string[]
  /** Needed columns that the file does not have, by their name in this layout. */
  missing: string[]
}

const FOCUS_SIGNS = ['BilledCost', 'BillingPeriodStart', 'ChargePeriodStart', 'EffectiveCost', 'ChargeCategory']
const CUR_SIGNS = [
  'line_item_unblended_cost',
  'line_item_net_unblended_cost',
  'bill_billing_period_start_date',
  'line_item_line_item_type',
]
const CUR_TYPES = ['line_item_usage_start_date', 'line_item_usage_account_id', 'bill_payer_account_id']

/** Which layout a header has; undefined when it is no bill's. */
export function layoutOf(names: readonly string[]): Layout | undefined {
  const found = new Set(names.map(plainName))
  const count = (signs: readonly string[]): number => signs.filter((sign) => found.has(plainName(sign))).length
  if (count(FOCUS_SIGNS) >= 3) return 'focus'
  return count([...CUR_SIGNS, ...CUR_TYPES]) >= 4 ? 'cur' : undefined
}

/** Finds the canonical columns among those of a file, in any order and casing. */
export function bind(fields: readonly Field[], layout: Layout): Binding {
  const binding: Binding = { layout, fields: new Map(), others: [], respelt: [], twice: [], missing: [] }
  const names = new Map<string, { column: string; spelt: string }>()
  for (const { name, focus, cur } of COLUMNS) {
    // Our own names are read from a report of either layout, so that what we wrote can be read again.
    for (const spelt of layout === 'cur' ? (cur ? [cur] : []) : [name, ...focus])
      names.set(plainName(spelt), { column: name, spelt })
  }
  for (const field of fields) {
    const known = names.get(plainName(field.name))
    if (!known) {
      binding.others.push(field)
      continue
    }
    if (binding.fields.get(known.column)) {
      const isRenamed = COLUMNS.find((each) => each.name === known.column)?.focus.includes(known.spelt)
      if (isRenamed) binding.others.push(field)
      else binding.twice.push(field.name)
      continue
    }
    binding.fields.set(known.column, field)
    if (field.name.trim() !== known.spelt && !isLegacy(field.name)) binding.respelt.push(field.name)
  }
  binding.missing = missingFrom(binding)
  return binding
}

// `lineItem/UnblendedCost`: how the older report writes the same names.
function isLegacy(name: string): boolean {
  return /^[a-zA-Z]+\/[A-Za-z]+$/.test(name)
}

// A report bills by the net cost, or by the unblended one where it has no net one.
function missingFrom({ fields, layout }: Binding): string[] {
  return COLUMNS.filter(({ name, needed }) => {
    if (!needed || fields.has(name)) return false
    return !(layout === 'cur' && name === 'BilledCost' && fields.has('x_UnblendedCost'))
  }).map(({ name, cur }) => (layout === 'focus' ? name : name === 'BilledCost' ? UNBLENDED : (cur ?? name)))
}

const UNBLENDED = 'line_item_unblended_cost'

/** The fields of a CSV header, with an identifier each. */
export function textFields(names: readonly string[]): Field[] {
  return names.map((name, at) => ({ name, sql: quoted(`c${at}`), type: 'VARCHAR' }))
}
