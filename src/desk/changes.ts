import type { Verdict } from '../clauses/room.ts'
import type { Message } from '../language/index.ts'
import { counts, type Standing } from '../standing/index.ts'

/** A clause whose verdict is another than before. */
export interface StandingChange {
  clause: string
  title: string
  /** Null when the clause was not there. */
  before: Verdict | null
  after: Verdict | null
  reason: Message
}

/** Obligations and targets whose verdict changed from one standing to another, in the later's order. */
export function standingChanges(before: Standing, after: Standing): StandingChange[] {
  const old = new Map(before.lines.map((line) => [line.clause.id, line]))
  const changes: StandingChange[] = []
  for (const { clause, judgement } of after.lines) {
    const was = old.get(clause.id)
    old.delete(clause.id)
    if (!counts(clause) || was?.judgement.verdict === judgement.verdict) continue
    const { id, title } = clause
    const common = { clause: id, title, after: judgement.verdict, reason: judgement.reason }
    changes.push({ ...common, before: was?.judgement.verdict ?? null })
  }
  for (const { clause, judgement } of old.values())
    if (counts(clause))
      changes.push({
        clause: clause.id,
        title: clause.title,
        before: judgement.verdict,
        after: null,
        reason: judgement.reason,
      })
  return changes
}
