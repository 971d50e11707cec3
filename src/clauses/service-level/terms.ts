import { z } from 'zod'
import {
  type Cell,
  type CellReader,
  holdsPhrase,
  plain,
  type ReadClause,
  type Row,
  type Side,
} from '../../agreement/index.ts'
import { durationSchema, measureSchema } from '../schemas.ts'
import { promiseInSentence } from './sentence.ts'
import { PENALTIES, penaltyOf, SUBJECTS, subjectOf, withDefaultComparison } from './subjects.ts'

/** A service level: metric, target, consequence, and how it is measured (SLE-1 to SLE-5). */
export const serviceLevelTerms = z.strictObject({
  metric: z.string(),
  subject: z.enum(SUBJECTS),
  target: measureSchema.optional(),
  priority: z.string().optional().describe('P1, Critical …'),
  response: durationSchema.optional(),
  resolution: durationSchema.optional(),
  penalty: z.enum(PENALTIES).optional(),
  penaltyText: z.string().optional(),
  formula: z.string().optional(),
  window: z.string().optional(),
  exclusions: z.string().optional(),
  source: z.string().optional(),
  component: z.string().optional().describe('the service it speaks of, when the row says'),
})

/** Terms of one service-level clause. */
export type ServiceLevelTerms = z.infer<typeof serviceLevelTerms>

const WINDOW =
  /\b(?:per|each|every|any|a|por|cada|en cada|al|durante el) (?:calendar |contract |rolling )?(?:month|quarter|year|mes|trimestre|ano)\b(?: calendario)?|\b(?:monthly|quarterly|annually|annual|yearly|mensual(?:es)?|trimestral(?:es)?|anual(?:es)?)\b/
// Sentences that say how something is measured or excluded are not targets, even with a number in them.
const ABOUT_MEASURING =
  /\b(?:measured|calculated|computed|excluded?|excludes|excluding|formula|means|defined|maintenance|reported|se mide|se calcula|medid[oa]s?|calculad[oa]s?|exclu\w+|significa|se entiende|mantenimiento|mantencion)\b/

/** SLE-1 to SLE-5: a row or line as a service level; undefined when it names no metric or states no target. */
export function fromRow(row: Row, read: CellReader): ReadClause<ServiceLevelTerms> | undefined {
  if (row.form !== 'row') return fromSentence(row, read) ?? fromLine(row, read)
  if (row.cells.priority && (row.cells.response || row.cells.resolution)) return fromPriority(row, read)
  const level = row.cells.level
  const component = read.text(row.cells.component)
  const metric = level ? level.column || 'Availability' : read.text(row.cells.metric)
  if (metric === undefined || (level && component === undefined)) return undefined
  const terms: ServiceLevelTerms = { metric, subject: level ? 'availability' : subjectOf(metric) }
  if (component !== undefined) terms.component = component
  const priority = read.text(row.cells.priority)
  if (priority !== undefined) terms.priority = priority
  readTarget(level ?? row.cells.target, read, terms)
  readMore(row, read, terms)
  const name = [component, level ? undefined : metric, priority].filter((each) => each !== undefined).join(' ')
  return named(level ? `${component} ${metric}` : name, level ? `${component}: ${metric}` : name, row, read, terms)
}

function named(
  key: string,
  title: string,
  row: Row,
  read: CellReader,
  terms: ServiceLevelTerms,
): ReadClause<ServiceLevelTerms> {
  const obligor = whoPromises(row, read)
  const beneficiary = obligor === 'partner' ? 'provider' : obligor === 'provider' ? 'partner' : 'both'
  return { key, title, force: 'obligation', obligor, beneficiary, terms }
}

function readTarget(cell: Cell | undefined, read: CellReader, terms: ServiceLevelTerms): void {
  const target = read.measure(cell)
  if (!target || !cell) return
  const unit =
    target.unit === 'count' && /\d\s*(?:ms|mseg|milisegundos|milliseconds)\b/i.test(cell.text) ? 'ms' : target.unit
  terms.target = withDefaultComparison({ ...target, unit }, cell.text, terms)
  const window = WINDOW.exec(plain(cell.text))?.[0]
  if (window) terms.window = window
}

function readMore(row: Row, read: CellReader, terms: ServiceLevelTerms): void {
  for (const role of ['formula', 'window', 'exclusions', 'source'] as const) {
    const text = read.text(row.cells[role])
    if (text !== undefined) terms[role] = text
  }
  const { penalty } = row.cells
  if (!penalty || penalty.text.trim() === '') return
  terms.penalty = penaltyOf(read.text(penalty))
  const text = read.text(penalty)
  if (text !== undefined) terms.penaltyText = text
}

