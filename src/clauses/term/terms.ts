import { z } from 'zod'
import type { Cell, CellReader, ReadClause, Row } from '../../agreement/index.ts'
import { findPer, parseDate, parseDuration, plain, ruleValue, slug } from '../../agreement/index.ts'
import { amountSchema, durationSchema, statedDateSchema } from '../schemas.ts'

/** A row or line of the header: parties, dates, length, total, renewal, law. */
export const termTerms = z.strictObject({
  field: z.enum([
    'agreement-type',
    'parties',
    'effective-date',
    'duration',
    'end-date',
    'signature-date',
    'total-commitment',
    'renewal',
    'notice',
    'governing-law',
    'other',
  ]),
  label: z.string(),
  text: z.string(),
  date: statedDateSchema.optional(),
  duration: durationSchema.optional().describe('length of the term, of the renewal or of the notice'),
  amount: amountSchema.optional().describe('total commitment'),
  renews: z.enum(['automatically', 'by-agreement', 'expires']).optional(),
})

/** Terms of one term clause. */
export type TermTerms = z.infer<typeof termTerms>

type Field = TermTerms['field']

const FIELDS: readonly string[] = termTerms.shape.field.options

/** TRM-1: a key/value row, a `Label: value` line or a sentence as one or more term clauses; undefined when it is none. */
export function fromRow(row: Row, read: CellReader): ReadClause<TermTerms>[] | undefined {
  const value = row.cells.value ?? row.cells.text ?? row.all[1]
  if (row.field !== undefined && FIELDS.includes(row.field) && value) {
    const field = row.field as Field
    if (/^\s*$/.test(value.text)) return [clauseOf(field, row.label.text, value.text, {})]
    return labelledClauses(field, row.label.text, value, read)
  }
  if (row.form === 'row') return value ? [clauseOf('other', row.label.text, value.text, {})] : undefined
  return row.field === undefined ? fromSentence(row, read) : undefined
}

function labelledClauses(field: Field, label: string, value: Cell, read: CellReader): ReadClause<TermTerms>[] {
  const text = value.text
  switch (field) {
    case 'effective-date':
    case 'duration':
    case 'end-date': {
      const between = span(field, label, text)
      return between.length > 0 ? between : [clauseOf(field, label, text, single(field, value, read))]
    }
    case 'renewal':
      return [clauseOf(field, label, text, single(field, value, read)), ...noticeIn(label, text)]
    default:
      return [clauseOf(field, label, text, single(field, value, read))]
  }
}

// "Renews for a year unless 60 days' notice is given" states a notice, too.
function noticeIn(label: string, text: string): ReadClause<TermTerms>[] {
  const after = /\b(?:unless|notice|salvo|aviso|preaviso)\b.*/i.exec(text)?.[0]
  const before = /[^,;.]*\b(?:notice|aviso|preaviso)\b/i.exec(text)?.[0]
  const duration = after && before ? (parseDuration(after, '.') ?? parseDuration(before, '.')) : undefined
  return duration ? [clauseOf('notice', label, text, { duration })] : []
}

// "1 July 2023 to 30 June 2026" and "3 years from 1 July 2023" each say two things.
function span(field: Field, label: string, text: string): ReadClause<TermTerms>[] {
  const clauses: ReadClause<TermTerms>[] = []
  const [first, second] = text.split(
    /\s+(?:to|until|through|till|and|al?|hasta(?: el)?|y)\s+(?=[^.]*\d{4})|\s+[–—-]\s+(?=[^.]*\d{4})/i,
  )
  const [start, end] = [first && parseDate(first), second && parseDate(second)]
  const duration = parseDuration(text, '.')
  const dated = !start || !/\d{4}/.test(first ?? '') ? undefined : start
  if (dated && end) {
    clauses.push(
      clauseOf('effective-date', label, text, { date: dated }),
      clauseOf('end-date', label, text, { date: end }),
    )
    if (duration) clauses.push(clauseOf('duration', label, text, { duration }))
  } else if (duration && dated && dated.precision !== 'year') {
    const date = /\b(until|ending|through|expires?|hasta|termina|vence)\b/.test(plain(text))
      ? 'end-date'
      : 'effective-date'
    clauses.push(clauseOf('duration', label, text, { duration }), clauseOf(date, label, text, { date: dated }))
  }
  // The label's own field comes first, because its clause is the one that the row is named after.
  return clauses.sort((a, b) => Number(b.terms.field === field) - Number(a.terms.field === field))
}

