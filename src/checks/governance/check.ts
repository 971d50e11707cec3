import { plain, plainLabel, type StatedDate } from '../../agreement/index.ts'
import { documentControl } from '../../clauses/document-control/index.ts'
import { provision } from '../../clauses/provision/index.ts'
import { relationship } from '../../clauses/relationship/index.ts'
import { review } from '../../clauses/review/index.ts'
import { addDays, addDuration, type IsoDate, type Span } from '../../language/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

/** GOV-2: the next review's last day is past at the as-of date. */
export const reviewOverdue: Check = (context) =>
  reviews(context, 'next-review').flatMap((next): Draft[] => {
    const last = lastDayOf(next.date)
    if (last >= context.asOf) return []
    const params = { due: { date: last }, asOf: { date: context.asOf } }
    return [{ at: next.at, clause: next.clause, params }]
  })

/** GOV-5: the next review does not come after the last one. */
export const reviewOrder: Check = (context) => {
  const [last] = reviews(context, 'last-review')
  const [next] = reviews(context, 'next-review')
  if (!last || !next || isAfter(next.date, last.date)) return []
  const params = { next: next.text, last: last.text }
  return [{ at: next.at, clause: next.clause, params, related: [{ span: last.at, label: 'last' }] }]
}

// A month after a day of the same month may well be later; the same month twice is not.
function isAfter(next: StatedDate, last: StatedDate): boolean {
  return next.precision === last.precision ? next.date > last.date : lastDayOf(next) > last.date
}

interface Dated {
  date: StatedDate
  text: string
  at: Span
  clause: string
}

function reviews(context: CheckContext, field: 'last-review' | 'next-review'): Dated[] {
  return context.clauses(documentControl).flatMap((clause): Dated[] => {
    const { date, text } = clause.terms
    if (clause.terms.field !== field || !date) return []
    const at = clause.places.date ?? clause.places.value ?? clause.places.text ?? clause.span
    return [{ date, text, at, clause: clause.id }]
  })
}

function lastDayOf(stated: StatedDate): IsoDate {
  if (stated.precision === 'day') return stated.date
  return addDays(addDuration(stated.date, { amount: '1', unit: stated.precision }), -1)
}

const SIDES = ['provider', 'partner'] as const

/** GOV-3: a role that nobody fills on one side: an empty cell, a dash, "vacant". A side that the table does not list is none of it. */
export const roleMissing: Check = (context) =>
  context.clauses(relationship).flatMap((clause): Draft[] => {
    const { terms, places } = clause
    const empty = SIDES.filter(
      (side) => places[side] !== undefined && (terms[side] === undefined || isVacant(terms[side])),
    )
    const drafts = empty.map((side): Draft => {
      const name = context.agreement.parties.find((each) => each.side === side)?.name ?? side
      return draftOf(places[side] ?? clause.span, clause.id, terms.role, name)
    })
    if (places.holder && terms.provider === undefined && terms.partner === undefined)
      drafts.push(draftOf(places.holder, clause.id, terms.role, '—'))
    return drafts
  })

function draftOf(at: Span, clause: string, role: string, party: string): Draft {
  return { at, clause, params: { role, party }, operands: [party] }
}

const VACANT =
  /^(vacant|vacancy|vacante|open|unassigned|not assigned|nobody|none|to be (defined|confirmed|appointed|named|assigned|hired)|por (definir|designar|confirmar|nombrar|contratar)|a (definir|designar|nombrar)|pendiente|pending|nadie|ninguno|sin (asignar|designar|nombrar)|t ?b ?[dca]|n a|x+|)$/

function isVacant(text: string | undefined): boolean {
  return VACANT.test(plainLabel(text ?? ''))
}

const ESCALATION =
  /\bescalat|\bescalamiento|\bescalacion|\bescalar\b|\bescalara\b|\bescalan? (a|al|ante)\b|\bescalad[oa]s? (a|al|ante)\b/

/** GOV-6: there are roles or meetings, and nothing says where a dispute or a failure goes next. */
export const escalationMissing: Check = (context) => {
  const [first] = [...context.clauses(relationship), ...context.clauses(review)]
  if (!first || context.rules.find('escalation')) return []
  const { headings, clauses } = context.agreement
  const said =
    headings.some((each) => ESCALATION.test(plain(each.text))) ||
    clauses.some((each) => each.cells.some((cell) => ESCALATION.test(plain(cell.text))))
  return said ? [] : [{ at: first.places.label ?? first.span, clause: first.id }]
}

const PEOPLE =
  /\b(chair|chaired|lead|owner|host|participants?|attendees?|attended|preside|presidid[oa]|lider|responsable|participantes|asistentes|anfitrion)\b/

/** GOV-7: meetings that nobody chairs or attends; one finding for all of them. */
export const meetingOwnerMissing: Check = (context) => {
  const meetings = context.clauses(review)
  const open = meetings.filter(
    ({ terms, cells }) => terms.owner === undefined && !cells.some((cell) => PEOPLE.test(plainLabel(cell.column))),
  )
  const [first] = open
  if (!first || context.clauses(provision).some(({ terms }) => speaksOfMeetings(plain(terms.text)))) return []
  const names = open.slice(0, 4).map(({ terms }) => terms.meeting)
  const more = open.length > names.length ? ['…'] : []
  const params = { count: open.length, names: [...names, ...more] }
  return [{ at: first.places.label ?? first.span, clause: first.id, params }]
}

function speaksOfMeetings(text: string): boolean {
  return (
    PEOPLE.test(text) && /\b(meetings?|reviews?|sessions?|reunion(es)?|revision(es)?|sesion(es)?|comites?)\b/.test(text)
  )
}
