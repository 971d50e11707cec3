import { type Clause, parseDate, parseFrequency, plain, type StatedDate } from '../../agreement/index.ts'
import { certification } from '../../clauses/certification/index.ts'
import { customerMetric } from '../../clauses/customer-metric/index.ts'
import { documentControl } from '../../clauses/document-control/index.ts'
import { implementation } from '../../clauses/implementation/index.ts'
import { serviceLevel } from '../../clauses/service-level/index.ts'
import { standard } from '../../clauses/standard/index.ts'
import { addDays, addDuration, type IsoDate, type Span } from '../../language/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

interface State {
  clause: Clause
  at: Span
}

/** What the document says of itself: how far things are, what complies, how many there are at present. */
function declaredStates(context: CheckContext): State[] {
  const state = (clause: Clause, ...roles: string[]): State => {
    const role = roles.find((each) => clause.places[each] !== undefined)
    return { clause, at: (role !== undefined && clause.places[role]) || clause.span }
  }
  return [
    ...context
      .clauses(implementation)
      .filter(({ terms }) => terms.status !== undefined || terms.count !== undefined)
      .map((each) => state(each, 'status')),
    ...context
      .clauses(standard)
      .filter(({ terms }) => terms.status !== undefined)
      .map((each) => state(each, 'status')),
    ...context
      .clauses(customerMetric)
      .filter(({ terms }) => terms.current !== undefined)
      .map((each) => state(each, 'current')),
    ...context
      .clauses(certification)
      .filter(({ terms }) => terms.holders !== undefined)
      .map((each) => state(each, 'holders')),
  ].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
}

/** EVR-1: the document's next review is past (or a year has gone by since the last), so what it declares proves nothing more. */
export const declarationStale: Check = (context) => {
  const control = context.clauses(documentControl).filter(({ terms }) => terms.date !== undefined)
  const last = control.find(({ terms }) => terms.field === 'last-review')
  const next = control.find(({ terms }) => terms.field === 'next-review')
  const states = declaredStates(context)
  if (!last?.terms.date || states.length === 0) return []
  const known = lastDayOf(last.terms.date)
  const fresh = next?.terms.date
    ? lastDayOf(next.terms.date)
    : addDays(addDuration(known, { amount: '1', unit: 'year' }), -1)
  if (context.asOf <= fresh) return []
  const clause = next ?? last
  const at = clause.places.date ?? clause.places.value ?? clause.places.text ?? clause.span
  const params = { count: states.length, known: { date: known }, fresh: { date: fresh }, asOf: { date: context.asOf } }
  return [{ at, clause: clause.id, params }]
}

function lastDayOf(stated: StatedDate): IsoDate {
  if (stated.precision === 'day') return stated.date
  return addDays(addDuration(stated.date, { amount: '1', unit: stated.precision }), -1)
}

// Kinds whose promise is made in words; the others carry their measure in their columns.
const IN_WORDS = new Set(['provision', 'managed-service', 'activity', 'review', 'training', 'exit', 'service-level'])
const MOST_SHOWN = 6

/** EVR-2: obligations without a number, a date, a length of time or a frequency; one finding for all of them. */
export const noMeasure: Check = (context) => {
  const open = context.agreement.clauses.filter(
    (clause) => clause.force === 'obligation' && IN_WORDS.has(clause.kind) && !isMeasurable(clause, context),
  )
  const [first, ...others] = open
  if (!first) return []
  const related = others.slice(0, MOST_SHOWN).map((clause) => ({ span: clause.span, label: 'other' }))
  return [{ at: first.span, clause: first.id, params: { count: open.length }, related }]
}

function isMeasurable(clause: Clause, context: CheckContext): boolean {
  if (context.rules.find('measurement', clause.id) || context.rules.find('evidence-source', clause.id)) return true
  return clause.cells.some(
    (cell) => /\d/.test(cell.text) || parseFrequency(cell.text) || COUNTED.test(plain(cell.text)),
  )
}

