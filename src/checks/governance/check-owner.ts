import { holdsPhrase, parseSide, plain, plainLabel } from '../../agreement/index.ts'
import { activity } from '../../clauses/activity/index.ts'
import { growthInitiative } from '../../clauses/growth-initiative/index.ts'
import { relationship } from '../../clauses/relationship/index.ts'
import { review } from '../../clauses/review/index.ts'
import type { Span } from '../../language/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

/** GOV-4: who leads an activity, chairs a meeting or owns an initiative is neither party, nor anybody that the roles name. */
export const ownerUnknown: Check = (context) => {
  const roles = rolesOf(context)
  return ownersOf(context).flatMap(({ text, at, clause }): Draft[] => {
    const strangers = text.split(/\s*(?:[,;/&+]|\band\b|\by\b)\s*/).filter((each) => isStranger(each, context, roles))
    if (strangers.length === 0) return []
    return [{ at, clause, params: { owner: strangers }, operands: strangers.map((each) => plainLabel(each)) }]
  })
}

function ownersOf(context: CheckContext): { text: string; at: Span; clause: string }[] {
  const activities = context
    .clauses(activity)
    .filter(({ terms }) => terms.owner === undefined)
    .map((clause) => ({ clause, text: clause.terms.ownerText }))
  const others = [...context.clauses(review), ...context.clauses(growthInitiative)].map((clause) => ({
    clause,
    text: clause.terms.owner,
  }))
  return [...activities, ...others].flatMap(({ clause, text }) =>
    text === undefined ? [] : [{ text, at: clause.places.owner ?? clause.span, clause: clause.id }],
  )
}

/** Words of the table of roles: roles, and who fills them on each side. */
function rolesOf(context: CheckContext): string[] {
  const cells = context.clauses(relationship).flatMap((clause) => clause.cells)
  return [...new Set(cells.map((cell) => plainLabel(cell.text)).filter((each) => each.length > 2))]
}

// A word that belongs to a post, a department or a body: whoever fills it, it is somebody of the parties.
const POST =
  /\b(director|directora|manager|lead|leader|head|chief|officer|president|vp|team|engineer|engineering|architects?|analyst|specialist|consultant|coordinator|executive|administrator|owner|sponsor|sales|marketing|commercial|finance|financial|legal|technical|technology|operations|support|service|delivery|product|business|development|alliances?|partners?|customers?|clients?|account|committee|board|office|pmo|group|unit|department|gerente|gerencia|jefe|jefa|jefatura|lider|equipo|ingenier[oa]|ingenieria|arquitect[oa]|analista|especialista|consultor|coordinador[a]?|ejecutiv[oa]|administrador[a]?|responsable|encargad[oa]|ventas|comercial|finanzas|legales|tecnic[oa]|tecnologia|operaciones|soporte|servicio|entrega|producto|negocios?|desarrollo|alianzas|socios?|clientes?|cuentas?|comite|directorio|oficina|area|unidad|departamento|subgerente|vicepresidente)\b/
const OUTSIDE = /\b(third part(y|ies)|external|outside|independent|agency|agencia|terceros?|extern[oa]s?)\b/
const LEGAL_FORM =
  /(\b(inc|llc|ltd|limited|plc|gmbh|corp|corporation|spa|ltda|limitada|sac|sarl)|\bs\.? ?a\.?( de c\.? ?v\.?)?|\bs\.l\.|\bs\.p\.a\.)\.?$/
const LEADS = /^(?:led by|lead by|run by|owner|lead|liderad[oa] por|a cargo de|responsable)\s*:?\s*/i

function isStranger(words: string, { agreement, facts }: CheckContext, roles: readonly string[]): boolean {
  const text = words.replace(LEADS, '').trim()
  const label = plainLabel(text)
  if (label.length < 3 || /^(tbd|tbc|tba|n a|none|todos?|all|everyone|various|varios)$/.test(label)) return false
  if (parseSide(text, agreement.parties) !== undefined || belongsToParty(label, agreement.parties)) return false
  if (roles.some((role) => role === label || holdsPhrase(role, label) || holdsPhrase(label, role))) return false
  if (LEGAL_FORM.test(plain(text)) || OUTSIDE.test(label) || facts.providersIn(text).length > 0) return true
  if (POST.test(label)) return false
  // A proper name: one word, or several when there is a table of roles in which a person would stand.
  const proper = text.split(/\s+/).every((word) => /^\p{Lu}\p{Ll}/u.test(word))
  const count = text.split(/\s+/).length
  return proper && count <= 3 && (count === 1 || roles.length > 0)
}

function belongsToParty(label: string, parties: CheckContext['agreement']['parties']): boolean {
  return parties.some((party) => holdsPhrase(plainLabel(party.name), label))
}
