import type { EvidenceFact } from '../../evidence/index.ts'
import type { TraceNode } from '../../language/index.ts'
import { leftOut } from '../judging.ts'
import { isNumber } from './figures.ts'
import type { ServiceLevelTerms } from './terms.ts'

type Values = EvidenceFact['values']

/** SLE-14: the facts whose values can be true, and a trace leaf for each that cannot. */
export function usableFacts(
  facts: readonly EvidenceFact[],
  terms: ServiceLevelTerms,
): { usable: EvidenceFact[]; ignored: TraceNode[] } {
  const usable: EvidenceFact[] = []
  const ignored: TraceNode[] = []
  for (const fact of facts.map(withoutSigns)) {
    const field = impossibleField(fact.values, terms)
    if (field === undefined) usable.push(fact)
    else ignored.push(leftOut(fact, field, 'left-out.impossible'))
  }
  return { usable, ignored }
}

// "99.99%" and "99.99 %" are the number before the sign.
function withoutSigns(fact: EvidenceFact): EvidenceFact {
  const entries = Object.entries(fact.values).map(([field, value]) => {
    const bare = /^(-?\d+(?:\.\d+)?)\s*%$/.exec(String(value).trim())?.[1]
    return [field, bare ?? value] as const
  })
  return { ...fact, values: Object.fromEntries(entries) }
}

function impossibleField(values: Values, terms: ServiceLevelTerms): string | undefined {
  const outside = (field: string, low: number, high = Number.POSITIVE_INFINITY): string[] =>
    isNumber(values[field]) && (Number(values[field]) < low || Number(values[field]) > high) ? [field] : []
  const negative = (...fields: string[]): string[] => fields.flatMap((field) => outside(field, 0))
  const more = (part: string, whole: string): string[] =>
    isNumber(values[part]) && isNumber(values[whole]) && Number(values[part]) > Number(values[whole]) ? [part] : []
  const percent = terms.target?.unit === 'percent'
  const found: Record<ServiceLevelTerms['subject'], () => string[]> = {
    availability: () => [
      ...outside('availability', 0, 100),
      ...negative('upMinutes', 'totalMinutes', 'excludedMinutes'),
      ...more('upMinutes', 'totalMinutes'),
    ],
    'resolution-time': () => negative('minutesToResolve', 'minutesToRespond', 'incidents'),
    'response-time': () => negative('minutesToResolve', 'minutesToRespond', 'incidents'),
    // The share of no changes at all is no number.
    'change-success': () => [...negative('succeeded'), ...outside('total', 1), ...more('succeeded', 'total')],
    satisfaction: () => [
      ...(percent ? outside('csat', 0, 100) : outside('nps', -100, 100)),
      ...outside('score', percent ? 0 : -100, 100),
      ...negative('promoters', 'passives', 'detractors'),
    ],
    other: () => [],
  }
  return found[terms.subject]()[0]
}

/** Whether a declared number can be true of this metric. */
export function canBe(value: string, { subject, target }: ServiceLevelTerms): boolean {
  if (subject === 'other') return true
  const score = subject === 'satisfaction' && target?.unit !== 'percent'
  const share = subject !== 'resolution-time' && subject !== 'response-time'
  return Number(value) >= (score ? -100 : 0) && (!share || Number(value) <= 100)
}
