import type { Clause } from '../agreement/index.ts'
import type { ClauseRoom, EvidenceNeed, Judgement } from '../clauses/room.ts'
import { type EvidenceFact, type Grade, weakestGrade } from '../evidence/index.ts'
import type { IsoDate, Message, TraceNode } from '../language/index.ts'
import { counts, type Standing } from './standing.ts'

/** What there is of one dataset. */
export interface DatasetState {
  dataset: string
  facts: number
  from: IsoDate | null
  through: IsoDate | null
  /** The weakest of its facts. */
  grade: Grade | null
}

/** Which evidence a clause needs, and what it lacks. */
export interface ClauseNeeds {
  clause: Clause
  verdict: Judgement['verdict']
  grade: Grade | null
  needs: (EvidenceNeed & { state: DatasetState })[]
  /** Facts that its judgement stands on. */
  used: number
  /** What its judgement looked for and did not find, in words; the reason itself when nothing more precise is known. */
  missing: Message[]
}

/** The state of each dataset that any clause needs or any fact belongs to, by name. */
export function datasetStates(evidence: readonly EvidenceFact[], rooms: readonly ClauseRoom[]): DatasetState[] {
  const byDataset = new Map<string, EvidenceFact[]>()
  for (const { dataset } of rooms.flatMap((room) => room.needs)) byDataset.set(dataset, [])
  for (const fact of evidence) {
    const facts = byDataset.get(fact.dataset)
    if (facts) facts.push(fact)
    else byDataset.set(fact.dataset, [fact])
  }
  return [...byDataset].sort(([a], [b]) => (a < b ? -1 : 1)).map(([dataset, facts]) => stateOf(dataset, facts))
}

function stateOf(dataset: string, facts: readonly EvidenceFact[]): DatasetState {
  let from: IsoDate | null = null
  let through: IsoDate | null = null
  for (const fact of facts) {
    if (from === null || fact.from < from) from = fact.from
    if (through === null || fact.to > through) through = fact.to
  }
  return { dataset, facts: facts.length, from, through, grade: weakestGrade(facts.map((fact) => fact.grade)) ?? null }
}

/** For each obligation and target, worst first: what it needs, what there is, and what is missing. */
export function clauseNeeds(
  standing: Standing,
  states: readonly DatasetState[],
  rooms: readonly ClauseRoom[],
): ClauseNeeds[] {
  const byDataset = new Map(states.map((state) => [state.dataset, state]))
  const byKind = new Map(rooms.map((room) => [room.id, room]))
  return standing.lines
    .filter(({ clause }) => counts(clause))
    .map(({ clause, judgement }) => {
      const room = byKind.get(clause.kind)
      const needs = room ? (room.needsOf?.(clause) ?? room.needs) : []
      const leaves = leavesOf(judgement.trace)
      const gaps = leaves.filter((leaf) => leaf.kind === 'missing').map((leaf) => leaf.label)
      const open = judgement.verdict === 'undetermined'
      return {
        clause,
        verdict: judgement.verdict,
        grade: judgement.grade,
        needs: needs.map((need) => ({ ...need, state: byDataset.get(need.dataset) ?? stateOf(need.dataset, []) })),
        used: leaves.filter((leaf) => leaf.kind === 'evidence').length,
        missing: gaps.length > 0 ? gaps : open ? [judgement.reason] : [],
      }
    })
}

function leavesOf(node: TraceNode): TraceNode[] {
  return [node, ...node.children.flatMap(leavesOf)]
}
