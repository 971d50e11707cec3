import type { BulkEngine } from '../../evidence/index.ts'
import type { Binding, Field, Input } from './binding.ts'
import { type Digits, GROUPED, OFFSET, SHORT, type SlashOrder, TIME, type TimeForms } from './exact.ts'
import { ALLOWED, COLUMNS, type Column, quoted } from './terms.ts'

/** What was odd about a column, and how often. */
export interface Oddity {
  code: string
  field: string
  count: number
}

/** What had to be known of a file's texts before they can be read. */
export interface Survey {
  /** Fields in which NULL is written out. */
  nulls: Set<string>
  times: Map<string, TimeForms>
  /** Amounts with currency signs or separators, by field. */
  grouped: Set<string>
  /** Amounts that are bare digits all of them, by field. */
  digits: Map<string, Digits>
  /** Fields of text in which nothing is empty without being NULL. */
  filled: Set<string>
  /** Fields with a value in every row. */
  full: Set<string>
  /** Fields without any value. */
  empty: Set<string>
  /** Canonical columns whose words are not all cased as FOCUS writes them. */
  words: Set<string>
  /** Service codes of a Cost and Usage Report, the most frequent first. */
  services: string[]
  /** In how many rows a column that must be readable has a value, by canonical column. */
  given: Map<string, number>
  oddities: Oddity[]
}