/** SLE-4: one row of a priority table. */
function fromPriority(row: Row, read: CellReader): ReadClause<ServiceLevelTerms> | undefined {
  const priority = read.text(row.cells.priority)
  if (priority === undefined) return undefined
  const response = read.duration(row.cells.response)
  const resolution = read.duration(row.cells.resolution)
  const metric = read.text(row.cells.metric) ?? priority
  const terms: ServiceLevelTerms = { metric, subject: resolution ? 'resolution-time' : 'response-time', priority }
  if (response) terms.response = response
  if (resolution) terms.resolution = resolution
  const decisive = resolution ?? response
  if (decisive) terms.target = { comparison: 'at-most', value: decisive.amount, unit: decisive.unit }
  const component = read.text(row.cells.component)
  if (component !== undefined) terms.component = component
  readMore(row, read, terms)
  return named(priority, priority, row, read, terms)
}

/** SLE-5: "The provider shall keep platform availability at or above 99.7 % in each month". */
function fromSentence(row: Row, read: CellReader): ReadClause<ServiceLevelTerms> | undefined {
  const { text, value } = row.cells
  const spoken = text && !value ? promiseInSentence(text.text) : undefined
  if (!text || !spoken) return undefined
  const { metric } = spoken
  const terms: ServiceLevelTerms = { metric, subject: subjectOf(metric) }
  readTarget({ ...text, text: spoken.target }, read, terms)
  if (!terms.target) return undefined
  const clause = named(metric, metric, row, read, terms)
  const actor = spoken.actor === undefined ? undefined : read.side({ ...text, text: spoken.actor })
  if (actor !== 'partner' && actor !== 'provider') return clause
  return { ...clause, obligor: actor, beneficiary: actor === 'partner' ? 'provider' : 'partner' }
}

/** SLE-5: `Availability: 99.9 % monthly, service credit`. */
function fromLine(row: Row, read: CellReader): ReadClause<ServiceLevelTerms> | undefined {
  const { value, text } = row.cells
  const whole = text?.text ?? ''
  if (/^\s*(?:exclu|measure|formula|window|source|medici|fuente|ventana)/i.test(plain(row.label.text))) return undefined
  const body = value ?? text
  if (!body || !/\d/.test(body.text)) return undefined
  const byLabel = subjectOf(row.label.text)
  const known = byLabel === 'other' ? subjectOf(whole) : byLabel
  if (!value && (known === 'other' || whole.length > 160 || ABOUT_MEASURING.test(plain(whole)))) return undefined
  if (
    known === 'other' &&
    !/[%<>≥≤]|\bNPS\b|\b(?:hours?|minutes?|horas?|minutos?|days?|dias?|ms)\b/i.test(plain(body.text))
  )
    return undefined
  const metric = value ? row.label.text : whole
  const terms: ServiceLevelTerms = { metric, subject: known }
  const priority = /\b(?:P[1-5]|S[1-5]|[Ss]ev(?:erity|eridad)?\s?[1-5]|(?:[Pp]riority|[Pp]rioridad) [1-5])\b/.exec(
    metric,
  )?.[0]
  if (priority) terms.priority = priority
  readTarget(body, read, terms)
  if (!terms.target) return undefined
  const rest = plain(body.text)
  if (/credit|abono|bonifica|review|revision|penal|multa/.test(rest)) {
    terms.penalty = penaltyOf(body.text)
    terms.penaltyText = body.text
  }
  return named(metric, metric, row, read, terms)
}

// A managed service is what the partner sells; elsewhere the provider promises the levels, unless words name somebody.
function whoPromises(row: Row, read: CellReader): Side {
  const named = read.side(row.cells.owner)
  if (named && named !== 'none') return named
  // The outermost heading is the title, which names both sides or either.
  for (const heading of row.section.slice(row.section.length > 1 ? 1 : 0).reverse()) {
    const words = plain(heading)
    if (/\b(?:managed services?|servicios? (?:administrad|gestionad)os?)\b/.test(words)) return 'partner'
    const party = read.parties.find((each) => each.aliases.some((alias) => holdsPhrase(words, alias)))
    if (party) return party.side
    if (/\b(?:provider|supplier|vendor|proveedor)\b/.test(words)) return 'provider'
    if (/\b(?:partner|reseller|socio|integrador)\b/.test(words)) return 'partner'
  }
  return 'provider'
}
