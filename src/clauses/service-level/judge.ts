import { type Clause, plain } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { weakestGrade } from '../../evidence/index.ts'
import { addDuration, decimal, lastDay, message, type Param, type TraceNode, trace } from '../../language/index.ts'
import {
  evidenced,
  judgement,
  leftOut,
  missing,
  quoted,
  satisfies,
  statement,
  undetermined,
  withLeaves,
} from '../judging.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import { creditsDue, sameName } from './credit.ts'
import { type Figure, isNumber, surveyScore } from './figures.ts'
import type { ServiceLevelTerms } from './terms.ts'
import { canBe, usableFacts } from './usable.ts'
import { judgeWindows, type Window, windowMonths } from './windows.ts'

const DATASET: Record<ServiceLevelTerms['subject'], string> = {
  availability: 'probes',
  'resolution-time': 'incidents',
  'response-time': 'incidents',
  'change-success': 'changes',
  satisfaction: 'surveys',
  other: 'usage-metrics',
}

/** The dataset by which a promise of a subject is judged. */
export function datasetOf(subject: ServiceLevelTerms['subject']): string {
  return DATASET[subject]
}

/** SLE-6 to SLE-13: where one service level stands. */
export function judge(clause: Clause<ServiceLevelTerms>, context: JudgeContext): Judgement {
  const { terms } = clause
  if (!terms.target && !terms.response && !terms.resolution) return statement(clause, context)
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const { usable, ignored } = usableFacts(factsOf(terms, context), terms)
  return withLeaves(byEvidence(clause, usable, ignored, context), ignored)
}

function byEvidence(
  clause: Clause<ServiceLevelTerms>,
  facts: EvidenceFact[],
  ignored: readonly TraceNode[],
  context: JudgeContext,
): Judgement {
  const { terms } = clause
  if (facts.length === 0) return withoutEvidence(clause, ignored.length > 0, context)
  if (terms.subject === 'satisfaction' || terms.subject === 'other') return byNewest(clause, facts, context)
  if (!countable(terms)) return undetermined(message('service-level.business-time'), context, [quoted(clause)])
  return byWindows(clause, facts, context)
}

// Working days need a calendar and hours that nothing states.
function countable({ target, response, resolution }: ServiceLevelTerms): boolean {
  const units = [target?.unit, response?.unit, resolution?.unit]
  return units.every((unit) => unit !== 'business-day' && unit !== 'month' && unit !== 'quarter' && unit !== 'year')
}

function factsOf(terms: ServiceLevelTerms, context: JudgeContext): EvidenceFact[] {
  const all = context.evidence(DATASET[terms.subject])
  const { component, priority, metric, subject } = terms
  if (subject === 'other') return all.filter(({ values }) => plain(String(values.metric ?? '')) === plain(metric))
  return all.filter(({ values }) => {
    const service = values.service ?? values.component
    if (component && service !== undefined && !sameName(String(service), component, context)) return false
    return !priority || values.priority === undefined || rank(String(values.priority)) === rank(priority)
  })
}

const RANKS: Record<string, string> = {
  critica: 'critical',
  critico: 'critical',
  alta: 'high',
  alto: 'high',
  media: 'medium',
  medio: 'medium',
  baja: 'low',
  bajo: 'low',
}

// "P1 - Critical", "Priority 1" and "1" are one; so are "Crítica" and "critical".
function rank(priority: string): string {
  const words = plain(priority)
  const digit = /\d/.exec(words)?.[0]
  const word = /[a-z]+/.exec(words)?.[0] ?? ''
  return digit ?? RANKS[word] ?? word
}

