import type { EvidenceFact } from '../../evidence/index.ts'
import { decimal } from '../../language/index.ts'
import { derivedFrom } from '../derived.ts'

/** SUR-5, SUR-6: the outcome of each survey, from the responses that stand. */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const surveys = new Map<string, EvidenceFact[]>()
  for (const fact of facts) {
    if (fact.dataset !== 'survey-responses') continue
    const survey = String(fact.values.survey)
    surveys.set(survey, [...(surveys.get(survey) ?? []), fact])
  }
  return [...surveys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([survey, responses]) => outcome(survey, responses))
}

function outcome(survey: string, responses: readonly EvidenceFact[]): EvidenceFact {
  const days = responses.map((fact) => fact.to).sort()
  const scores = answers(responses, 'nps')
  const satisfaction = answers(responses, 'csat')
  const count = (from: number, to: number) => String(scores.filter((score) => score >= from && score <= to).length)
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return derivedFrom(responses, {
    dataset: 'surveys',
    from: first,
    to: last,
    values: {
      survey,
      responses: String(responses.length),
      ...(scores.length === 0 ? {} : { promoters: count(9, 10), passives: count(7, 8), detractors: count(0, 6) }),
      ...(satisfaction.length === 0
        ? {}
        : { csat: shareOf(satisfaction.filter((each) => each >= 4).length, satisfaction.length) }),
    },
  })
}

function answers(responses: readonly EvidenceFact[], field: 'nps' | 'csat'): number[] {
  return responses.flatMap(({ values }) => (values[field] === undefined ? [] : [Number(values[field])]))
}

function shareOf(part: number, whole: number): string {
  return decimal(part).times(100).div(whole).toDecimalPlaces(2, 1).toFixed()
}
