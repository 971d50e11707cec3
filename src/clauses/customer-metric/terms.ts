import { z } from 'zod'
import {
  type Cell,
  type CellReader,
  findPer,
  isCurrency,
  parseDate,
  plain,
  type ReadClause,
  type Row,
  type StatedDate,
} from '../../agreement/index.ts'
import { percentSchema, quantitySchema, statedDateSchema } from '../schemas.ts'

/** A business metric with its present value and its target (CUM-1 to CUM-3). */
export const customerMetricTerms = z.strictObject({
  metric: z.string(),
  subject: z.enum(['deployments', 'subscribers', 'revenue', 'average-size', 'other']),
  current: quantitySchema.optional(),
  target: quantitySchema.optional(),
  targetDate: statedDateSchema.optional().describe('from the row, or from the column header ("Target 2025")'),
  growth: percentSchema.optional(),
  per: z.enum(['month', 'quarter', 'year']).optional(),
})

/** Terms of one customer-metric clause. */
export type CustomerMetricTerms = z.infer<typeof customerMetricTerms>

type Quantity = NonNullable<CustomerMetricTerms['current']>
type Subject = CustomerMetricTerms['subject']

const AVERAGE = /\b(?:average|avg|mean|promedio|medi[oa]|tamano)\b/
// "Users per customer" is an average by its words, whatever it counts.
const PER_EACH =
  /\b(?:per|por|each|a|cada) (?:live |active )?(?:customer|client|deployment|instance|tenant|account|site|store|cliente|despliegue|instancia|cuenta|sitio|sede|tienda|empresa)\b/
const SUBJECTS: [Subject, RegExp][] = [
  ['revenue', /\b(?:revenues?|ingresos?|facturacion|billings?|mrr|arr|ventas|sales|turnover|recaudacion)\b/],
  [
    'subscribers',
    /\b(?:subscribers?|suscriptor(?:es)?|seats?|agents?|agentes?|users?|usuari[oa]s|puestos|asientos|abonad[oa]s|licen[cs]es?|licencias)\b/,
  ],
  ['deployments', /\b(?:deployments?|despliegues?|instances?|instancias|implementaciones|tenants?|implantaciones)\b/],
  [
    'deployments',
    /^(?:(?:total|number of|numero de|total de|cantidad de|live|active) )*(?:customers|clients|clientes|empresas cliente)(?: (?:live|active|activos|en produccion|en servicio|in production|in service))?$/,
  ],
]

