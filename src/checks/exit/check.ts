import { type Clause, parseDuration, plain } from '../../agreement/index.ts'
import { commitment } from '../../clauses/commitment/index.ts'
import { type ExitTerms, exit } from '../../clauses/exit/index.ts'
import { managedService } from '../../clauses/managed-service/index.ts'
import { residency } from '../../clauses/residency/index.ts'
import { term } from '../../clauses/term/index.ts'
import { approximateDays, type Duration } from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { cellOf, placeOf, remarksOf, saidBeside, wordsOf } from '../tables.ts'

type Exit = Clause<ExitTerms>
type Timed = Exit & { terms: { duration: Duration } }

function isTimed(clause: Exit): clause is Timed {
  return clause.terms.duration !== undefined
}

const STARTS =
  /\b(?:from|after|since|following|upon|starting|begins?|counted|once|before|prior to|of (?:the )?(?:notice|termination|expiry|effective|receipt|request|end|date)|desde|a partir|contad\w*|a contar|tras|despues|luego|siguientes? a|posteriores a|antes|previ[oa]s? a|una vez)\b/
const NOTICE_TIME =
  /\b(?:\d+|\p{L}+)[\s-]*(?:\(\d+\)\s*)?(?:calendar |business |working )?(?:days?|months?|weeks?)(?:[’']s?|s[’'])?\s+(?:of )?(?:prior |written |previous |advance )*notice|notice (?:period )?(?:of|:)?\s*(?:at least )?\d+|(?:pre)?avis(?:o|ar)\b.{0,30}\d+|\d+\s*(?:dias|meses)\b.{0,25}(?:aviso|anticipacion|antelacion)/u
const START_COLUMN = /start|from|trigger|begin|counted|inicio|desde|comienz|computo|gatill/
const CLOCKS_RUN =
  /\b(?:run|runs|start|starts|begin|begins|count|counted|measured|corren?|cuentan?|contados?|contaran|comienzan?|inician?|computan?)\b.{0,40}\b(?:from|on|upon|at|with|after|when|desde|a partir|con|al|el|en|tras|cuando)\b|\b(?:start|beginning) of (?:\w+ ){0,3}(?:clocks?|periods?|times?)\b|\binicio del? (?:\w+ ){0,2}(?:plazos?|periodos?|computo)\b/

/** EXT-2: a time to leave without the event from which it runs. The scenario's name alone is no event. */
export function startEventMissing(context: CheckContext): Draft[] {
  const isSaidBeside = saidBeside(context.agreement, (text) => CLOCKS_RUN.test(plain(text)))
  return context.clauses(exit).flatMap((clause): Draft[] => {
    if (!isTimed(clause) || clause.terms.startEvent !== undefined || isNotice(clause)) return []
    if (context.rules.find('start-event', clause.id) || namesEvent(clause)) return []
    if (remarksOf(clause).some((cell) => START_COLUMN.test(plain(cell.column)))) return []
    if (isSaidBeside(clause) || isLeadIn(clause)) return []
    const params = { scenario: clause.terms.scenario, time: clause.terms.duration }
    return [{ at: placeOf(clause, 'duration'), clause: clause.id, params }]
  })
}

// "The 120 days of the wind-down are made up of these steps:" repeats what the rows say.
function isLeadIn(clause: Exit): boolean {
  return clause.cells.length === 1 && /:\s*$/.test(clause.cells[0]?.text ?? '')
}

// A notice period runs before the end; it is no time to leave.
function isNotice(clause: Exit): boolean {
  return clause.terms.subject === 'other' && NOTICE_TIME.test(plain(wordsOf(clause)))
}

// "Termination" is a situation; "After termination" says from when.
function namesEvent(clause: Exit): boolean {
  const scenario = plain(cellOf(clause, 'scenario')?.text ?? '')
  const rest = clause.cells.filter((cell) => cell.role !== 'scenario').map((cell) => cell.text)
  return (
    /\b(?:after|following|upon|from|desde|tras|despues|a partir)\b/.test(scenario) || STARTS.test(plain(rest.join(' ')))
  )
}

const AFTER_WIND_DOWN =
  /\b(?:after|following|once|tras|despues de|luego de|una vez|al termino del)\b.{0,30}(?:wind|cierre|run-?off)/