function single(field: Field, value: Cell, read: CellReader): Partial<TermTerms> {
  switch (field) {
    case 'effective-date':
    case 'signature-date':
    case 'end-date':
      return given('date', /\d/.test(value.text) ? read.date(value) : undefined)
    case 'duration':
      return given('duration', isOpenEnded(value.text) ? undefined : read.duration(value))
    case 'notice':
      return given('duration', parseDuration(value.text, '.'))
    case 'total-commitment':
      return given('amount', read.money(value))
    case 'renewal':
      return renewalOf(value.text, read)
    default:
      return {}
  }
}

function isOpenEnded(text: string): boolean {
  return /\b(indefinit\w*|indefinid[oa]|evergreen|perpetu\w*|open-?ended|until terminated|hasta su termino)\b/.test(
    plain(text),
  )
}

function renewalOf(text: string, read: CellReader): Partial<TermTerms> {
  const renews = ruleValue('renewal', text, read)?.renews
  // "for 12 months, unless 90 days' notice": the renewal's own length stands before the notice.
  const own = /\b(?:for|of|periods?|por|periodos?|de)\b(.*)/i.exec(
    text.split(/\b(?:unless|salvo|notice|aviso)\b/i)[0] ?? '',
  )
  const duration = own?.[1] ? parseDuration(own[1], '.') : undefined
  return { ...given('renews', renews), ...given('duration', duration) }
}

function given<K extends keyof TermTerms>(key: K, value: TermTerms[K] | undefined): Partial<TermTerms> {
  return value === undefined ? {} : { [key]: value }
}

function clauseOf(field: Field, label: string, text: string, more: Partial<TermTerms>): ReadClause<TermTerms> {
  const terms: TermTerms = { field, label, text, ...more }
  const key = field === 'other' ? slug(label) : field
  const common = { key, title: label, terms }
  if (field === 'total-commitment' && more.amount && !findPerYear(text))
    return { ...common, force: 'obligation', obligor: 'partner', beneficiary: 'provider' }
  return { ...common, force: 'statement', obligor: 'none', beneficiary: 'none' }
}

// An amount for each year is no total.
function findPerYear(text: string): boolean {
  return findPer(text) !== undefined
}

const SENTENCES: { field: Field; words: RegExp }[] = [
  { field: 'governing-law', words: /\b(govern(ed|ing)|law of|laws of|se rige|se regira|esta regido|ley aplicable)\b/ },
  { field: 'parties', words: /\b(between|entre)\b.*\b(and|y|e)\b/ },
  {
    field: 'renewal',
    words:
      /\b(renew\w*|extend\w*|expires?|expirara|expira|vence|vencera|se renov\w*|renovad\w*|prorrog\w*|renovarse|prorrogarse|termina el)\b/,
  },
  { field: 'notice', words: /\b(notice|preaviso|aviso|desahuci\w*)\b/ },
  {
    field: 'duration',
    words: /\b(term of|lasts?|dura|duracion|vigencia de|plazo|runs? for|remains? in force|for a period)\b/,
  },
  {
    field: 'effective-date',
    words:
      /\b(effective|effect|commences?|into force|starts?|begins?|in force|rige|comienza|comenzara|entra en|entrara en|regira|vigente)\b/,
  },
]

/** A sentence such as "This Agreement takes effect on 1 July 2023 and runs for 3 years". */
function fromSentence(row: Row, read: CellReader): ReadClause<TermTerms>[] | undefined {
  const text = row.cells.text?.text ?? row.label.text
  const lower = plain(text)
  const found = SENTENCES.find(({ words }) => words.test(lower))
  if (!found) return undefined
  const { field } = found
  const title = text.length > 60 ? `${text.slice(0, 57)}…` : text
  if (field === 'duration' || field === 'effective-date') {
    const both = span(field, title, text)
    if (both.length > 0) return both
    const [date, duration] = [parseDate(text), parseDuration(text, '.')]
    if (duration && field === 'duration') return [clauseOf('duration', title, text, { duration })]
    if (date && date.precision !== 'year') return [clauseOf('effective-date', title, text, { date })]
    return duration ? [clauseOf('duration', title, text, { duration })] : undefined
  }
  if (field === 'renewal') return [clauseOf('renewal', title, text, renewalOf(text, read)), ...noticeIn(title, text)]
  return [clauseOf(field, title, text, field === 'notice' ? given('duration', parseDuration(text, '.')) : {})]
}
