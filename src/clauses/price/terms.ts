import { z } from 'zod'
import {
  type Cell,
  type CellReader,
  findPer,
  namesTotal,
  plain,
  type ReadClause,
  type Row,
  ruleValue,
} from '../../agreement/index.ts'
import { amountSchema, decimalSchema, percentSchema } from '../schemas.ts'
import { unitsIn } from './units.ts'

/** A service's pricing model with its estimate or price, or a total row (PRI-1 to PRI-5). */
export const priceTerms = z.strictObject({
  service: z.string(),
  model: z.string().optional(),
  monthly: amountSchema.optional().describe('estimated or agreed amount a month'),
  annual: amountSchema.optional().describe('stated amount a year'),
  units: z.array(z.string()).optional().describe('units that the model charges by: minute, GB, port, subscriber'),
  unitPrice: amountSchema.optional(),
  rates: z
    .array(z.strictObject({ unit: z.string(), amount: decimalSchema, currency: z.string().optional() }))
    .optional()
    .describe('several rates of one service, each by its own unit'),
  quantity: decimalSchema.optional(),
  amount: amountSchema.optional().describe('line amount of unit price times quantity, of no stated period'),
  discount: percentSchema.optional(),
  estimate: z.boolean().optional().describe('the column or the words call it an estimate'),
  total: z.boolean().optional().describe('a total row'),
})

/** Terms of one price clause. */
export type PriceTerms = z.infer<typeof priceTerms>

type Money = NonNullable<ReturnType<CellReader['money']>>
type MoneyRole = 'monthly' | 'annual' | 'unitPrice' | 'amount'

const MONEY_ROLES = ['monthly', 'annual', 'unitPrice', 'amount'] as const
const ESTIMATE =
  /\b(?:est|estim\w*|approx\w*|aprox\w*|indicative|indicativ[oa]s?|forecast|project(?:ed|ion)|proyect\w+|previst[oa]s?|expected|esperad[oa]s?|referencial(?:es)?|budgetary|run rate)\b/

/** PRI-1 to PRI-5: a row or line as a price; undefined when it names no service or, outside a table, no amount. */
export function fromRow(row: Row, read: CellReader): ReadClause<PriceTerms> | undefined {
  const named = read.text(row.cells.service)
  if (named === undefined) return undefined
  const service = row.form === 'row' || row.cells.value ? named : serviceIn(named)
  const terms: PriceTerms = { service }
  readMoney(row, read, terms)
  if (row.form === 'row') readPlainCells(row, read, terms)
  else if (!hasMoney(terms)) return undefined
  const model = row.form === 'row' ? read.text(row.cells.model) : modelOfLine(row, named)
  if (model !== undefined) terms.model = model
  // "USD 25 per seat" may stand in the column of monthly amounts.
  const perUnit = terms.unitPrice && !row.cells.unitPrice ? row.cells.monthly : undefined
  const units = unitsIn([
    row.cells.model,
    row.cells.unitPrice,
    row.cells.unitPrice && header(row.cells.unitPrice),
    perUnit,
  ])
  if (units.length > 0) terms.units = units
  if (isEstimate(row)) terms.estimate = true
  const common = { key: service, title: service, obligor: 'partner', beneficiary: 'provider', terms } as const
  if (namesTotal(service) || sumsUp(row)) {
    terms.total = true
    return { ...common, force: 'statement' }
  }
  return { ...common, force: terms.estimate ? 'estimate' : 'obligation' }
}

// "Network links are billed at EUR 700 a month": the service is what stands before the verb.
const BILLED =
  /^(?:the |el |la |los |las )?(.{2,60}?)\s+(?:se (?:presupuesta|factura|cobra|estima|paga|cotiza|valora)n?|cuestan?|tienen? un (?:precio|costo|coste|valor)|costs?|(?:is|are) (?:priced|billed|charged|budgeted|estimated|invoiced|quoted))(?![\p{L}])/iu

function serviceIn(sentence: string): string {
  return BILLED.exec(sentence)?.[1] ?? sentence
}

function hasMoney(terms: PriceTerms): boolean {
  return MONEY_ROLES.some((role) => terms[role] !== undefined)
}

function header(cell: Cell): Cell {
  return { ...cell, text: cell.column }
}

