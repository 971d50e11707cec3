import type { EvidenceFact } from '../../evidence/index.ts'
import { addDays, type IsoDate } from '../../language/index.ts'
import { derivedFrom } from '../derived.ts'

/** CRT-6 to CRT-8: certificates one by one, each as the newest list leaves it. */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const lists = facts.filter((fact) => fact.dataset === 'certificate-lists')
  const days = [...new Set(lists.filter((fact) => fact.values.complete === true).map((fact) => fact.to))].sort()
  const tellings = new Map<string, EvidenceFact[]>()
  for (const fact of lists) {
    const number = String(fact.values.number)
    tellings.set(number, [...(tellings.get(number) ?? []), fact])
  }
  return [...tellings.values()].map((told) =>
    certificate(
      [...told].sort((a, b) => (a.to < b.to ? -1 : 1)),
      days,
    ),
  )
}

/** CRT-7: valid until it expires, and no longer than the day before the first list on which it is missing or withdrawn. */
function certificate(told: readonly EvidenceFact[], days: readonly IsoDate[]): EvidenceFact {
  const newest = told.at(-1) as EvidenceFact
  const { certificate, holder, level, awardedOn, validUntil } = newest.values
  const awarded = String(awardedOn)
  const kept = told.findLastIndex((fact) => !isWithdrawn(fact))
  const withdrawn = told[kept + 1]?.to
  const missing = days.find((day) => day > newest.to)
  const lost = [withdrawn, missing].filter((day) => day !== undefined).sort()[0]
  const lastDay = lost === undefined ? undefined : addDays(kept < 0 && withdrawn !== undefined ? awarded : lost, -1)
  const stated = typeof validUntil === 'string' ? validUntil : undefined
  const until = [stated, lastDay].filter((day) => day !== undefined).sort()[0]
  return derivedFrom([newest], {
    dataset: 'certificates',
    from: awarded,
    to: awarded,
    values: {
      ...(certificate === undefined ? {} : { certificate }),
      ...(holder === undefined ? {} : { holder }),
      ...(level === undefined ? {} : { level }),
      ...(until === undefined ? {} : { validUntil: until }),
      ...(days.length > 0 ? { complete: true, listedOn: String(days.at(-1)) } : {}),
    },
  })
}

// One that has expired on its own day was not taken away: it counted until then.
function isWithdrawn({ values, to }: EvidenceFact): boolean {
  if (values.status === 'valid') return false
  return typeof values.validUntil !== 'string' || values.validUntil >= to
}
