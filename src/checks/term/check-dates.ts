import { type Clause, parseDate, plain, type StatedDate } from '../../agreement/index.ts'
import { provision } from '../../clauses/provision/index.ts'
import { type TermTerms, term } from '../../clauses/term/index.ts'
import { addDays, addDuration, type Duration, type IsoDate, type Span } from '../../language/index.ts'
import type { CheckContext } from '../room.ts'

/** A value of the header with the clause and the words that state it. */
export interface Stated<T> {
  value: T
  clause: Clause<TermTerms>
  at: Span
}

/** What the text says of the term; each part only when it could be read. */
export interface StatedTerm {
  effective?: Stated<StatedDate>
  signature?: Stated<StatedDate>
  duration?: Stated<Duration>
  end?: Stated<StatedDate>
}

const CALENDAR = new Set(['year', 'quarter', 'month', 'week', 'day'])

/** The dates and the length that the header states. */
export function statedTerm(context: CheckContext): StatedTerm {
  const clauses = context.clauses(term)
  const stated: StatedTerm = {}
  const effective = dateOf(clauses, 'effective-date')
  const signature = dateOf(clauses, 'signature-date')
  const end = dateOf(clauses, 'end-date') ?? endInDuration(clauses)
  const length = clauses.find((each) => each.terms.field === 'duration' && each.terms.duration)
  if (effective) stated.effective = effective
  if (signature) stated.signature = signature
  if (end) stated.end = end
  const duration = length?.terms.duration
  if (length && duration && CALENDAR.has(duration.unit))
    stated.duration = { value: duration, clause: length, at: valuePlace(length, 'duration') }
  return stated
}

function dateOf(clauses: readonly Clause<TermTerms>[], field: TermTerms['field']): Stated<StatedDate> | undefined {
  const clause = clauses.find((each) => each.terms.field === field && each.terms.date)
  const value = clause?.terms.date
  return clause && value ? { value, clause, at: valuePlace(clause, 'date') } : undefined
}

const UNTIL = /\b(?:until|till|through|ending(?: on)?|ends(?: on)?|hasta(?: el)?|termina(?: el)?|vence(?: el)?)\b(.*)$/

// "3 years, until 30 June 2026": the length states the end as well.
function endInDuration(clauses: readonly Clause<TermTerms>[]): Stated<StatedDate> | undefined {
  for (const clause of clauses) {
    if (clause.terms.field !== 'duration') continue
    const value = parseDate(UNTIL.exec(plain(clause.terms.text))?.[1] ?? '')
    if (value) return { value, clause, at: valuePlace(clause, 'duration') }
  }
  return undefined
}

/** The words of a value: an amending passage, the value's cell, or the whole clause. */
export function valuePlace(clause: Clause, name: string): Span {
  return clause.places[name] ?? clause.places.value ?? clause.places.text ?? clause.span
}

/** The last day that a stated date may mean. */
export function lastDayOf(stated: StatedDate): IsoDate {
  return stated.precision === 'day'
    ? stated.date
    : addDays(addDuration(stated.date, { amount: '1', unit: stated.precision }), -1)
}

/** The last day of the term, and the words that give it. */
export interface LastDay {
  date: IsoDate
  at: Span
  clause: string
}

/** The last day of the term in its latest reading; undefined when the text gives no end. */
export function lastDayOfTerm({ effective, duration, end }: StatedTerm): LastDay | undefined {
  const counted = effective && duration && addDays(addDuration(lastDayOf(effective.value), duration.value), -1)
  const stated = end && lastDayOf(end.value)
  if (stated && (!counted || stated >= counted)) return { date: stated, at: end.at, clause: end.clause.id }
  return counted ? { date: counted, at: duration.at, clause: duration.clause.id } : undefined
}

/** Whether the document is an agreement at all, and not only a header. */
export function hasClauses({ agreement }: CheckContext): boolean {
  return agreement.clauses.some((each) => !['term', 'document-control', 'unread'].includes(each.kind))
}

/** The document's first table, else its first heading, else its first line. */
export function topOf({ agreement }: CheckContext): Span {
  const { headings, file } = agreement
  const top = headings.find((each) => each.form === 'columns') ?? headings[0]
  const cells = top?.columns
  const [first, last] = [cells?.[0]?.span, cells?.at(-1)?.span]
  if (first && last) return { ...first, endLine: last.endLine, endColumn: last.endColumn }
  return top?.span ?? { file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

/** Plain texts of the header and of loose sentences, each with its clause; what nobody understood counts too. */
export function sentences(context: CheckContext): { clause: Clause; text: string }[] {
  const spoken = context.agreement.clauses.filter((each) => SPOKEN.has(each.kind))
  return spoken.map((clause) => ({ clause, text: plain(clause.cells.map((cell) => cell.text).join(' ')) }))
}

const SPOKEN = new Set([term.id, provision.id, 'definition', 'rule', 'unread'])
