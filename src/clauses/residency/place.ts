import type { Clause } from '../../agreement/index.ts'
import type { Region } from '../../facts/index.ts'
import { type Message, message, type SourceRef } from '../../language/index.ts'
import type { JudgeContext } from '../room.ts'
import { cited, countryIn, providerOf } from '../world.ts'
import type { ResidencyTerms } from './terms.ts'

/** Everything that the text lets a place be: region codes, or else a country. */
export interface Places {
  codes: Set<string>
  country?: string
}

/** Why the text's place cannot be what it says, with the source that says so. */
interface Objection {
  reason: Message
  source?: SourceRef
}

/** RSD-6: the code as written, the regions of the name beside it, and the country when no region is named. */
export function allowedPlaces(clause: Clause<ResidencyTerms>, context: JudgeContext): Places | undefined {
  const { regionCode, promise } = clause.terms
  const country = countryOf(clause, context)
  const codes = new Set(namedRegions(clause, context).map((region) => region.code))
  if (regionCode) codes.add(regionCode.toLowerCase())
  if (promise === 'transfer') return country ? { codes: new Set(), country: country.code } : undefined
  if (codes.size === 0 && !country) return undefined
  return { codes, ...(country ? { country: country.code } : {}) }
}

/** Whether a charge's region lies outside; "global" and regions that nobody knows decide nothing. */
export function isOutside(region: string, places: Places, context: JudgeContext): boolean {
  const fact = context.facts.regionByCode(providerOf(context), region, context.asOf)
  if (fact.status !== 'known') return false
  if (places.codes.size > 0) return !places.codes.has(fact.value.code)
  return fact.value.country !== undefined && fact.value.country !== places.country
}

function namedRegions(clause: Clause<ResidencyTerms>, context: JudgeContext): Region[] {
  const { regionName } = clause.terms
  if (!regionName) return []
  return context.facts.regionsNamed(regionName, providerOf(context)).flatMap((mention) => [...mention.value.regions])
}

/** The country of the sentence itself, else the one that a data-residency standard or another promise of the text asks for. */
function countryOf(clause: Clause<ResidencyTerms>, context: JudgeContext): { code: string; text: string } | undefined {
  const { country, text, regionName } = clause.terms
  if (country) return { code: country, text: country }
  const own = countryIn(regionName ? text.replace(regionName, ' ') : text, context)
  if (own) return { code: own.country.code, text: own.text }
  for (const other of context.agreement.clauses) {
    const terms = other.terms as {
      subject?: string
      requirement?: string
      promise?: string
      text?: string
      country?: string
    }
    const said =
      other.kind === 'standard' && terms.subject === 'data-residency'
        ? terms.requirement
        : other.kind === 'residency' && terms.promise === 'transfer'
          ? terms.text
          : undefined
    if (said === undefined) continue
    if (terms.country) return { code: terms.country, text: terms.country }
    const found = countryIn(said, context)
    if (found) return { code: found.country.code, text: found.text }
  }
  return undefined
}

/** RSD-7: what speaks against the place as the text names it; undefined when nothing known does. */
export function objectionTo(clause: Clause<ResidencyTerms>, context: JudgeContext): Objection | undefined {
  if (clause.terms.promise !== 'location') return undefined
  return clause.terms.regionCode ? againstCode(clause, clause.terms.regionCode, context) : againstName(clause, context)
}

function againstCode(clause: Clause<ResidencyTerms>, code: string, context: JudgeContext): Objection | undefined {
  const { asOf, facts } = context
  const fact = facts.regionByCode(providerOf(context), code, asOf)
  if (fact.status === 'not-checked') return undefined
  if (fact.status === 'absent') return { reason: message('residency.unknown-code', { code }), ...cited(fact.source) }
  const region = fact.value
  const { regionName } = clause.terms
  const named = namedRegions(clause, context)
  const abroad = regionName ? countryIn(regionName, context) : undefined
  const differs =
    named.length > 0
      ? !named.some((each) => each.code === region.code)
      : abroad !== undefined && region.country !== undefined && abroad.country.code !== region.country
  if (regionName && differs) {
    const reason = message('residency.name-against-code', { name: regionName, code, place: region.name })
    return { reason, ...cited(fact.source) }
  }
  const country = countryOf(clause, context)
  if (country && region.country && region.country !== country.code) {
    const reason = message('residency.outside-country', { code, place: region.name, country: country.text })
    return { reason, ...cited(fact.source) }
  }
  if (region.status === 'announced' || region.status === 'closed') {
    const reason = message(`residency.region-${region.status}`, { code, place: region.name, date: { date: asOf } })
    return { reason, ...cited(fact.source) }
  }
  return undefined
}

function againstName(clause: Clause<ResidencyTerms>, context: JudgeContext): Objection | undefined {
  const country = countryOf(clause, context)
  const named = namedRegions(clause, context).filter((region) => region.country !== undefined)
  const [first] = named
  if (first && country && named.every((region) => region.country !== country.code)) {
    const params = { code: first.code, place: first.name, country: country.text }
    return { reason: message('residency.outside-country', params) }
  }
  const provider = providerOf(context)
  if (first) return notOpen(named, context)
  if (!country || !provider) return undefined
  const fact = context.facts.regionsInCountry(provider, country.code, context.asOf)
  if (fact.status !== 'absent') return undefined
  const reason = message('residency.no-region', { country: country.text, date: { date: context.asOf } })
  return { reason, ...cited(fact.source) }
}

// A place by its name alone counts as open when any of its regions is, or when the list cannot say.
function notOpen(named: readonly Region[], context: JudgeContext): Objection | undefined {
  const answers = named.map((region) => context.facts.regionByCode(region.provider, region.code, context.asOf))
  const closed = answers.flatMap((fact) =>
    fact.status === 'known' && (fact.value.status === 'announced' || fact.value.status === 'closed') ? [fact] : [],
  )
  const [first] = closed
  if (!first || closed.length < named.length) return undefined
  const { code, name, status } = first.value
  const reason = message(`residency.region-${status}`, { code, place: name, date: { date: context.asOf } })
  return { reason, ...cited(first.source) }
}