/** SLE-12: a number or a status that a person declares, else nothing. */
function withoutEvidence(clause: Clause<ServiceLevelTerms>, impossible: boolean, context: JudgeContext): Judgement {
  const { target, subject } = clause.terms
  const said = context
    .evidence('declarations')
    .filter(({ values }) => values.clause === clause.id && isNumber(values.value))
    .filter(({ values }) => canBe(String(values.value), clause.terms))
    .at(-1)
  if (said && target) {
    const value = String(said.values.value)
    const figure = { seen: value, worst: value, best: value, facts: [said], field: 'value', target }
    return ofFigure(clause, figure, 'declared', context)
  }
  const proof = proofFor(clause, context)
  if (proof) return judgeByProof(clause, proof, context)
  const dataset = DATASET[subject]
  const reason = message(impossible ? 'service-level.impossible' : 'clause.no-evidence', { dataset })
  return undetermined(reason, context, [quoted(clause), missing(dataset)])
}

/** SLE-10: the newest survey (or value of another metric) decides. */
function byNewest(clause: Clause<ServiceLevelTerms>, facts: EvidenceFact[], context: JudgeContext): Judgement {
  const { target, subject } = clause.terms
  if (!target) return statement(clause, context)
  for (const fact of [...facts].reverse()) {
    const value = String(fact.values.value)
    const figure =
      subject === 'satisfaction'
        ? surveyScore(fact, target)
        : isNumber(fact.values.value)
          ? { seen: value, worst: value, best: value, facts: [fact], field: 'value', target }
          : undefined
    if (!figure) continue
    if (subject === 'satisfaction' && isOld(fact, context)) {
      const reason = message('service-level.survey-old', { on: { date: fact.to } })
      return undetermined(reason, context, [quoted(clause), evidenced(fact, figure.field), missing('surveys')])
    }
    return ofFigure(clause, figure, fact.grade, context)
  }
  const dataset = DATASET[subject]
  return undetermined(message('service-level.no-score', { dataset }), context, [quoted(clause), missing(dataset)])
}

/** SLE-16: what a survey said more than a year ago (before the end of the term, once that is past) says nothing of today. */
function isOld(fact: EvidenceFact, { asOf, term }: JudgeContext): boolean {
  const end = term && term.end < asOf ? term.end : asOf
  return addDuration(fact.to, { amount: '1', unit: 'year' }) < end
}

function ofFigure(
  clause: Clause<ServiceLevelTerms>,
  figure: Figure,
  grade: Judgement['grade'],
  context: JudgeContext,
): Judgement {
  const met = satisfies(figure.seen, figure.target)
  const on = figure.facts.at(-1)?.to ?? context.asOf
  const reason = message(met ? 'service-level.value-met' : 'service-level.value-breached', {
    value: shown(figure.seen, figure.target.unit),
    target: shown(figure.target.value, figure.target.unit),
    on: { date: on },
  })
  const children = [quoted(clause, 'target'), ...figure.facts.map((fact) => evidenced(fact, figure.field))]
  return judgement({ verdict: met ? 'met' : 'breached', reason, measure: measureOf(figure), grade }, context, children)
}

function shown(value: string, unit: string): Param {
  if (unit === 'percent') return { percent: value }
  if (['hour', 'minute', 'day', 'week', 'second'].includes(unit)) return { amount: value, unit: unit as 'hour' }
  return { decimal: value }
}

function measureOf({ seen, target }: Figure): Judgement['measure'] {
  return { value: seen, target: target.value, unit: target.unit }
}

