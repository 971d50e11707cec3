import type { EvidenceFact } from '../../evidence/index.ts'
import { derivedFrom } from '../derived.ts'

/**
 * SOP-4: of each whole list, one fact for each initiative, which adds no revenue and says that there is no more. A list that is
 * shorter than what was known by its day was not whole after all.
 */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const lists = facts.filter((fact) => fact.dataset === 'pipeline-lists')
  return lists.flatMap((list) => {
    const known = facts.filter(
      ({ dataset, source, to, values }) =>
        dataset === 'opportunities' && source === list.source && values.opportunity !== undefined && to <= list.to,
    )
    const ids = new Set(known.map((fact) => fact.values.opportunity))
    if (ids.size > Number(list.values.opportunities)) return []
    const initiatives = new Map(
      known
        .filter(({ values }) => values.initiative !== undefined && values.currency !== undefined)
        .map(({ values }) => [JSON.stringify([values.initiative, values.currency]), values]),
    )
    return [...initiatives.values()].map(({ initiative = '', currency = '' }) => {
      const values = { initiative, opportunity: 'whole list', stage: 'open', arr: '0', currency, complete: true }
      return derivedFrom([list], { dataset: 'opportunities', from: list.from, to: list.to, values })
    })
  })
}