/** EXT-3: a step that takes longer than the wind-down in which it lies. Months are taken at their average length. */
export function stepLongerThanWhole(context: CheckContext): Draft[] {
  const timed = context.clauses(exit).filter(isTimed)
  const wholes = timed.filter((clause) => clause.terms.subject === 'wind-down' || isWhole(clause))
  const whole = wholes.sort((a, b) => approximateDays(b.terms.duration) - approximateDays(a.terms.duration))[0]
  if (!whole) return []
  const most = approximateDays(whole.terms.duration) * 1.03
  return timed
    .filter((clause) => clause !== whole && /assistance|migration|export/.test(clause.terms.subject))
    .filter((clause) => !AFTER_WIND_DOWN.test(plain(wordsOf(clause))) && approximateDays(clause.terms.duration) > most)
    .map((clause) => ({
      at: placeOf(clause, 'duration'),
      clause: clause.id,
      params: { step: nameOf(clause), time: clause.terms.duration, whole: whole.terms.duration },
      related: [{ span: placeOf(whole, 'duration'), label: 'whole', params: { whole: whole.terms.duration } }],
    }))
}

// "Exit period in total: 9 months" holds all steps, as a wind-down does.
const WHOLE =
  /^(?:the )?(?:(?:whole|entire|total) )?(?:exit|transition|disengagement|handover) (?:period|time|phase)(?:,? (?:in total|as a whole|overall))?$|^(?:el )?(?:periodo|plazo) (?:total )?de (?:salida|transicion)(?: (?:en total|completo))?$|^(?:total|overall) (?:exit|transition)\b/

function isWhole(clause: Exit): boolean {
  return WHOLE.test(plain(clause.terms.scenario))
}

function nameOf(clause: Exit): string {
  return clause.terms.process ? `${clause.terms.scenario}: ${clause.terms.process}` : clause.terms.scenario
}

const WHO_PAYS =
  /\b(?:costs?|charges?|fees?|paid by|pays?|free of|expenses?|rates?|costos?|costes?|cargos?|tarifas?|paga\w*|gratuit\w*|sin costo|a expensas)\b/

/** EXT-4: help on leaving is promised, and nothing says who pays for it; once for the agreement. */
export function costUndefined(context: CheckContext): Draft[] {
  const exits = context.clauses(exit)
  const helped = exits.filter(isHelp)
  const [first] = helped
  if (!first || context.rules.find('exit-cost', first.id)) return []
  const isSaidBeside = saidBeside(context.agreement, (text) => WHO_PAYS.test(plain(text)))
  const said = helped.some(
    ({ terms }) => terms.cost !== undefined || WHO_PAYS.test(plain(`${terms.process ?? ''} ${terms.scenario}`)),
  )
  if (said || exits.some(isSaidBeside)) return []
  return [{ at: placeOf(first, 'process', 'scenario'), clause: first.id, params: { step: nameOf(first) } }]
}

function isHelp({ terms }: Exit): boolean {
  return (
    terms.subject === 'assistance' ||
    terms.subject === 'migration' ||
    /assist|asisten|asistid|apoyo/.test(plain(terms.process ?? ''))
  )
}

const LEAVING =
  /\b(?:exit|wind-?down|transition assistance|termination assistance|(?:return|export|retrieval|handover|hand-over) of (?:\w+ ){0,3}data|data (?:return|export|retrieval)|derechos? de salida|plan de salida|cierre gradual|transicion|(?:devolucion|exportacion|entrega|recuperacion) de (?:\w+ ){0,3}datos)\b/

/** EXT-5: services or data are entrusted, and nothing says how one leaves. */
export function noExitRights(context: CheckContext): Draft[] {
  const { agreement } = context
  const entrusted = [residency, managedService, commitment].some((room) => context.clauses<unknown>(room).length > 0)
  if (!entrusted || context.clauses(exit).length > 0 || context.rules.all('start-event').length > 0) return []
  const said = agreement.clauses.some((clause) => LEAVING.test(plain(wordsOf(clause))))
  const heading = agreement.headings.find((each) => each.form === 'heading')
  const at = heading?.span ?? agreement.clauses[0]?.span
  return said || !at ? [] : [{ at, params: {} }]
}

const TERMINATES =
  /\b(?:terminat\w*|terminacion|rescision|resolucion anticipada|desahucio|cancel\w*|termino anticipado)\b/

/** EXT-7: an agreement that can be terminated, without the notice that takes; once for the agreement. */
export function noTerminationNotice(context: CheckContext): Draft[] {
  const row = context.clauses(exit).find((clause) => TERMINATES.test(plain(clause.terms.scenario)))
  if (!row || context.rules.find('notice', row.id)) return []
  if (context.clauses(term).some((clause) => clause.terms.field === 'notice')) return []
  const said = context.agreement.clauses.some((clause) => {
    const text = plain(wordsOf(clause))
    if (NOTICE_TIME.test(text)) return true
    return clause.kind !== 'exit' && /notice|aviso/.test(text) && parseDuration(text, '.') !== undefined
  })
  return said ? [] : [{ at: placeOf(row, 'scenario'), clause: row.id, params: { scenario: row.terms.scenario } }]
}