function readPlainCells(row: Row, read: CellReader, terms: PriceTerms): void {
  const { quantity: count, discount: rebate } = row.cells
  const quantity = read.number(count)
  if (quantity !== undefined) terms.quantity = quantity
  const discount = read.percentage(rebate)
  if (discount !== undefined) terms.discount = discount
}

/** Puts each amount where its words say: a month, a year, a unit, or none of them. */
function readMoney(row: Row, read: CellReader, terms: PriceTerms): void {
  for (const role of MONEY_ROLES) {
    const cell = row.cells[role]
    // "Per minute" or "As listed" under a price is a basis of charge, not a broken amount.
    if (!cell || !/\d/.test(cell.text)) continue
    const rates = role === 'unitPrice' ? severalRates(cell.text, read) : undefined
    if (rates) {
      terms.rates = rates
      continue
    }
    const money = read.money(cell)
    if (!money) continue
    const target = meantRole(role, cell, money, row)
    if (terms[target] !== undefined) continue
    const monthlyRate = target === 'unitPrice' && role === 'monthly' && row.form === 'row'
    if (target === 'monthly' || target === 'annual') terms[target] = bare(money)
    else terms[target] = monthlyRate ? { ...money, per: 'month' } : money
  }
}

// "USD 0.08 per node-hour and USD 0.03 per GB": two rates, neither of which is the price.
function severalRates(text: string, read: CellReader): PriceTerms['rates'] {
  const rates = ruleValue('rate', text.replace(/\s+(?:and|plus|y|más|\+)\s+/gi, '; '), read)?.rates ?? []
  return rates.length > 1 ? rates.map((rate) => ({ ...rate })) : undefined
}

// "At these volumes the charges are EUR 3,000 a month": a sentence that sums rows up prices no service.
function sumsUp(row: Row): boolean {
  return row.form !== 'row' && !row.cells.value && SUMS.test(plain(row.cells.text?.text ?? ''))
}

const SUMS =
  /\b(?:charges|amounts|prices|costs|fees|rows|lines|estimates|sum|total|cargos|montos|importes|precios|costos|filas|estimaciones|suma)\b[^.;]{0,40}\b(?:are|is|comes? to|amounts? to|sums? to|adds? up to|totals?|reach(?:es)?|son|es|suman?|asciende[n]?|totalizan?|alcanzan?)\b/

function bare({ per: _, ...money }: Money): Money {
  return money
}

function meantRole(role: MoneyRole, cell: Cell, money: Money, row: Row): MoneyRole {
  const around = row.form === 'row' ? cell.text : restAfter(cell, row)
  const per = money.per ?? findPer(row.form === 'row' ? cell.column : around)
  const byUnit = unitsIn([{ ...cell, text: around }]).length > 0
  if (byUnit && role !== 'annual') return 'unitPrice'
  if (row.form === 'row' && (role === 'monthly' || role === 'annual')) {
    return money.per === 'year' ? 'annual' : money.per === 'month' ? 'monthly' : role
  }
  if (role === 'unitPrice' && row.form === 'row' && (row.cells.quantity || unitsIn([header(cell)]).length > 0))
    return role
  if (per === 'month') return 'monthly'
  if (per === 'year') return 'annual'
  return row.form === 'row' ? role : 'amount'
}

// In a line, what follows an amount up to the next one says what it is for.
function restAfter(cell: Cell, row: Row): string {
  const text = row.cells.text?.text ?? cell.text
  const at = text.indexOf(cell.text)
  const rest = at < 0 ? '' : text.slice(at + cell.text.length)
  const next = MONEY_ROLES.map((role) => row.cells[role])
    .filter((other) => other !== undefined && other !== cell)
    .map((other) => rest.indexOf((other as Cell).text))
    .filter((place) => place >= 0)
  return rest.slice(0, Math.min(rest.length, ...next))
}

function modelOfLine(row: Row, service: string): string | undefined {
  const text = row.cells.value?.text
  return text !== undefined && text !== service && unitsIn([row.cells.value]).length > 0 ? text : undefined
}

function isEstimate(row: Row): boolean {
  const amounts = MONEY_ROLES.flatMap((role) => row.cells[role] ?? [])
  const words = amounts.map((cell) => `${cell.column} ${cell.text}`)
  const heading = row.section.at(-1) ?? ''
  const line = row.form === 'row' ? (row.cells.model?.text ?? '') : (row.cells.text?.text ?? '')
  return [...words, heading, line].some((text) => ESTIMATE.test(plain(text)))
}
