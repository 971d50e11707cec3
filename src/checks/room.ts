import type { Agreement, Clause, ReadableKind, RuleBook, Supplement } from '../agreement/index.ts'
import type { Facts } from '../facts/index.ts'
import type { Amount, IsoDate, Param, Span, TraceNode, Wording } from '../language/index.ts'

/** How much a finding matters. */
export type Severity = 'error' | 'warning' | 'info'

/** How sure it is: follows from text or sourced facts; arithmetic over the text; a person should confirm. */
export type Confidence = 'proved' | 'computed' | 'heuristic'

/** Everything a check may look at: the text, what settles it, the world, and a date. Never evidence. */
export interface CheckContext {
  agreement: Agreement
  supplement?: Supplement
  rules: RuleBook
  facts: Facts
  asOf: IsoDate
  /** Clauses of a room, in the text's order. */
  clauses<T>(room: { id: string; terms: ReadableKind<T>['terms'] }): Clause<T>[]
}

/** What a check found, before severity and words are added from `findings.yaml`. */
export interface Draft {
  at: Span
  clause?: string
  params?: Record<string, Param>
  /** Other places, each with the id of its label in `findings.yaml`. */
  related?: { span: Span; label: string; params?: Record<string, Param> }[]
  money?: Amount
  /** Normalised operands that tell two findings of one clause apart; never line numbers. */
  operands?: string[]
  trace?: TraceNode
}

/** One check: all places where it does not hold. */
export type Check = (context: CheckContext) => Draft[]

/** What all other checks found, for a check that speaks of them. */
export interface Found {
  findings: readonly Finding[]
  /** Whether the checks that could give this code have run; true as well for a code that no family has. */
  sought(code: string): boolean
}

/** A check that looks at the findings of all the others, after they have run. */
export type CheckAfter = (context: CheckContext, found: Found) => Draft[]

/** A family of checks. */
export interface CheckRoom {
  id: string
  version: number
  needs: string[]
  gives: string[]
  /** Check by code, `family/slug`. */
  checks: Record<string, Check>
  /** Checks that run when all others have, by code. */
  after?: Record<string, CheckAfter>
}

/** One entry of a family's `findings.yaml`. */
export interface FindingPage {
  rule: string
  severity: Severity
  confidence: Confidence
  title: Wording
  message: Wording
  labels?: Record<string, Wording>
  fix: Wording
  explain: Wording
  /** A passage that has the defect and the same passage mended. */
  example: { bad: string; good: string }
}

/** A finding as reports show it. */
export interface Finding {
  code: string
  rule: string
  severity: Severity
  confidence: Confidence
  primary: Span
  related: { span: Span; label: string; params: Record<string, Param> }[]
  clause: string | null
  params: Record<string, Param>
  money?: Amount
  /** Survives re-reading: code, clause and operands, no line numbers. */
  fingerprint: string
  waived?: { by: string; reason: string; until: IsoDate }
  trace?: TraceNode
}
