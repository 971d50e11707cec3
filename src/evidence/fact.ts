import type { IsoDate } from '../language/index.ts'

/** How far a fact can be trusted, weakest first: said, reported by the party judged, measured without interest, signed by a third party. */
export const GRADES = ['declared', 'reported', 'measured', 'attested'] as const

/** One of GRADES. */
export type Grade = (typeof GRADES)[number]

/** A dated fact with provenance. `from`/`to` bound the time it speaks of (both inclusive); a snapshot has them equal. */
export interface EvidenceFact {
  dataset: string
  from: IsoDate
  to: IsoDate
  receivedAt: IsoDate
  values: Record<string, string | number | boolean>
  grade: Grade
  source: string
  /** File, row and hash where the fact came from a file. */
  file?: string
  row?: string
  /** How many rows of a bulk dataset it sums up, instead of one `row`. */
  rows?: number
  sha256?: string
  /** Identity inside the dataset, when its source knows one: two incidents of one day and length are two. */
  key?: string
}

/** The weakest of several grades; undefined for none. */
export function weakestGrade(grades: readonly Grade[]): Grade | undefined {
  return [...grades].sort((a, b) => GRADES.indexOf(a) - GRADES.indexOf(b))[0]
}

/** Each fact once: the same dataset, dates, values and source told twice are one fact, whichever file tells them. */
export function distinctFacts(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const seen = new Map<string, EvidenceFact>()
  for (const fact of facts) {
    const key = contentOf(fact)
    const before = seen.get(key)
    if (!before || fact.receivedAt < before.receivedAt) seen.set(key, fact)
  }
  return [...seen.values()]
}

// A fact is never changed, and a server judges the same ones again and again.
const contents = new WeakMap<EvidenceFact, string>()

function contentOf(fact: EvidenceFact): string {
  const known = contents.get(fact)
  if (known !== undefined) return known
  const { dataset, from, to, source, values } = fact
  const content = JSON.stringify([dataset, from, to, source, fact.key ?? '', Object.entries(values).sort()])
  contents.set(fact, content)
  return content
}

/** The facts that had happened by `asOf` and were received by `knownAt`. A fact of a longer time counts once it has begun. */
export function cutFacts(facts: readonly EvidenceFact[], asOf: IsoDate, knownAt: IsoDate): EvidenceFact[] {
  return facts.filter((fact) => fact.to <= asOf && fact.receivedAt <= knownAt)
}
