import { type Clause, plain, plainLabel, type Rule, withoutQuotas } from '../../agreement/index.ts'
import { definition } from '../../clauses/definition/index.ts'
import { type ServiceLevelTerms, serviceLevel } from '../../clauses/service-level/index.ts'
import { decimal } from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { cellOf, placeOf, proseBySection, remarksOf, sectionKey } from '../tables.ts'

/** What a service level needs before anybody can measure it. */
export const PARTS = ['formula', 'window', 'exclusions', 'source'] as const

type Part = (typeof PARTS)[number]

/** What the text and the supplement say of how one service level is measured. */
export interface Measurement {
  said: Set<Part>
  intervalSeconds?: number | undefined
  /** Excluded maintenance in hours for 30 days. */
  maintenanceHours?: number | undefined
}

const SAYS: Record<Part, RegExp> = {
  formula:
    /\b(formula|calculated|computed|measured as|divided by|quotient|ratio of|percentage of|share of|proportion of|average of|mean of|median|elapsed|calcula\w*|dividid\w*|cociente|proporcion de|porcentaje de|promedio de|media de|mediana|suma de|transcurrid\w*)\b|[÷=]|\s\/\s/,
  window:
    /\b(months?|monthly|quarters?|quarterly|years?|yearly|annual|annually|weekly|rolling|30 days|mes|meses|mensual\w*|trimestr\w*|semestr\w*|ano|anual\w*|semanal\w*|moviles|movil|30 dias)\b/,
  exclusions:
    /\b(exclu\w*|except\w*|not count\w*|disregard\w*|not include\w*|leaving out|less planned|salvo|no cuentan?|no se cuentan?|no se consider\w*|no incluye\w*|descontad\w*|descontando)\b/,
  source:
    /\b(source|measured (?:by|with|from|in)|reported by|recorded (?:by|in)|taken from|according to|as shown (?:by|in)|monitor\w*|probes?|synthetic|cloudwatch|tickets?|surveys?|logs?|dashboard|console|service desk|jira|servicenow|fuente|medid\w* (?:por|con|desde|en|a partir)|segun|sondas?|encuestas?|registros?|mesa de (?:ayuda|servicio)s?|tablero)\b/,
}

/** Finds how each service level is measured: its own row, rules, definitions, and sentences beside the table. */
export function measurements(context: CheckContext): (clause: Clause<ServiceLevelTerms>) => Measurement {
  const byRule = measurementsByRule(context)
  const bySection = new Map([...proseBySection(context.agreement)].map(([key, texts]) => [key, readAll(texts)]))
  const byMetric = new Map<string, Measurement>()
  for (const each of context.clauses(serviceLevel)) {
    const same = byMetric.get(plainLabel(each.terms.metric)) ?? { said: new Set() }
    byMetric.set(plainLabel(each.terms.metric), same)
    readRow(each, same)
  }
  const meanings = new Map(context.clauses(definition).map((each) => [plainLabel(each.terms.term), each.terms.meaning]))
  return (clause) => {
    const result: Measurement = { said: new Set() }
    readRow(clause, result)
    for (const key of [clause.id, 'service-level', '']) merge(byRule.get(key), result)
    merge(bySection.get(sectionKey(clause)), result)
    // A sentence that repeats a row's promise is measured as the row says; the row's own hours are judged there, once.
    const row = clause.cells.length === 1 ? byMetric.get(plainLabel(clause.terms.metric)) : undefined
    for (const part of row?.said ?? []) result.said.add(part)
    for (const phrase of phrasesIn(clause.terms.metric)) {
      const meaning = meanings.get(phrase)
      if (meaning !== undefined) readStatement(`${meaning} =`, result)
    }
    return result
  }
}

// What holds for all rows is read once, however many rows there are.
function measurementsByRule(context: CheckContext): Map<string, Measurement> {
  const found = new Map<string, Measurement>()
  for (const rule of [...context.rules.all('measurement'), ...context.rules.all('evidence-source')] as Rule[]) {
    const key = rule.clause ?? ''
    const measurement = found.get(key) ?? { said: new Set() }
    found.set(key, measurement)
    readRule(rule, measurement)
  }
  return found
}

function readAll(texts: readonly string[]): Measurement {
  const result: Measurement = { said: new Set() }
  for (const text of texts) readStatement(text, result)
  return result
}

function merge(from: Measurement | undefined, into: Measurement): void {
  for (const part of from?.said ?? []) into.said.add(part)
  into.intervalSeconds ??= from?.intervalSeconds
  into.maintenanceHours ??= from?.maintenanceHours
}

function readRow(clause: Clause<ServiceLevelTerms>, result: Measurement): void {
  const { terms } = clause
  for (const part of PARTS) {
    // "None" is an answer to what is excluded, though the reader takes it for an empty cell.
    const cell = cellOf(clause, part)?.text ?? ''
    if (terms[part] !== undefined || (part === 'exclusions' && /\p{L}{3}/u.test(cell))) result.said.add(part)
  }
  if (terms.formula !== undefined) readStatement(terms.formula, result)
  const measured = clause.cells.filter((cell) => cell.role === 'metric' || cell.role === 'target')
  if (measured.some((cell) => SAYS.window.test(plain(cell.text)))) result.said.add('window')
  for (const cell of remarksOf(clause)) readStatement(`${cell.column}: ${cell.text}`, result)
  for (const text of [terms.source, terms.window]) result.intervalSeconds ??= intervalIn(text ?? '')
  result.maintenanceHours ??= maintenanceIn(terms.exclusions ?? '', true)
}

