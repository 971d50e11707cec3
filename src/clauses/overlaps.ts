import type { EvidenceFact } from '../evidence/index.ts'
import { daysBetween, decimal } from '../language/index.ts'

/** Facts whose numbers may be added without counting the same thing twice. */
export interface Apart {
  kept: EvidenceFact[]
  /** Facts that a wider statement, or the same one from another source, already counts. */
  dropped: EvidenceFact[]
  /** Facts overlap in a way that makes no sum certain. */
  conflict: boolean
}

/**
 * Leaves out what is told twice: a statement of a time stands for the facts inside it; the same time told by two sources
 * counts once. Lines of one source for exactly the same time are its several entries, and all count.
 */
export function withoutOverlaps(
  facts: readonly EvidenceFact[],
  numberOf: (fact: EvidenceFact) => string | number,
): Apart {
  const ranges: EvidenceFact[] = []
  const days = new Map<string, EvidenceFact[]>()
  const dropped = new Set<EvidenceFact>()
  const inside = new Map<EvidenceFact, ReturnType<typeof decimal>>()
  const number = (fact: EvidenceFact) => decimal(String(numberOf(fact)))
  let conflict = false
  for (const fact of [...facts].sort((a, b) => length(b) - length(a))) {
    const long = length(fact) > 0
    const sameDay = long ? [] : (days.get(fact.from) ?? [])
    const others = ranges.filter((each) => overlap(each, fact))
    const wider = others.find((each) => contains(each, fact) && length(each) > length(fact))
    const same = [...others, ...sameDay].filter(
      (each) => contains(each, fact) && length(each) === length(fact) && each.source !== fact.source,
    )
    if (wider) {
      inside.set(wider, number(fact).plus(inside.get(wider) ?? '0'))
      dropped.add(fact)
    } else if (same.some((each) => number(each).eq(number(fact)))) dropped.add(fact)
    else {
      // Two occasions of one day are two occasions; two statements of one time contradict each other.
      if ((long && same.length > 0) || others.some((each) => !contains(each, fact))) conflict = true
      if (long) ranges.push(fact)
      else days.set(fact.from, [...sameDay, fact])
    }
  }
  // What lies inside a statement cannot be more than it says.
  for (const [wide, total] of inside) if (total.gt(number(wide))) conflict = true
  return { kept: facts.filter((fact) => !dropped.has(fact)), dropped: [...dropped], conflict }
}

function length({ from, to }: EvidenceFact): number {
  return daysBetween(from, to)
}

function overlap(a: EvidenceFact, b: EvidenceFact): boolean {
  return a.from <= b.to && b.from <= a.to
}

function contains(wide: EvidenceFact, fact: EvidenceFact): boolean {
  return wide.from <= fact.from && wide.to >= fact.to
}
