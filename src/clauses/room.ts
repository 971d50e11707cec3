import type { Agreement, Clause, ReadableKind, RuleBook } from '../agreement/index.ts'
import type { EvidenceFact, Grade } from '../evidence/index.ts'
import type { Facts } from '../facts/index.ts'
import type { Amount, IsoDate, Message, Param, Period, TraceNode } from '../language/index.ts'

/** Where a clause stands. */
export const VERDICTS = ['breached', 'at-risk', 'undetermined', 'not-due', 'met', 'waived'] as const

/** One of VERDICTS; they are ordered worst first. */
export type Verdict = (typeof VERDICTS)[number]

/** Where a clause is in its life, apart from its verdict. */
export type Lifecycle = 'not-begun' | 'running' | 'ended' | 'disputed'

/** What was measured against what was promised. `value` and `target` are plain decimal strings or short words. */
export interface Measure {
  value: string
  target: string
  unit: string
}

/** What a judge says of one clause. `reason` is one sentence; `trace` explains every number in it. */
export interface Judgement {
  verdict: Verdict
  lifecycle: Lifecycle
  measure: Measure | null
  grade: Grade | null
  moneyAtStake: Amount | null
  /** What is expected by the next date, in the measure's unit, or in the currency of `moneyAtStake`. */
  forecast: { low: string; mid: string; high: string; unit: string } | null
  reason: Message
  nextDate: IsoDate | null
  trace: TraceNode
}

/** What a clause needs to know of what happened. `fields` are the values a fact must carry to count. */
export interface EvidenceNeed {
  dataset: string
  fields: string[]
  /** How to get it, as an id in the room's words. */
  how: string
}

/** What a document says about itself: since when its declarations are known, and until when they are fresh. */
export interface Declarations {
  /** First day on which they are known; undefined when the document has no date of review. */
  knownFrom?: IsoDate
  /** First day on which they are stale. */
  staleFrom?: IsoDate
}

/** Everything a judge may look at. It is cut to what was known: no clock, no file, no network. */
export interface JudgeContext {
  asOf: IsoDate
  knownAt: IsoDate
  agreement: Agreement
  /** The whole term; undefined when the text gives no dates. */
  term?: Period
  declarations: Declarations
  rules: RuleBook
  facts: Facts
  /** Clauses of a kind that this room's manifest names in `reads`. */
  clauses<T>(room: { id: string; terms: ReadableKind<T>['terms'] }): Clause<T>[]
  /** Judgements already made of a kind named in `reads`. */
  judgements(kind: string): { clause: Clause; judgement: Judgement }[]
  /** Facts of a dataset, oldest first, already cut to as-of and known-at. */
  evidence(dataset: string): EvidenceFact[]
}

/** How a change of a term moves the balance: who gains when its number rises. */
export type Favours = Record<string, { up: 'partner' | 'provider' | 'obligor' | 'beneficiary' } | { change: 'neutral' }>

/** Families of clauses: by them people share the work, and roles see and act. */
export const FAMILIES = ['commercial', 'service', 'programme', 'governance', 'compliance', 'terms'] as const

/** One of FAMILIES. */
export type Family = (typeof FAMILIES)[number]

/** A room: how one kind of clause is recognised, what it promises, and how evidence judges it. */
export interface ClauseRoom<T = unknown> extends ReadableKind<T> {
  family: Family
  /** Datasets it can be judged by. */
  needs: EvidenceNeed[]
  /** Which of them one clause can be judged by, where that depends on what it promises. */
  needsOf?(clause: Clause<T>): EvidenceNeed[]
  /** What the room gives to others, in words. */
  gives: string[]
  /** Kinds whose clauses and judgements it is handed. */
  reads: string[]
  favours: Favours
  judge(clause: Clause<T>, context: JudgeContext): Judgement
}

/** A value that goes into a reason or a trace; re-exported so that rooms need one import. */
export type { Param }
