import type { Judgement } from '../clauses/room.ts'
import { type Amount, type Param, type Speaker, stated, type TraceNode } from '../language/index.ts'
import type { Standing, StandingLine } from '../standing/index.ts'
import { csvText } from './csv.ts'

/** One line of standing as scripts read it; the shape is a promise of DESIGN.md. */
export function standingLineAsJson({ clause, judgement }: StandingLine, speak: Speaker): object {
  const { line, column, endLine, endColumn, file } = clause.span
  return {
    id: clause.id,
    kind: clause.kind,
    title: clause.title,
    force: clause.force,
    obligor: clause.obligor,
    beneficiary: clause.beneficiary,
    verdict: judgement.verdict,
    lifecycle: judgement.lifecycle,
    measure: judgement.measure,
    grade: judgement.grade,
    moneyAtStake: money(judgement),
    forecast: judgement.forecast,
    reason: speak.say(judgement.reason),
    nextDate: judgement.nextDate,
    span: { file, line, column, endLine, endColumn },
  }
}

function money(judgement: Judgement): object | null {
  return judgement.moneyAtStake ? stated(judgement.moneyAtStake) : null
}

/** The whole standing as scripts read it. */
export function standingAsJson(standing: Standing, speak: Speaker): object {
  const { met, breached, undetermined, waived } = standing.summary
  return {
    agreement: standing.agreement.id,
    asOf: standing.asOf,
    knownAt: standing.knownAt,
    evidenceThrough: standing.evidenceThrough,
    summary: {
      met,
      atRisk: standing.summary['at-risk'],
      breached,
      notDue: standing.summary['not-due'],
      undetermined,
      waived,
    },
    clauses: standing.lines.map((line) => standingLineAsJson(line, speak)),
  }
}

const COLUMNS = [
  'id',
  'kind',
  'title',
  'force',
  'verdict',
  'lifecycle',
  'value',
  'target',
  'unit',
  'grade',
  'moneyAtStake',
  'currency',
  'reason',
  'nextDate',
  'line',
] as const

/** The standing as CSV. */
export function standingAsCsv(standing: Standing, speak: Speaker): string {
  const rows = standing.lines.map(({ clause, judgement }) => {
    const at: { amount?: string; currency?: string } = judgement.moneyAtStake ? stated(judgement.moneyAtStake) : {}
    const { measure } = judgement
    return [
      clause.id,
      clause.kind,
      clause.title,
      clause.force,
      judgement.verdict,
      judgement.lifecycle,
      measure?.value,
      measure?.target,
      measure?.unit,
      judgement.grade,
      at.amount,
      at.currency,
      speak.say(judgement.reason),
      judgement.nextDate,
      clause.span.line,
    ]
  })
  return csvText(COLUMNS, rows)
}

/** A trace as plain data; labels are said in the speaker's language, values keep every digit. */
export function traceAsJson(node: TraceNode, speak: Speaker): object {
  return {
    kind: node.kind,
    label: speak.say(node.label),
    ...(node.value === undefined ? {} : { value: plainValue(node.value, speak) }),
    ...(node.span ? { span: node.span } : {}),
    ...(node.evidence ? { evidence: node.evidence } : {}),
    ...(node.source ? { source: node.source } : {}),
    children: node.children.map((child) => traceAsJson(child, speak)),
  }
}

function plainValue(value: Param, speak: Speaker): unknown {
  if (typeof value === 'object' && !Array.isArray(value) && 'units' in value) return stated(value as Amount)
  return typeof value === 'object' && !Array.isArray(value) && 'word' in value ? speak.show(value) : value
}
