import type { Agreement, Clause, RuleBook, Supplement } from '../agreement/index.ts'
import {
  type ClauseRoom,
  type Declarations,
  type JudgeContext,
  type Judgement,
  VERDICTS,
  type Verdict,
} from '../clauses/room.ts'
import { cutFacts, distinctFacts, type EvidenceFact } from '../evidence/index.ts'
import type { Facts } from '../facts/index.ts'
import { type IsoDate, message, type Period, trace } from '../language/index.ts'
import { declarationsOf, termOf } from './dates.ts'

/** Everything standing is a function of; the same input gives the same bytes. */
export interface StandingInput {
  agreement: Agreement
  rules: RuleBook
  supplement?: Supplement
  facts: Facts
  rooms: readonly ClauseRoom[]
  evidence: readonly EvidenceFact[]
  asOf: IsoDate
  knownAt: IsoDate
}

/** One clause with its judgement. */
export interface StandingLine {
  clause: Clause
  judgement: Judgement
}

/** How many obligations and targets stand where; statements and estimates are not counted. */
export type StandingSummary = Record<Verdict, number>

/** Where the whole agreement stands. */
export interface Standing {
  agreement: Agreement
  asOf: IsoDate
  knownAt: IsoDate
  term?: Period
  /** When the document's own declarations hold. */
  declarations: Declarations
  /** Last day up to which any evidence or declaration speaks. */
  evidenceThrough: IsoDate | null
  summary: StandingSummary
  /** Worst first. */
  lines: StandingLine[]
}

/** Judges every clause; a clause that excuses itself by a valid waiver is `waived`, and its trace keeps what it would be. */
export function standingOf(input: StandingInput): Standing {
  const lines = judgeAll(input)
  const summary = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as StandingSummary
  for (const { clause, judgement } of lines) if (counts(clause)) summary[judgement.verdict] += 1
  const term = termOf(input.agreement)
  const standing: Standing = {
    agreement: input.agreement,
    asOf: input.asOf,
    knownAt: input.knownAt,
    declarations: declarationsOf(input.agreement),
    evidenceThrough: evidenceThrough(input),
    summary,
    lines: [...lines].sort(worstFirst),
  }
  if (term) standing.term = term
  return standing
}

/** The judgement of one clause, with everything it reads judged before it. */
export function judgeOne(input: StandingInput, id: string): StandingLine | undefined {
  return judgeAll(input).find((line) => line.clause.id === id)
}

/** Whether a clause counts in sentences such as "11 of 12 met". */
export function counts(clause: Clause): boolean {
  return clause.force === 'obligation' || clause.force === 'target'
}

function judgeAll(input: StandingInput): StandingLine[] {
  const { agreement, asOf, knownAt } = input
  const byKind = new Map<string, Clause[]>()
  for (const clause of agreement.clauses) {
    const same = byKind.get(clause.kind)
    if (same) same.push(clause)
    else byKind.set(clause.kind, [clause])
  }
  const known = distinctFacts(cutFacts(input.evidence, asOf, knownAt))
  const byDataset = new Map<string, EvidenceFact[]>()
  for (const fact of [...known].sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0))) {
    const same = byDataset.get(fact.dataset)
    if (same) same.push(fact)
    else byDataset.set(fact.dataset, [fact])
  }
  const judged = new Map<string, StandingLine[]>()
  const term = termOf(agreement)
  const base = {
    asOf,
    knownAt,
    agreement,
    declarations: declarationsOf(agreement),
    rules: input.rules,
    facts: input.facts,
    evidence: (dataset: string) => byDataset.get(dataset) ?? [],
  }
  for (const room of inOrder(input.rooms)) {
    const context: JudgeContext = {
      ...base,
      ...(term ? { term } : {}),
      clauses: ((other: { id: string }) => only(room, other.id, byKind.get(other.id))) as JudgeContext['clauses'],
      judgements: (kind) => only(room, kind, judged.get(kind)),
    }
    const lines = (byKind.get(room.id) ?? []).map((clause) => ({
      clause,
      judgement: waived(room.judge(clause, context), clause, input),
    }))
    judged.set(room.id, lines)
  }
  const unread = (byKind.get('unread') ?? []).map((clause) => ({ clause, judgement: notUnderstood(clause) }))
  return [...[...judged.values()].flat(), ...unread]
}

// A room sees only what its manifest declares, so that the order of judging is known from the manifests alone.
function only<T>(room: ClauseRoom, kind: string, values: T[] | undefined): T[] {
  if (kind !== room.id && !room.reads.includes(kind)) throw new Error(`${room.id} reads ${kind} without declaring it`)
  return values ?? []
}

/** Rooms so that each comes after all it reads; throws on a circle. */
export function inOrder(rooms: readonly ClauseRoom[]): ClauseRoom[] {
  const ordered: ClauseRoom[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (room: ClauseRoom): void => {
    if (state.get(room.id) === 'done') return
    if (state.get(room.id) === 'open') throw new Error(`clause kinds read each other in a circle at ${room.id}`)
    state.set(room.id, 'open')
    for (const id of room.reads) {
      const other = rooms.find((each) => each.id === id)
      if (!other) throw new Error(`${room.id} reads ${id}, which is no clause kind`)
      visit(other)
    }
    state.set(room.id, 'done')
    ordered.push(room)
  }
  for (const room of rooms) visit(room)
  return ordered
}

function waived(judgement: Judgement, clause: Clause, input: StandingInput): Judgement {
  const waiver = input.supplement?.waivers.find((each) => each.finding === undefined && each.clause === clause.id)
  if (!waiver?.reason || !waiver.approvedBy || !waiver.until || waiver.until < input.asOf) return judgement
  if (judgement.verdict === 'met' || judgement.verdict === 'not-due') return judgement
  const reason = message('standing.waived', {
    by: waiver.approvedBy,
    until: { date: waiver.until },
    reason: waiver.reason,
  })
  const node = trace('rule', reason, { span: waiver.span, children: [judgement.trace] })
  return { ...judgement, verdict: 'waived', reason, trace: node }
}

function notUnderstood(clause: Clause): Judgement {
  const reason = message('standing.unread')
  const leaf = trace('clause', message('trace.clause', { text: clause.title }), { span: clause.span })
  return {
    verdict: 'undetermined',
    lifecycle: 'running',
    measure: null,
    grade: null,
    moneyAtStake: null,
    forecast: null,
    reason,
    nextDate: null,
    trace: trace('verdict', reason, { children: [leaf] }),
  }
}

function evidenceThrough(input: StandingInput): IsoDate | null {
  const { knownFrom } = declarationsOf(input.agreement)
  const known = cutFacts(input.evidence, input.asOf, input.knownAt).map((fact) => fact.to)
  if (knownFrom && knownFrom <= input.asOf && knownFrom <= input.knownAt) known.push(knownFrom)
  return known.sort().at(-1) ?? null
}

function worstFirst(a: StandingLine, b: StandingLine): number {
  const weight = (line: StandingLine): number =>
    (counts(line.clause) ? 0 : 100) + VERDICTS.indexOf(line.judgement.verdict)
  return weight(a) - weight(b) || a.clause.span.line - b.clause.span.line || a.clause.span.column - b.clause.span.column
}
