import { type EvidenceFact, GRADES, weakestGrade } from '../evidence/index.ts'

const ROWS_SHOWN = 50

/** A fact made of others: never better than the weakest of them, known once the last of them was, and naming their rows. */
export function derivedFrom(
  facts: readonly EvidenceFact[],
  made: Pick<EvidenceFact, 'dataset' | 'from' | 'to' | 'values'>,
): EvidenceFact {
  const sorted = [...facts].sort((a, b) => compare(a.receivedAt, b.receivedAt))
  const last = sorted.at(-1)
  const files = new Set(facts.map((fact) => fact.file))
  // Rows are told of one file alone; those of several would not say whose they are.
  const sameFile = files.size === 1 ? last : undefined
  const rows = facts.map((fact) => fact.row ?? '?')
  return {
    ...made,
    receivedAt: last?.receivedAt ?? made.to,
    grade: weakestGrade(facts.map((fact) => fact.grade)) ?? GRADES[0],
    source: last?.source ?? made.dataset,
    ...(sameFile?.file === undefined ? {} : { file: sameFile.file }),
    ...(sameFile?.sha256 === undefined ? {} : { sha256: sameFile.sha256 }),
    row: sameFile && rows.length <= ROWS_SHOWN ? rows.join(', ') : `(${rows.length})`,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
