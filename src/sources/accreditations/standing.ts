import type { EvidenceFact } from '../../evidence/index.ts'
import { derivedFrom } from '../derived.ts'

const TAKEN_AWAY: readonly unknown[] = ['suspended', 'withdrawn', 'revoked']

/**
 * SCC-3: what the newest register says of each side's standard, as a status of its day: taken away, unless another certificate of the
 * same standard stands in the same register.
 */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const newest = new Map<string, EvidenceFact[]>()
  for (const fact of facts) {
    if (fact.dataset !== 'accreditation-register') continue
    const key = JSON.stringify([String(fact.values.standard).toLowerCase(), fact.values.side])
    const before = newest.get(key) ?? []
    const day = before[0]?.to ?? ''
    if (fact.to > day) newest.set(key, [fact])
    else if (fact.to === day) before.push(fact)
  }
  return [...newest.values()].flatMap((register) => {
    const stands = register.some(({ values, to }) => values.state === 'valid' && String(values.validUntil) >= to)
    if (stands) return []
    return register
      .filter(({ values }) => TAKEN_AWAY.includes(values.state))
      .map((fact) => {
        const { state = '', ...values } = fact.values
        const { from, to } = fact
        return derivedFrom([fact], { dataset: 'accreditations', from, to, values: { ...values, status: state } })
      })
  })
}
