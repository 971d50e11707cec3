import { type Clause, parseDate, plain } from '../../agreement/index.ts'
import { type FundTerms, fund } from '../../clauses/fund/index.ts'
import { type GrowthInitiativeTerms, growthInitiative } from '../../clauses/growth-initiative/index.ts'
import { term } from '../../clauses/term/index.ts'
import { addDays, addDuration, exact, type IsoDate, type Span } from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { byTable, cellOf, columnOf, placeOf, remarksOf, saidBeside, wordsOf } from '../tables.ts'

type Fund = Clause<FundTerms>
type Initiative = Clause<GrowthInitiativeTerms>

// A year, a quarter, the whole term, or one use: whatever bounds the amount.
const PERIOD =
  /\b(?:19|20)\d{2}\b|\b(?:per|each|every|a|one) (?:contract |calendar |fiscal )?(?:year|quarter|month|event|deal|opportunity|customer|project|half-year)\b|\b(?:yearly|annual|annually|quarterly|monthly|half-yearly|one-?off|one-?time|once|lump sum|(?:whole|full|entire|over the|for the|during the) (?:term|period|agreement))\b|\b(?:por|al|cada|a[l]?) (?:ano|trimestre|mes|semestre|evento|oportunidad|cliente|proyecto)\b|\b(?:anual\w*|trimestral\w*|mensual\w*|semestral\w*|por una vez|por unica vez|unico|unica|una sola vez|(?:toda la|durante la|por la|en la) (?:vigencia|duracion)|vigencia del)\b|\/ ?(?:year|yr|quarter|month|ano|mes|trimestre)\b/

/** FND-1: an amount without the period that it is for; one finding per table, at its column when all rows lack it. */
export function periodUndefined(context: CheckContext): Draft[] {
  const isSaidBeside = saidBeside(context.agreement, (text) => saysPeriod([text]))
  return byTable(context.agreement, context.clauses(fund)).flatMap((table) => {
    const rows = table.clauses.filter((clause) => clause.terms.funding && !clause.terms.total)
    const column = columnOf(table, 'funding')
    if (saysPeriod([column?.text, table.clauses[0]?.section.at(-1)])) return []
    const open = rows.filter((clause) => !isSaidBeside(clause) && !hasPeriod(clause, context))
    const [first] = open
    if (!first) return []
    const at = open.length === rows.length && column ? column.span : placeOf(first, 'funding')
    return [perTable(at, first, open, { programme: first.terms.programme, amount: exact(first.terms.funding ?? ZERO) })]
  })
}

const ZERO = { amount: '0', currency: 'XXX' }

function saysPeriod(texts: readonly (string | undefined)[]): boolean {
  return texts.some((text) => text !== undefined && PERIOD.test(plain(text)))
}

function hasPeriod(clause: Fund, context: CheckContext): boolean {
  if (clause.terms.funding?.per || context.rules.find('fund-period', clause.id)) return true
  const period = cellOf(clause, 'period')?.text ?? ''
  if (/\p{L}/u.test(period)) return true
  const remarks = remarksOf(clause).map((cell) => cell.text)
  return saysPeriod([cellOf(clause, 'funding')?.text, clause.terms.activities, ...remarks])
}

/** One finding for all rows of a table; the other rows are its further places. */
function perTable(at: Span, first: Clause, open: readonly Clause[], params: NonNullable<Draft['params']>): Draft {
  const others = open.filter((each) => each !== first || at.line !== first.span.line)
  return {
    at,
    clause: first.id,
    params: { ...params, count: open.length },
    related: others.map((each) => ({ span: each.span, label: 'row', params: { name: each.title } })),
  }
}

const CLAIMS =
  /\b(?:claim\w*|reimburs\w*|match\w*|proof|receipts?|invoices?|pre-?approv\w*|evidence of|rendicion\w*|rendir\w*|rendid\w*|reembols\w*|reclam\w*|comprobante\w*|facturas?|boletas?|contraparte|cofinanci\w*|solicitud de (?:pago|fondos))\b/

/** FND-2: nothing says until when, against what proof or with what share of its own a fund is claimed; one per table. */
export function claimRulesUndefined(context: CheckContext): Draft[] {
  const isSaidBeside = saidBeside(context.agreement, (text) => CLAIMS.test(plain(text)))
  return byTable(context.agreement, context.clauses(fund)).flatMap((table) => {
    const rows = table.clauses.filter((clause) => !clause.terms.total)
    const [first] = rows
    if (!first || table.columns.some((column) => CLAIMS.test(plain(column.text)))) return []
    const settled = rows.some((clause) => {
      const { claimBy, share } = clause.terms
      if (claimBy || share || context.rules.find('claim-rules', clause.id)) return true
      return CLAIMS.test(plain(wordsOf(clause)))
    })
    if (settled || isSaidBeside(first)) return []
    const column = columnOf(table, 'programme')
    return [perTable(column?.span ?? placeOf(first, 'programme'), first, rows, {})]
  })
}