const COUNTED =
  /\b(one|two|three|four|five|six|seven|each|every|all|no|never|always|uno?|una|dos|tres|cuatro|cinco|seis|siete|cada|tod[oa]s?|ningun[oa]?|nunca|siempre|immediately|inmediatamente|at once|on termination|a la terminacion)\b/

/** EVR-3: obligations and targets whose evidence source is named nowhere; one finding for each kind of clause. */
export const sourceMissing: Check = (context) => {
  const code = 'evidence-readiness/source-missing'
  const byKind = new Map<string, Clause[]>()
  for (const clause of context.agreement.clauses) {
    if (clause.force !== 'obligation' && clause.force !== 'target') continue
    if (!SOURCED.has(clause.kind) || namesSource(clause, context)) continue
    const same = byKind.get(clause.kind)
    if (same) same.push(clause)
    else byKind.set(clause.kind, [clause])
  }
  return [...byKind].flatMap(([kind, clauses]): Draft[] => {
    const [first] = clauses
    if (!first) return []
    const params = { count: clauses.length, kind: { word: `${code}.label.${kind}` }, id: kind }
    return [{ at: first.span, clause: first.id, params, operands: [kind] }]
  })
}

const SOURCED = new Set([
  'commitment',
  'service-level',
  'customer-metric',
  'growth-initiative',
  'certification',
  'training',
  'fund',
  'implementation',
  'standard',
  'managed-service',
  'residency',
  'responsibility',
  'accreditation',
  'exit',
  'activity',
  'review',
])

const SOURCE_COLUMN =
  /\b(source|evidence|measured by|record|system of record|report|fuente|evidencia|medid[oa] por|registro|informe)\b/

function namesSource(clause: Clause, context: CheckContext): boolean {
  if (context.rules.find('evidence-source', clause.id)) return true
  if (context.rules.find('measurement', clause.id)?.value?.source) return true
  if (clause.kind === serviceLevel.id && (clause.terms as { source?: string }).source) return true
  return clause.cells.some((cell) => SOURCE_COLUMN.test(plain(cell.column)) && cell.text.trim() !== '')
}

/** EVR-4: the document declares states and does not say as of when. */
export const documentUndated: Check = (context) => {
  const control = context.clauses(documentControl).map(({ terms }) => terms)
  if (control.some(({ field, date }) => field !== 'next-review' && date !== undefined && date.precision !== 'year'))
    return []
  const dated = datedElsewhere(context)
  const states = declaredStates(context).filter(
    ({ clause }) =>
      !dated.has(sectionOf(clause)) && !clause.cells.some((cell) => isAsOf(cell.column) || isAsOf(cell.text)),
  )
  const [first] = states
  return first ? [{ at: first.at, clause: first.clause.id, params: { count: states.length } }] : []
}

/** Sections whose heading or one of whose sentences says as of when they speak; the document's own heading counts for all. */
function datedElsewhere({ agreement }: CheckContext): Set<string> {
  const sections = new Set<string>()
  for (const clause of agreement.clauses) {
    const sentence = ['provision', 'unread'].includes(clause.kind) && clause.cells.some((cell) => isAsOf(cell.text))
    if (sentence || clause.section.some(isAsOf)) sections.add(sectionOf(clause))
  }
  return sections
}

function sectionOf(clause: Clause): string {
  return clause.section.join('\u0000')
}

const AS_OF =
  /\b(as of|as at|as on|status on|current|currently|present|actual|actuales|situacion al?|estado al?|cifras al?|datos al?|a fecha|vigente al?|al)\b/

// "Current (January 2025)", "Situación al 31 de diciembre de 2024"; a bare year says too little.
function isAsOf(text: string): boolean {
  if (!/\d{4}/.test(text)) return false
  const date = parseDate(text)
  return date !== undefined && date.precision !== 'year' && AS_OF.test(plain(text))
}
