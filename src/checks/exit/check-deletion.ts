import { type Clause, plain } from '../../agreement/index.ts'
import { type ExitTerms, exit } from '../../clauses/exit/index.ts'
import { residency } from '../../clauses/residency/index.ts'
import { approximateDays, type Duration } from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { placeOf, wordsOf } from '../tables.ts'

type Timed = Clause<ExitTerms> & { terms: { duration: Duration } }

/** A promise to delete, wherever it is written. `after`: the time it leaves; undefined when it leaves none. */
interface Deletion {
  clause: Clause
  after: Duration | undefined
  /** The event from which that time runs, when the row says. */
  start?: string | undefined
}

const DELETES = /\b(?:delet\w*|eras\w*|destroy\w*|destruction|elimin\w*|borra\w*|suprim\w*|supresion|destru\w*)\b/
const WHEN_LEAVING =
  /\b(?:terminat\w*|expir\w*|end of|exit|immediate\w*|at once|termino|terminacion|terminar|fin del|vencimiento|salida|inmediat\w*|de inmediato)\b/
// "After the export", "once the customer has retrieved it", "al concluir el cierre gradual": the order is settled.
const AFTER_LEAVING =
  /\b(?:after|following|once|when|upon (?:completion|conclusion|the end)|completion of|tras|despues de|luego de|siguientes al?|posteriores al?|una vez|cuando|terminad[oa]|finalizad[oa]|concluid[oa]|completad[oa]|al (?:concluir|completar|finalizar|cabo)|al termino de(?:l| la)? (?:periodo|plazo|exporta\w*|cierre|migra\w*))\b.{0,60}(?:export|retriev|return|handed|hand-?over|migrat|wind|transition|exit period|recovered|retiro|retirad|devoluci|devuelt|devuelv|entrega|migra|cierre|transicion|periodo de salida|recuperad)/

function isTimed(clause: Clause<ExitTerms>): clause is Timed {
  return clause.terms.duration !== undefined
}

function deletionsOf(context: CheckContext): Deletion[] {
  const promised = context
    .clauses(residency)
    .filter(({ terms }) => terms.promise === 'deletion')
    .filter((clause) => clause.terms.onTermination || WHEN_LEAVING.test(plain(clause.terms.text)))
    .map((clause): Deletion => ({ clause, after: clause.terms.afterDays }))
  const steps = context
    .clauses(exit)
    .filter(({ terms }) => terms.subject === 'deletion')
    .filter((clause) => isTimed(clause) || WHEN_LEAVING.test(plain(wordsOf(clause))))
    .map((clause): Deletion => ({ clause, after: clause.terms.duration, start: clause.terms.startEvent }))
  return [...promised, ...steps]
}

/** EXT-1: data is deleted while it may still be exported, or while the service is still winding down. */
export function deletionBeforeExport(context: CheckContext): Draft[] {
  const leaving = context
    .clauses(exit)
    .filter(isTimed)
    .filter(({ terms }) => terms.subject === 'export' || terms.subject === 'wind-down')
    .filter((clause) => !/\b(?:before|prior to|antes)\b/.test(plain(wordsOf(clause))))
  if (leaving.length === 0 || orderIsSettled(context)) return []
  return deletionsOf(context).flatMap(({ clause, after, start }): Draft[] => {
    const rule = context.rules.find('start-event', clause.id)
    if (rule?.clause === clause.id) return []
    const late = leaving.filter((each) => after === undefined || isCutShort(each, after, start))
    if (late.length === 0) return []
    return [
      {
        at: placeOf(clause, 'text', 'value', 'duration'),
        clause: clause.id,
        params: { times: late.map((each) => each.terms.duration) },
        related: late.map((each) => ({
          span: placeOf(each, 'duration'),
          label: each.terms.subject === 'export' ? 'export' : 'winddown',
          params: { time: each.terms.duration },
        })),
        operands: late.map((each) => each.id),
      },
    ]
  })
}

// A time of its own after termination must leave the time to export; what else runs on is another matter.
function isCutShort({ terms }: Timed, after: Duration, start: string | undefined): boolean {
  if (start && terms.startEvent && eventOf(start) !== eventOf(terms.startEvent)) return false
  return terms.subject === 'export' && approximateDays(terms.duration) > approximateDays(after) * 1.03
}

// Times that run from different events cannot be compared; "date of termination" and "the termination date" are one.
function eventOf(text: string): string {
  const words = plain(text).split(/[^\p{L}\d]+/u)
  return words
    .filter((word) => !/^(?:the|of|a|an|on|which|this|is|el|la|los|las|de|del|al|en)?$/.test(word))
    .sort()
    .join(' ')
}

const SETTLING = new Set(['residency', 'exit', 'provision', 'rule', 'definition'])

function orderIsSettled(context: CheckContext): boolean {
  return context.agreement.clauses.some((clause) => {
    if (!SETTLING.has(clause.kind)) return false
    const text = plain(wordsOf(clause))
    return DELETES.test(text) && AFTER_LEAVING.test(text)
  })
}

const PROOF =
  /certif|proof|prove|confirm|attest|evidence|witness|record of|nist|acta\b|constancia|prueba|comproba|acredita|declaracion jurada/
const COPIES = /back-?ups?|copies|copy|replica|respaldo|copias?\b/

/** EXT-6: data is to be deleted, and nothing says how that is proved; once for the agreement. */
export function deletionProofMissing(context: CheckContext): Draft[] {
  const deleting = [
    ...context.clauses(residency).filter(({ terms }) => terms.promise === 'deletion'),
    ...context.clauses(exit).filter(({ terms }) => terms.subject === 'deletion'),
  ]
  const [first] = deleting
  if (!first || deleting.some((clause) => context.rules.find('deletion-proof', clause.id))) return []
  const texts = context.agreement.clauses
    .filter((clause) => SETTLING.has(clause.kind))
    .map((clause) => plain(wordsOf(clause)))
    .filter((text) => DELETES.test(text))
  if (texts.some((text) => PROOF.test(text))) return []
  const lacks = ['proof', ...(texts.some((text) => COPIES.test(text)) ? [] : ['copies'])]
  const missing = lacks.map((each) => ({ word: `exit/deletion-proof-missing.label.${each}` }))
  return [{ at: placeOf(first, 'text', 'value', 'process'), clause: first.id, params: { missing } }]
}