/** CUM-2: what a metric's words are about. */
export function subjectOf(metric: string): Subject {
  const words = plain(metric)
    .replace(/[^a-z0-9 ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const found = SUBJECTS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other'
  if (found === 'subscribers' && PER_EACH.test(words)) return 'average-size'
  if (!AVERAGE.test(words)) return found
  return found === 'revenue' ? 'other' : 'average-size'
}

/** CUM-1 to CUM-3: a row or line as a customer metric; undefined when it names no metric or gives no value. */
export function fromRow(row: Row, read: CellReader): ReadClause<CustomerMetricTerms> | undefined {
  const metric = read.text(row.cells.metric)
  if (metric === undefined) return undefined
  const terms: CustomerMetricTerms = { metric, subject: subjectOf(metric) }
  if (row.form === 'row') {
    const current = quantity(row.cells.current, terms, read)
    if (current) terms.current = current
    const target = quantity(row.cells.target, terms, read)
    if (target) terms.target = target
    const growth = read.percentage(row.cells.growth)
    if (growth !== undefined) terms.growth = growth
    const date = targetDate(row, read)
    if (date) terms.targetDate = date
  } else if (!readLine(row, terms, read)) return undefined
  const per = /\bmrr\b/.test(plain(metric)) ? 'month' : /\barr\b/.test(plain(metric)) ? 'year' : findPer(metric)
  if (per && terms.subject === 'revenue') terms.per = per
  const force = row.cells.target || terms.target || terms.growth ? 'target' : 'statement'
  return { key: metric, title: metric, force, obligor: 'partner', beneficiary: 'both', terms }
}

/** A number with what it counts: money, per cent, or the word as written. */
function quantity(cell: Cell | undefined, terms: CustomerMetricTerms, read: CellReader): Quantity | undefined {
  const text = read.text(cell)
  if (!cell || text === undefined) return undefined
  if (/%/.test(text)) {
    const value = read.percentage(cell)
    return value === undefined ? undefined : { value, unit: 'percent' }
  }
  if (terms.subject === 'revenue' || namesCurrency(text)) {
    const money = read.money(cell)
    if (!money) return undefined
    const { amount, currency, sign } = money
    return { value: amount, unit: 'money', currency, ...(sign ? { sign } : {}) }
  }
  const value = read.number(cell)
  if (value === undefined) return undefined
  const word = FIRST_WORD.exec(text)?.[1]
  return { value, unit: word && !NO_UNIT.test(plain(word)) ? word : 'count' }
}

// The word right after the first number, past a magnitude: "12 thousand subscribers".
const FIRST_WORD =
  /^\D*\d[\d.,]*\s*(?:(?:k|mil|thousand|million(?:es)?|mill[oó]n)\b)?\s*(?:de\s+)?(\p{L}[\p{L}-]{2,})/iu
const NO_UNIT =
  /^(?:and|before|until|end|para|hasta|antes|por|per|currently|current|today|now|present|hoy|actual(?:mente)?|target|meta)$/

function namesCurrency(text: string): boolean {
  return /[$€£¥]|S\/|\bkr\b/.test(text) || (text.match(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g) ?? []).some(isCurrency)
}

/** CUM-3: the target's date: its own column, its words, its column's header, or a heading of targets. */
function targetDate(row: Row, read: CellReader): StatedDate | undefined {
  const own = row.cells.date && read.text(row.cells.date) !== undefined ? read.date(row.cells.date) : undefined
  if (own) return own
  const { target } = row.cells
  if (!target) return undefined
  const heading = row.section.at(-1) ?? ''
  const announced = /\b(?:targets?|goals?|objectives?|metas?|objetivos?)\b/.test(plain(heading)) ? heading : ''
  return dateInWords(target.text) ?? parseDate(target.column) ?? parseDate(announced)
}

// A bare "2000" is a value, not a year: inside a value a date needs a word before it or brackets around it.
function dateInWords(text: string): StatedDate | undefined {
  const match =
    /(?:\b(?:by|before|until|at the end of|end of|a|al|para|hasta|antes de|antes del|en|in)\s+|\()(.*(?:19|20)\d{2}.*)$/i.exec(
      text,
    )
  return match?.[1] ? parseDate(match[1]) : undefined
}

const ARROW = /\s*(?:→|->|=>|⇒)\s*/
const NOW = /\b(?:currently|current|today|now|present|presently|hoy|actual(?:mente)?|al dia de hoy)\b/
const AIM = /\b(?:target|goal|objective|aim|meta|objetivo|reach|alcanzar|llegar)\b/

/** CUM-1: `Active deployments: 25 today, target 75 by 31 December 2025`, `Subscribers: 3,800 → 12,000`. */
function readLine(row: Row, terms: CustomerMetricTerms, read: CellReader): boolean {
  const body = row.cells.value
  if (!body || row.label.text === row.cells.text?.text || !/\d/.test(body.text)) return false
  const parts = ARROW.test(body.text) ? body.text.split(ARROW) : body.text.split(/[,;](?!\d)\s*|\s+(?:y|and)\s+/)
  const arrow = ARROW.test(body.text) && parts.length === 2
  parts.forEach((text, at) => {
    const part = { ...body, text: text.trim() }
    const words = plain(text)
    const aims = arrow ? at === 1 : AIM.test(words)
    if (!/\d/.test(words) || (!arrow && !aims && !NOW.test(words) && parts.length > 1)) return
    const found = quantity(part, terms, read)
    if (found && aims && !terms.target) terms.target = found
    else if (found && !aims && !terms.current) terms.current = found
  })
  if (!terms.target && !(terms.current && terms.subject !== 'other')) return false
  const date = terms.target && dateInWords(body.text)
  if (date) terms.targetDate = date
  return true
}
