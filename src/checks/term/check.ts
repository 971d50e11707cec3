import type { Clause, StatedDate } from '../../agreement/index.ts'
import { commitment } from '../../clauses/commitment/index.ts'
import { term } from '../../clauses/term/index.ts'
import { addDays, addDuration, type Duration, decimal, type IsoDate } from '../../language/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'
import { hasClauses, lastDayOf, lastDayOfTerm, sentences, statedTerm, topOf, valuePlace } from './check-dates.ts'

const MISSING = 'term/missing-field'

/** TRM-1: no parties, no effective date, no duration; one finding for each. A cell that is there but unreadable is another check's. */
export const missingField: Check = (context) => {
  if (!hasClauses(context)) return []
  const missing = [
    ...(context.agreement.parties.length < 2 ? ['parties'] : []),
    ...(saysWhenItBegins(context) ? [] : ['effective-date']),
    ...(saysHowLong(context) ? [] : ['duration']),
  ]
  const named = context.clauses(term).find((each) => each.terms.field === 'parties')
  return missing.map((field): Draft => {
    const at = field === 'parties' && named ? valuePlace(named, 'text') : topOf(context)
    return { at, params: { field: { word: `${MISSING}.label.${field}` } }, operands: [field] }
  })
}

const BEGINS =
  /\b(effective|in force|takes effect|commenc\w+|begins|starts|desde|a partir del?|inicia|comienza|rige|vigente|vigencia)\b.*\b(19|20)\d\d\b/
const LASTS =
  /\b(term|duration|period|runs?|remains?|lasts?|valid\w*|plazo|vigencia|duracion|dura|vigente|regira)\b.*\b(\d+|one|two|three|four|five|uno?|dos|tres|cuatro|cinco)\W+(\d+\W+)?(years?|months?|anos?|meses)\b/
const ENDLESS =
  /\b(indefinite|indefinitely|evergreen|until terminated|no fixed term|indefinid[oa]|sin plazo fijo|hasta su termino)\b/

function saysWhenItBegins(context: CheckContext): boolean {
  const fields = context.clauses(term).map(({ terms }) => terms)
  if (fields.some(({ field, text }) => field === 'effective-date' && text.trim() !== '')) return true
  if (fields.some(({ field, text }) => field === 'duration' && /\b(19|20)\d\d\b/.test(text))) return true
  return sentences(context).some(({ text }) => BEGINS.test(text))
}

function saysHowLong(context: CheckContext): boolean {
  const fields = context.clauses(term).map(({ terms }) => terms)
  if (fields.some(({ field, text }) => (field === 'duration' || field === 'end-date') && text.trim() !== ''))
    return true
  return sentences(context).some(
    ({ clause, text }) => clause.kind !== 'unread' && aboutAgreement(text) && (LASTS.test(text) || ENDLESS.test(text)),
  )
}

const AGREEMENT = /\b(agreement|contract|term|convenio|contrato|acuerdo|plazo|vigencia)\b/

function aboutAgreement(text: string): boolean {
  return AGREEMENT.test(text)
}

/** TRM-2: the stated end is neither the last day of the term nor its anniversary. */
export const endMismatch: Check = (context) => {
  const { effective, duration, end } = statedTerm(context)
  if (!effective || !duration || !end || effective.value.precision === 'year') return []
  const last = addDays(addDuration(effective.value.date, duration.value), -1)
  if (fits(end.value, effective.value, duration.value)) return []
  const params = {
    stated: end.clause.terms.text,
    effective: { date: effective.value.date },
    duration: duration.value,
    last: { date: last },
  }
  const related = [
    { span: effective.at, label: 'effective' },
    ...(end.clause === duration.clause ? [] : [{ span: duration.at, label: 'duration' }]),
  ]
  return [{ at: end.at, clause: end.clause.id, params, related }]
}

// Both readings of an end are accepted: its last day, and the anniversary on which it is over.
function fits(end: StatedDate, effective: StatedDate, duration: Duration): boolean {
  const [earliest, latest] = [effective.date, lastDayOf(effective)].map((day) => addDuration(day, duration))
  if (!earliest || !latest) return true
  return lastDayOf(end) >= addDays(earliest, -1) && end.date <= latest
}

