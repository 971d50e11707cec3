import { type Clause, plain } from '../../agreement/index.ts'
import { type ServiceLevelTerms, serviceLevel } from '../../clauses/service-level/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { placeOf, remarksOf, saidBeside } from '../tables.ts'
import { ladders, penaltyWords, saysHowMuch } from './check-ladder.ts'
import { measurements, PARTS } from './check-measure.ts'

type Level = Clause<ServiceLevelTerms>

/** SLV-1: names what is missing of formula, window, exclusions and source. */
export function undefinedMeasure(context: CheckContext): Draft[] {
  const measure = measurements(context)
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    if (isClock(clause)) return []
    const { said } = measure(clause)
    const lacks = PARTS.filter((part) => !said.has(part))
    if (lacks.length === 0) return []
    const missing = lacks.map((part) => ({ word: `service-level/undefined-measure.label.${part}` }))
    return [{ at: placeOf(clause, 'metric'), clause: clause.id, params: { metric: clause.terms.metric, missing } }]
  })
}

// A row of a priority table times each incident from its report; only a consequence needs figures of a month.
function isClock({ terms }: Level): boolean {
  const timed = terms.response !== undefined || terms.resolution !== undefined
  return terms.priority !== undefined && timed && (terms.penalty === undefined || terms.penalty === 'none')
}

const CREDIT = /credit|abono|bonificaci|descuento|compensaci|penali[sz]a|rebate|multa/

/** SLV-2: a credit is promised, and nothing says how much of it at which level of service. */
export function creditLadderMissing(context: CheckContext): Draft[] {
  const paid = new Set(ladders(context).flatMap((ladder) => ladder.levels.map((level) => level.id)))
  const says = (text: string) => CREDIT.test(plain(text)) && saysHowMuch(text)
  const isSaidBeside = saidBeside(context.agreement, says)
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    if (clause.terms.penalty !== 'credit' || paid.has(clause.id) || isSaidBeside(clause)) return []
    if (remarksOf(clause).some((cell) => says(`${cell.column} ${cell.text}`))) return []
    if (saysHowMuch(penaltyWords(clause)) || ruleSaysHowMuch(context, clause)) return []
    return [{ at: placeOf(clause, 'penalty'), clause: clause.id, params: { metric: clause.terms.metric } }]
  })
}

// Bands in per cent of availability cannot tell what a missed time costs.
function ruleSaysHowMuch(context: CheckContext, clause: Level): boolean {
  const rule = context.rules.find('credit-ladder', clause.id)
  if (!rule) return false
  const bands = rule.value?.bands
  if (!bands || bands.length === 0) return saysHowMuch(rule.statement)
  const bounded = bands.every((band) => band.below !== undefined || band.atLeast !== undefined)
  return rule.clause === clause.id || !bounded || (clause.terms.target?.unit ?? 'percent') === 'percent'
}

const TRIGGER =
  /\d|\b(?:after|if|when|whenever|once|upon|each|every|two|three|four|second|third|consecutive|below|under|missed|miss(?:es)?|breach(?:es)?|tras|despues|luego|si|cuando|cada|ante|dos|tres|cuatro|segund[oa]|tercer[oa]?|consecutiv[oa]s?|seguid[oa]s|bajo|inferior|incumpl\w*)\b/
// "See section 7" says where something may be written, not when anything happens.
const REFERENCE = /\b(?:sections?|clauses?|annex|appendix|schedule|seccion|clausula|anexo|apendice)\s+[a-z0-9.]+/g

function saysWhen(text: string): boolean {
  return TRIGGER.test(plain(text).replace(REFERENCE, ' '))
}

/** SLV-3: a review is promised, and nothing says what triggers it. */
export function reviewTriggerMissing(context: CheckContext): Draft[] {
  const says = (text: string) => /review|revisi/.test(plain(text)) && saysWhen(text)
  const isSaidBeside = saidBeside(context.agreement, says)
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    if (clause.terms.penalty !== 'review' || context.rules.find('review-trigger', clause.id)) return []
    if (saysWhen(penaltyWords(clause)) || isSaidBeside(clause)) return []
    if (remarksOf(clause).some((cell) => says(`${cell.column} ${cell.text}`))) return []
    return [{ at: placeOf(clause, 'penalty'), clause: clause.id, params: { metric: clause.terms.metric } }]
  })
}
