import { counts, type Standing } from '../standing/index.ts'
import type { Scope } from './scope.ts'

/** A standing as a scope is shown it: who may not see a kind of clause gets neither its line nor its place in the sums. */
export function shownTo({ kinds }: Scope, standing: Standing): Standing {
  if (kinds === '*') return standing
  const lines = standing.lines.filter(({ clause }) => kinds.includes(clause.kind))
  const summary = { ...standing.summary }
  for (const verdict of Object.keys(summary) as (keyof typeof summary)[])
    summary[verdict] = lines.filter((line) => line.judgement.verdict === verdict && counts(line.clause)).length
  return { ...standing, lines, summary }
}