/** TRM-3: the commitments are numbered without a gap, but there are not as many as the term has years. */
export const yearsMismatch: Check = (context) => {
  const { duration, effective, end } = statedTerm(context)
  const clauses = context.clauses(commitment).filter((each) => each.terms.year !== undefined)
  const years = clauses.map((each) => each.terms.year as number).sort((a, b) => a - b)
  const last = clauses.at(-1)
  const stated = duration ?? end
  if (!last || !stated || years.some((year, at) => year !== at + 1)) return []
  const length = duration ? yearsOf(duration.value) : effective && end && yearsBetween(effective.value, end.value)
  if (length === undefined || Math.ceil(length - 0.02) === years.length) return []
  if (/\b(renew|extend|extension|option|renov|prorrog|opcion)/i.test(stated.clause.terms.text)) return []
  const params = { years: years.length, length: decimal(length).toDecimalPlaces(2).toNumber() }
  const at = last.places.year ?? last.places.label ?? last.span
  return [{ at, clause: last.id, params, related: [{ span: stated.at, label: 'length' }] }]
}

function yearsOf({ amount: count, unit }: Duration): number | undefined {
  const perYear = { year: 1, quarter: 4, month: 12 }[unit as 'year' | 'quarter' | 'month']
  return perYear === undefined ? undefined : decimal(count).div(perYear).toNumber()
}

function yearsBetween(start: StatedDate, end: StatedDate): number | undefined {
  if (start.precision === 'year' || end.precision === 'year') return undefined
  const after = addDays(lastDayOf(end), 1)
  const months = (Number(after.slice(0, 4)) - Number(start.date.slice(0, 4))) * 12
  return (months + Number(after.slice(5, 7)) - Number(start.date.slice(5, 7))) / 12
}

const RENEWS = /\b(auto-?)?(renew|renov|prorrog|rollover|roll over)/
const GOES_ON =
  /\b(extended|extend|extends|extension|evergreen|tacit|tacita|tacitamente|expires?|expirara|expira|vencera|no fixed term)\b/

/** TRM-4: neither the header nor a rule nor any sentence says whether the agreement renews or expires. */
export const noRenewal: Check = (context) => {
  if (!hasClauses(context) || context.rules.find('renewal')) return []
  const header = context.clauses(term)
  if (header.some((each) => each.terms.field === 'renewal' || each.terms.renews !== undefined)) return []
  if (sentences(context).some(({ clause, text }) => saysRenewal(clause, text))) return []
  const length =
    header.find((each) => each.terms.field === 'duration') ??
    header.find((each) => each.terms.field === 'end-date') ??
    header.find((each) => each.terms.field === 'effective-date')
  if (!length) return [{ at: topOf(context) }]
  return [{ at: valuePlace(length, 'duration'), clause: length.id }]
}

// In the header every word is about the agreement; elsewhere the sentence has to say so ("credits expire" is something else).
function saysRenewal(clause: Clause, text: string): boolean {
  if (clause.kind === term.id && (RENEWS.test(text) || ENDLESS.test(text))) return true
  return aboutAgreement(text) && (RENEWS.test(text) || GOES_ON.test(text) || ENDLESS.test(text))
}

/** TRM-5: the as-of date is later than the end of the term, in its latest reading, and it does not renew by itself. */
export const ended: Check = (context) => {
  const last = lastDayOfTerm(statedTerm(context))
  if (!last || context.asOf <= last.date || renewsByItself(context)) return []
  return [{ at: last.at, clause: last.clause, params: { end: { date: last.date }, asOf: { date: context.asOf } } }]
}

function renewsByItself(context: CheckContext): boolean {
  const stated = context.clauses(term).some((each) => each.terms.renews === 'automatically')
  return stated || context.rules.find('renewal')?.value?.renews === 'automatically'
}

/** TRM-7: the agreement takes effect before it was signed, and does not say that it works backwards. */
export const effectiveBeforeSignature: Check = (context) => {
  const { effective, signature } = statedTerm(context)
  if (!effective || !signature || lastDayOf(effective.value) >= signature.value.date) return []
  if (/retroac|retrospectiv/i.test(effective.clause.terms.text + signature.clause.terms.text)) return []
  const params = { effective: dated(effective.value), signature: dated(signature.value) }
  const related = [{ span: signature.at, label: 'signature' }]
  return [{ at: effective.at, clause: effective.clause.id, params, related }]
}

function dated(stated: StatedDate): { date: IsoDate } {
  return { date: stated.date }
}

const ZONE =
  /\b(time ?zones?|utc|gmt|local time|[a-z]+ time \(|huso horario|zona horaria|hora local|hora (oficial )?de [a-z]+|america\/[a-z_]+|europe\/[a-z_]+)\b/

/** TRM-11: periods begin and end at midnight, and nothing says in which time zone. */
export const timeZoneUnstated: Check = (context) => {
  if (!hasClauses(context) || context.rules.find('time-zone')) return []
  const { effective, duration, end } = statedTerm(context)
  const boundary = effective ?? end ?? duration
  if (!boundary || sentences(context).some(({ text }) => ZONE.test(text))) return []
  return [{ at: boundary.at, clause: boundary.clause.id }]
}