function readRule(rule: Rule, result: Measurement): void {
  if (rule.topic === 'evidence-source') {
    result.said.add('source')
    return
  }
  const value = rule.value as Rule<'measurement'>['value']
  const said = PARTS.filter((part) => value?.[part] !== undefined)
  for (const part of said) result.said.add(part)
  result.intervalSeconds ??= value?.intervalSeconds ?? intervalIn(rule.statement)
  result.maintenanceHours ??=
    value?.maintenanceHours ?? maintenanceIn(value?.exclusions ?? '', true) ?? maintenanceIn(rule.statement, false)
  // What the reader took apart is not read again: "excluding 4 hours a month" says no window.
  if (said.length === 0) readStatement(rule.statement, result)
}

function readStatement(text: string, result: Measurement): void {
  const lower = plain(text)
  for (const part of PARTS) if (SAYS[part].test(part === 'window' ? withoutQuotas(lower) : lower)) result.said.add(part)
  result.intervalSeconds ??= intervalIn(text)
  result.maintenanceHours ??= maintenanceIn(text, false)
}

// A defined term may stand inside a metric's name: "Availability" in "Platform Availability".
function phrasesIn(metric: string): string[] {
  const words = plainLabel(metric).split(' ').slice(0, 8)
  return words.flatMap((_, from) => words.slice(from).map((_, count) => words.slice(from, from + count + 1).join(' ')))
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600 }
const EVERY =
  /\b(?:every|each|cada|intervals? of|intervalos? de)\s+(?:(\d+(?:[.,]\d+)?)\s*(s|m|h)(?:ecs?|econds?|ins?|inutes?|rs?|ours?|egundos?|inutos?|oras?)?|(?:one )?(second|minute|hour|segundo|minuto|hora))\b/
const INTERVAL = /\b(\d+)[- ](s|m|h)(?:econd|inute|our|egundo|inuto|ora)s?[- ](?:intervals?|probes?|checks?|samples?)\b/

/** Seconds between two measurements, when a text says "every 5 minutes". */
function intervalIn(text: string): number | undefined {
  const lower = plain(text)
  const found = EVERY.exec(lower) ?? INTERVAL.exec(lower)
  const unit = found && (found[2] ?? found[3])
  if (!unit) return undefined
  return Number((found[1] ?? '1').replace(',', '.')) * (SECONDS[unit.charAt(0)] ?? 1)
}

const MAINTENANCE = /mainten|mantenci|mantenimiento|planned|scheduled|programad|planificad/
const HOURS = /(\d+(?:[.,]\d+)?)\s*-?\s*(hours?|hrs?|h|horas?|minutes?|min|minutos?)\b(?=(.{0,60}))/g
const NOTICE = /^\W*(?:of |de |con |in )?(?:\w+ )?(?:notice|advance|ahead|before|aviso|antelacion|anticipacion|antes)/
const PER_30_DAYS: [RegExp, number][] = [
  [/\b(?:week|weekly|semana|semanal\w*)\b/, 30 / 7],
  [/\b(?:quarter|quarterly|trimestre|trimestral\w*)\b/, 1 / 3],
  [/\b(?:year|yearly|annual|annually|ano|anual\w*)\b/, 1 / 12],
]

/** Hours of maintenance that a text excludes from 30 days; `excluded` when its place already says that it excludes. */
function maintenanceIn(text: string, excluded: boolean): number | undefined {
  const lower = plain(text)
  if (!MAINTENANCE.test(lower) || (!excluded && !SAYS.exclusions.test(lower))) return undefined
  for (const [, digits, unit, rest] of lower.matchAll(HOURS)) {
    if (!digits || !unit || NOTICE.test((rest ?? '').replace(/^s?\s/, ''))) continue
    const hours = Number(digits.replace(',', '.')) / (unit.startsWith('m') ? 60 : 1)
    return hours * (PER_30_DAYS.find(([per]) => per.test((rest ?? '').slice(0, 30)))?.[1] ?? 1)
  }
  return undefined
}

/** A promise of availability as a percentage, with the seconds that it may be missed in 30 days. */
function allowedSeconds(clause: Clause<ServiceLevelTerms>): number | undefined {
  const { subject, target } = clause.terms
  if (subject !== 'availability' || target?.unit !== 'percent' || /less|most/.test(target.comparison)) return undefined
  const allowed = decimal(100).minus(target.value).times(25_920).toNumber()
  return allowed >= 0 ? allowed : undefined
}

/** SLV-11: an interval longer than a tenth of the time that may be lost cannot prove the promise. */
export function coarseMeasure(context: CheckContext): Draft[] {
  const measure = measurements(context)
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    const allowed = allowedSeconds(clause)
    const interval = measure(clause).intervalSeconds
    if (allowed === undefined || interval === undefined || interval * 10 <= allowed) return []
    const params = {
      metric: clause.terms.metric,
      target: { percent: clause.terms.target?.value ?? '' },
      interval: { amount: String(interval), unit: 'second' as const },
      allowed: { amount: tidy(allowed), unit: 'second' as const },
    }
    return [{ at: placeOf(clause, 'target'), clause: clause.id, params }]
  })
}

/** SLV-13: more maintenance is excluded than the target allows to be lost at all. */
export function maintenanceSwallows(context: CheckContext): Draft[] {
  const measure = measurements(context)
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    const allowed = allowedSeconds(clause)
    const hours = measure(clause).maintenanceHours
    if (allowed === undefined || hours === undefined || hours * 3600 <= allowed) return []
    const params = {
      metric: clause.terms.metric,
      target: { percent: clause.terms.target?.value ?? '' },
      hours: { amount: tidy(hours), unit: 'hour' as const },
      allowed: { amount: tidy(allowed / 60), unit: 'minute' as const },
    }
    return [{ at: placeOf(clause, 'exclusions', 'target'), clause: clause.id, params }]
  })
}

function tidy(value: number): string {
  return decimal(value.toFixed(2)).toString()
}