const SLASHED = String.raw`\d{1,2}/\d{1,2}/(\d{2}|\d{4})( .*)?`
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`

/** Looks at the columns whose reading depends on how the file writes them: one pass over those alone. */
export async function survey(engine: BulkEngine, input: Input, binding: Binding): Promise<Survey> {
  const result: Survey = {
    nulls: new Set(),
    times: new Map(),
    grouped: new Set(),
    digits: new Map(),
    filled: input.filled ?? new Set(),
    full: input.full ?? new Set(),
    empty: input.empty ?? new Set(),
    words: new Set(),
    services: [],
    given: new Map(),
    oddities: [],
  }
  const asked = questions(input, binding)
  const [answer = {}] =
    asked.length === 0 ? [] : await engine.all<Record<string, string>>(`SELECT ${asked.join(', ')} FROM ${input.from}`)
  const count = (key: string): number => Number(answer[key] ?? 0)
  for (const field of input.fields) {
    const nulls = input.nulls?.get(field.name) ?? count(`null ${field.sql}`)
    if (nulls === 0) continue
    result.nulls.add(field.name)
    result.oddities.push({ code: 'literal-null', field: field.name, count: nulls })
  }
  readTimes(binding, count, result)
  readAmounts(binding, count, result)
  readDigits(input, binding, count, result)
  readWords(binding, count, result)
  for (const { name } of checked(binding)) {
    const field = binding.fields.get(name) as Field
    result.given.set(name, input.given?.get(field.name) ?? count(`given ${name}`))
  }
  const code =
    binding.layout === 'cur' ? (binding.fields.get('x_ProductCode') ?? binding.fields.get('x_ServiceCode')) : undefined
  if (code) {
    const found = await engine.all<{ code: string }>(
      `SELECT ${code.sql} AS code FROM ${input.from} WHERE ${code.sql} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 500`,
    )
    result.services.push(...found.map((each) => each.code))
  }
  return result
}

/** The bound columns whose values must be readable where there are any. */
export function checked(binding: Binding): Column[] {
  return COLUMNS.filter(
    ({ name, kind }) =>
      (kind === 'amount' || kind === 'time') &&
      binding.fields.has(name) &&
      // What a report bills has two columns; that every row has it says that they were read.
      !(binding.layout === 'cur' && name === 'BilledCost'),
  )
}

function isText(field: Field | undefined): field is Field {
  return field?.type === 'VARCHAR'
}

function questions(input: Input, binding: Binding): string[] {
  const asked: string[] = []
  const ask = (key: string, what: string): void => {
    asked.push(`${what} AS ${quoted(key)}`)
  }
  const isKnown = ({ name }: Field): boolean => input.ordinary?.has(name) === true || input.empty?.has(name) === true
  const money = binding.fields.get('x_UnblendedCost') ?? binding.fields.get('BilledCost')
  // A file whose costs are typed was not made from a CSV, and has no NULL in words.
  if (!input.nulls && isText(money)) {
    for (const field of input.fields.filter((each) => isText(each) && !input.empty?.has(each.name)))
      ask(`null ${field.sql}`, `count(*) FILTER (${field.sql} IN ('NULL', 'null'))`)
  }
  for (const { name, kind } of COLUMNS) {
    const field = binding.fields.get(name)
    if (!isText(field) || isKnown(field)) continue
    const x = field.sql
    if (kind === 'time') {
      const isIso = `regexp_full_match(${x}, '${ISO}')`
      const isSlashed = `regexp_full_match(${x}, '${SLASHED}')`
      const isOther = `NOT coalesce(${isIso}, true) AND ${x} NOT IN ('', 'NULL', 'null')`
      ask(`odd ${name}`, `count(*) FILTER (${isOther})`)
      ask(`offset ${name}`, `count(*) FILTER (${isOther} AND regexp_full_match(${x}, '${TIME}${OFFSET}'))`)
      ask(`slash ${name}`, `count(*) FILTER (${isSlashed})`)
      ask(
        `strange ${name}`,
        `count(*) FILTER (${isOther} AND NOT ${isSlashed} AND NOT regexp_full_match(${x}, '${TIME}(Z|${OFFSET})?'))`,
      )
      for (const [at, part] of ['first', 'second'].entries()) {
        const number = `TRY_CAST(split_part(${x}, '/', ${at + 1}) AS INTEGER)`
        ask(`${part} beyond ${name}`, `count(*) FILTER (${isSlashed} AND ${number} > 12)`)
        ask(`${part} not one ${name}`, `count(*) FILTER (${isSlashed} AND ${number} <> 1)`)
      }
    } else if (kind === 'amount') {
      ask(
        `grouped ${name}`,
        `count(*) FILTER ((strpos(${x}, ',') > 0 OR strpos(${x}, '$') > 0) AND regexp_full_match(trim(${x}), '${GROUPED}'))`,
      )
      if (!input.ordinary)
        for (const [at, { before, behind }] of SHORT.entries())
          ask(
            `beyond ${at} ${name}`,
            `count(*) FILTER (NOT regexp_full_match(${x}, '|[+-]?[0-9]{1,${before}}([.][0-9]{0,${behind}})?'))`,
          )
    }
  }
  for (const { name } of checked(binding)) {
    const field = binding.fields.get(name) as Field
    const isEmpty = isText(field) ? `${field.sql} IN ('', 'NULL', 'null')` : 'false'
    if (!input.given?.has(field.name) && !input.empty?.has(field.name))
      ask(`given ${name}`, `count(*) FILTER (${field.sql} IS NOT NULL AND NOT (${isEmpty}))`)
  }
  for (const column of [...Object.keys(ALLOWED), CURRENCY]) {
    const field = binding.fields.get(column)
    if (isText(field) && !isKnown(field))
      ask(`word ${column}`, `count(*) FILTER (${field.sql} <> ${allowedWord(column, field.sql)})`)
  }
  return asked
}

function readTimes(binding: Binding, count: (key: string) => number, result: Survey): void {
  const columns = COLUMNS.filter(({ kind, name }) => kind === 'time' && isText(binding.fields.get(name)))
  const total = (key: string, of: readonly { name: string }[]): number =>
    of.reduce((sum, { name }) => sum + count(`${key} ${name}`), 0)
  const periods = columns.filter(({ name }) => name.startsWith('BillingPeriod'))
  const slashes = slashOrder({
    firstBeyond: total('first beyond', columns),
    secondBeyond: total('second beyond', columns),
    firstNotOne: total('first not one', periods),
    secondNotOne: total('second not one', periods),
  })
  for (const { name } of columns) {
    const field = binding.fields.get(name) as Field
    const slashed = count(`slash ${name}`) > 0
    result.times.set(name, {
      offsets: count(`offset ${name}`) > 0,
      strange: count(`strange ${name}`) > 0,
      slashes: slashed ? slashes : undefined,
    })
    const odd = count(`odd ${name}`) - count(`strange ${name}`)
    if (odd > 0) result.oddities.push({ code: 'time-format', field: field.name, count: odd })
  }
}

/** Billing periods begin on the first of a month, which says what comes first in `5/1/25`; a number above twelve is a day. */
export function slashOrder(seen: {
  firstBeyond: number
  secondBeyond: number
  firstNotOne: number
  secondNotOne: number
}): SlashOrder | undefined {
  if (seen.firstBeyond > 0 && seen.secondBeyond > 0) return undefined
  if (seen.secondBeyond > 0) return 'month-first'
  if (seen.firstBeyond > 0) return 'day-first'
  if (seen.secondNotOne === 0 && seen.firstNotOne > 0) return 'month-first'
  if (seen.firstNotOne === 0 && seen.secondNotOne > 0) return 'day-first'
  return undefined
}

function readAmounts(binding: Binding, count: (key: string) => number, result: Survey): void {
  for (const { name, kind } of COLUMNS) {
    const field = binding.fields.get(name)
    const grouped = kind === 'amount' && field ? count(`grouped ${name}`) : 0
    if (!field || grouped === 0) continue
    result.grouped.add(field.name)
    result.oddities.push({ code: 'number-format', field: field.name, count: grouped })
  }
}

function readDigits(input: Input, binding: Binding, count: (key: string) => number, result: Survey): void {
  for (const { name, kind } of COLUMNS) {
    const field = kind === 'amount' ? binding.fields.get(name) : undefined
    if (!isText(field) || input.empty?.has(field.name)) continue
    const digits = input.ordinary
      ? input.ordinary.get(field.name)
      : SHORT.find((_, at) => count(`beyond ${at} ${name}`) === 0)
    if (digits) result.digits.set(field.name, digits)
  }
}

function readWords(binding: Binding, count: (key: string) => number, result: Survey): void {
  for (const column of [...Object.keys(ALLOWED), CURRENCY]) {
    const field = binding.fields.get(column)
    const odd = isText(field) ? count(`word ${column}`) : 0
    if (!field || odd === 0) continue
    result.words.add(column)
    result.oddities.push({ code: 'casing', field: field.name, count: odd })
  }
}

const CURRENCY = 'BillingCurrency'

/** SQL for the word as FOCUS allows it; a currency in capitals. */
export function allowedWord(column: string, x: string): string {
  if (column === CURRENCY)
    return `CASE WHEN regexp_full_match(trim(${x}), '[A-Za-z]{3}') THEN upper(trim(${x})) ELSE ${x} END`
  const cases = (ALLOWED[column] ?? []).map((word) => `WHEN '${word.toLowerCase()}' THEN '${word}'`)
  return `CASE lower(trim(${x})) ${cases.join(' ')} ELSE ${x} END`
}