/** SLE-6: the worst window decides; a window without enough evidence leaves the clause open. */
function byWindows(clause: Clause<ServiceLevelTerms>, facts: EvidenceFact[], context: JudgeContext): Judgement {
  const { terms } = clause
  const stated = terms.window ?? context.rules.find('measurement', clause.id)?.value?.window
  const windows = judgeWindows(terms, facts, windowMonths(stated), context)
  const breached = windows.filter((window) => window.outcome === 'breached').sort(worstFirst)
  const running = windows.find((window) => !window.over)
  const nextDate = running ? lastDay(running.period) : null
  const over = windows.filter((window) => window.over)
  const unknown = over.filter((window) => window.outcome === 'unknown')
  const deciding =
    breached[0] ??
    (running?.outcome === 'at-risk' ? running : undefined) ??
    unknown.at(-1) ??
    [...over].sort(worstFirst)[0] ??
    running
  if (!deciding) return undetermined(message('clause.no-evidence', { dataset: DATASET[terms.subject] }), context, [])
  const credits = creditsDue(clause.id, terms, breached, context)
  const known = windows.flatMap((window) => window.figure?.facts ?? [])
  const children = [quoted(clause, 'target'), ...traceOf(windows, terms, unknown)]
  if (credits) children.push(credits.node)
  return judgement(
    {
      ...verdictOf(deciding, over.length, breached.length, terms),
      measure:
        deciding.figure && !deciding.figure.disagree
          ? measureOf({ ...deciding.figure, seen: deciding.value ?? deciding.figure.seen })
          : null,
      grade: weakestGrade(known.map((fact) => fact.grade)) ?? null,
      moneyAtStake: credits?.amount ?? null,
      nextDate,
    },
    context,
    children,
  )
}

function worstFirst(a: Window, b: Window): number {
  if (!a.figure || a.value === undefined || b.value === undefined) return 0
  const order = decimal(a.value).cmp(b.value)
  return a.figure.target.comparison === 'at-most' || a.figure.target.comparison === 'less-than' ? -order : order
}

function verdictOf(
  window: Window,
  overCount: number,
  breachedCount: number,
  terms: ServiceLevelTerms,
): Pick<Judgement, 'verdict' | 'reason'> {
  const { figure, period, value } = window
  const params: Record<string, Param> = {
    from: { date: period.start },
    to: { date: lastDay(period) },
    dataset: DATASET[terms.subject],
    count: breachedCount,
    ...(figure
      ? {
          value: shown(value ?? figure.seen, figure.target.unit),
          target: shown(figure.target.value, figure.target.unit),
        }
      : {}),
  }
  const say = (id: string) => message(id, params)
  switch (window.outcome) {
    case 'breached':
      return {
        verdict: 'breached',
        reason: say(window.over ? 'service-level.breached' : 'service-level.breached-already'),
      }
    case 'at-risk':
      return { verdict: 'at-risk', reason: say('service-level.at-risk') }
    case 'met':
      return { verdict: 'met', reason: say(overCount > 1 ? 'service-level.met-worst' : 'service-level.met') }
    case 'open':
      return { verdict: 'not-due', reason: say('service-level.open') }
    default:
      return {
        verdict: 'undetermined',
        reason: say(whyUnknown(figure)),
      }
  }
}

function whyUnknown(figure: Figure | undefined): string {
  if (figure?.disagree) return 'service-level.disagree'
  return figure ? 'service-level.incomplete' : 'service-level.window-missing'
}

function availabilityField({ values }: EvidenceFact): string {
  return isNumber(values.upMinutes) ? 'upMinutes' : 'availability'
}

/** A trace of the windows that matter: every breached or open one, and the newest of the others. */
function traceOf(windows: readonly Window[], terms: ServiceLevelTerms, unknown: readonly Window[]): TraceNode[] {
  const telling = windows.filter(({ outcome }) => outcome !== 'met' && outcome !== 'unknown')
  const others = windows.filter(({ outcome }) => outcome === 'met').slice(-12)
  const nodes = [...others, ...telling].flatMap(({ figure, period, value }) =>
    figure
      ? trace('formula', message('service-level.trace.window', { from: { date: period.start } }), {
          value: shown(value ?? figure.seen, figure.target.unit),
          children: [
            ...figure.facts.map((fact) => evidenced(fact, figure.field)),
            ...(figure.dropped ?? []).map((fact) => leftOut(fact, availabilityField(fact), 'left-out.same-days')),
          ],
        })
      : [],
  )
  const contradicting = windows.flatMap(({ figure }) => (figure?.disagree ? figure.facts : []))
  return [
    ...nodes,
    ...contradicting.map((fact) => evidenced(fact, availabilityField(fact))),
    ...unknown.map(({ period }) => missing(DATASET[terms.subject], period)),
  ]
}