const YEAR = /\b(?:19|20)\d{2}\b/
const EXPECTS = /\b(?:expected|arr|results?|initiatives?|due|reached|esperad\w*|iniciativas?|resultados?|alcanz\w*)\b/

/** FND-3: expected results without a date; one finding per table, at its column when all rows lack it. */
export function initiativeUndated(context: CheckContext): Draft[] {
  const isSaidBeside = saidBeside(context.agreement, (text) => EXPECTS.test(plain(text)) && YEAR.test(text))
  return byTable(context.agreement, context.clauses(growthInitiative)).flatMap((table) => {
    const rows = table.clauses.filter((clause) => clause.terms.expected && !clause.terms.total)
    const column = columnOf(table, 'expected')
    if (YEAR.test(`${column?.text ?? ''} ${table.clauses[0]?.section.at(-1) ?? ''}`)) return []
    const open = rows.filter((clause) => !isSaidBeside(clause) && !isDated(clause, context))
    const [first] = open
    if (!first) return []
    const at = open.length === rows.length && column ? column.span : placeOf(first, 'expected')
    const params = { initiative: first.terms.initiative, amount: exact(first.terms.expected ?? ZERO) }
    return [perTable(at, first, open, params)]
  })
}

function isDated(clause: Initiative, context: CheckContext): boolean {
  if (clause.terms.date || context.rules.find('initiative-date', clause.id)?.value?.date) return true
  if (context.rules.find('target-date', clause.id)?.clause) return true
  return YEAR.test(clause.cells.map((cell) => `${cell.text} ${cell.column}`).join(' '))
}

const OWNED =
  /\b(?:owner|owned|invest(?:s|ed)? by|paid by|funded by|lead|led by|sponsor|responsible|responsable|a cargo de|lider\w*|financiad\w*|invierte|pagad\w*|aporta\w*|patrocina\w*)\b/

/** FND-4: nothing says who invests in an initiative and who answers for it; one finding per table. */
export function initiativeOwnerMissing(context: CheckContext): Draft[] {
  const isSaidBeside = saidBeside(context.agreement, (text) => OWNED.test(plain(text)))
  return byTable(context.agreement, context.clauses(growthInitiative)).flatMap((table) => {
    const open = table.clauses.filter((clause) => {
      const { owner, total } = clause.terms
      return !total && owner === undefined && !context.rules.find('initiative-date', clause.id)?.value?.owner
    })
    const [first] = open
    if (!first || table.columns.some((column) => OWNED.test(plain(column.text)))) return []
    if (isSaidBeside(first) || table.clauses.some((each) => OWNED.test(plain(wordsOf(each))))) return []
    const column = columnOf(table, 'initiative')
    return [perTable(column?.span ?? placeOf(first, 'initiative'), first, open, {})]
  })
}

/** FND-5: the last day to claim lies after the end of the term. */
export function claimAfterTerm(context: CheckContext): Draft[] {
  const end = termEnd(context)
  if (!end) return []
  return context.clauses(fund).flatMap((clause): Draft[] => {
    const rule = context.rules.find('claim-rules', clause.id)
    const ruled = rule?.clause === clause.id ? parseDate(rule.value?.deadline ?? '')?.date : undefined
    const deadline = clause.terms.claimBy?.date ?? ruled
    if (deadline === undefined || deadline <= end.last) return []
    const params = { programme: clause.terms.programme, deadline: { date: deadline }, end: { date: end.last } }
    const related = [{ span: end.at, label: 'end', params: { end: { date: end.last } } }]
    const at = clause.terms.claimBy || !rule ? placeOf(clause, 'claimBy', 'funding') : rule.span
    return [{ at, clause: clause.id, params, related }]
  })
}

/** The last day of the term and where that is said. */
function termEnd(context: CheckContext): { last: IsoDate; at: Span } | undefined {
  const clauses = context.clauses(term)
  const stated = clauses.find(({ terms }) => terms.field === 'end-date' && terms.date?.precision === 'day')
  if (stated?.terms.date) return { last: stated.terms.date.date, at: placeOf(stated, 'value') }
  const start = clauses.find(({ terms }) => terms.field === 'effective-date')?.terms.date
  const length = clauses.find(({ terms }) => terms.field === 'duration' && terms.duration)
  if (start?.precision !== 'day' || !length?.terms.duration) return undefined
  return { last: addDays(addDuration(start.date, length.terms.duration), -1), at: placeOf(length, 'value') }
}
