import { z } from 'zod'
import { FAMILIES, VERDICTS } from '../clauses/room.ts'

/** Money as decimal text. */
export const money = z.object({ amount: z.string(), currency: z.string() }).meta({ id: 'Money' })

/** A place in a text. */
export const span = z
  .object({
    file: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    endLine: z.number().int(),
    endColumn: z.number().int(),
  })
  .meta({ id: 'Span' })

/** Where a clause stands. */
export const verdict = z.enum(VERDICTS).meta({ id: 'Verdict' })

/** What was measured against what was promised, also as people read it. */
export const measure = z
  .object({ value: z.string(), target: z.string(), unit: z.string(), valueText: z.string(), targetText: z.string() })
  .meta({ id: 'Measure' })

/** Families of clauses by which roles see and act. */
export const family = z.enum(FAMILIES).meta({ id: 'Family' })

/** How many obligations and targets stand where. */
export const summary = z
  .object({
    met: z.number().int(),
    atRisk: z.number().int(),
    breached: z.number().int(),
    notDue: z.number().int(),
    undetermined: z.number().int(),
    waived: z.number().int(),
  })
  .meta({ id: 'Summary' })

/** One clause with its standing, as lists show it. */
export const clauseLine = z
  .object({
    id: z.string(),
    kind: z.string(),
    /** The kind in words. */
    kindText: z.string(),
    family,
    title: z.string(),
    section: z.array(z.string()),
    force: z.enum(['obligation', 'target', 'estimate', 'statement']),
    obligor: z.string(),
    beneficiary: z.string(),
    verdict,
    lifecycle: z.string(),
    measure: measure.nullable(),
    grade: z.string().nullable(),
    moneyAtStake: money.nullable(),
    forecast: z
      .object({ low: z.string(), mid: z.string(), high: z.string(), unit: z.string(), text: z.string() })
      .nullable(),
    reason: z.string(),
    nextDate: z.string().nullable(),
    /** Days from the newest evidence it was judged by to the day asked about; null without any. */
    evidenceAge: z.number().int().nullable(),
    /** The role whose family it is: who has to act. */
    owner: z.string(),
    /** Verdicts at the last month ends, oldest first. */
    trend: z.array(z.object({ on: z.string(), verdict })),
    span,
  })
  .meta({ id: 'ClauseLine' })

/** A node of a trace. */
export interface TraceShape {
  kind: string
  label: string
  value?: unknown
  /** The value as people read it. */
  valueText?: string
  span?: z.output<typeof span>
  evidence?: {
    dataset: string
    source: string
    file?: string
    row?: string
    rows?: number
    sha256?: string
  }
  source?: { title: string; url?: string; readOn?: string }
  children: TraceShape[]
}

/** Why a number or a verdict is what it is: a tree whose leaves are words, rows and sourced facts. */
export const traceNode: z.ZodType<TraceShape> = z
  .object({
    kind: z.enum(['clause', 'formula', 'input', 'evidence', 'fact', 'rule', 'missing', 'verdict']),
    label: z.string(),
    value: z.unknown().optional(),
    valueText: z.string().optional(),
    span: span.optional(),
    evidence: z
      .object({
        dataset: z.string(),
        source: z.string(),
        file: z.string().optional(),
        row: z.string().optional(),
        rows: z.number().optional(),
        sha256: z.string().optional(),
      })
      .optional(),
    source: z.object({ title: z.string(), url: z.string().optional(), readOn: z.string().optional() }).optional(),
    get children() {
      return z.array(traceNode)
    },
  })
  .meta({ id: 'TraceNode' }) as z.ZodType<TraceShape>

/** What a check says of the text. */
export const finding = z
  .object({
    code: z.string(),
    rule: z.string(),
    title: z.string(),
    family: z.string().describe('family of checks'),
    severity: z.enum(['error', 'warning', 'info']),
    confidence: z.enum(['proved', 'computed', 'heuristic']),
    message: z.string(),
    explain: z.string(),
    fix: z.string(),
    clause: z.string().nullable(),
    money: money.nullable(),
    primary: span,
    related: z.array(z.object({ span, label: z.string() })),
    fingerprint: z.string(),
    waived: z.object({ by: z.string(), reason: z.string(), until: z.string() }).nullable(),
  })
  .meta({ id: 'Finding' })

/** Something wrong with an input: where, and how to mend it. */
export const problem = z
  .object({ code: z.string(), message: z.string(), fix: z.string().nullable(), where: span })
  .meta({ id: 'InputProblem' })

/** What became of the rows of an import. */
export const tally = z
  .object({
    read: z.number().int(),
    kept: z.number().int(),
    duplicate: z.number().int(),
    superseded: z.number().int(),
    rejected: z.number().int(),
  })
  .meta({ id: 'Tally' })

/** RFC 9457. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    /** Everything wrong with the input, each with its place. */
    errors: z.array(z.object({ place: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
