import type { Country, ProviderId, Source } from '../facts/index.ts'
import type { SourceRef } from '../language/index.ts'
import type { JudgeContext } from './room.ts'

/** The cloud provider that is a party, as the facts know it. */
export function providerOf(context: JudgeContext): ProviderId | undefined {
  const party = context.agreement.parties.find((each) => each.side === 'provider')
  if (!party) return undefined
  return (context.facts.providerNamed(party.name) ?? context.facts.providersIn(party.name)[0]?.value)?.id
}

/** The one country that a text names; undefined when it names none or several. */
export function countryIn(text: string, context: JudgeContext): { country: Country; text: string } | undefined {
  const mentions = context.facts.countriesIn(text)
  const [first] = mentions
  if (!first || mentions.some((each) => each.value.code !== first.value.code)) return undefined
  return { country: first.value, text: first.text }
}

/** A source as a trace shows it. */
export function cited(source: Source | undefined): { source?: SourceRef } {
  if (!source) return {}
  const { title, url, readOn } = source
  return { source: { title, readOn, ...(url ? { url } : {}) } }
}
