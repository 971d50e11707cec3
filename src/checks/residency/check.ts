import type { Clause } from '../../agreement/index.ts'
import { type ResidencyTerms, residency } from '../../clauses/residency/index.ts'
import type { ServiceTerms } from '../../clauses/service/index.ts'
import { type StandardTerms, standard } from '../../clauses/standard/index.ts'
import type { Fact, Facts, ProviderId, Service, Source } from '../../facts/index.ts'
import type { Span } from '../../language/index.ts'
import { coveredServices } from '../covered.ts'
import {
  allowedCountries,
  type CountryBound,
  countryBounds,
  exceptedServices,
  factTrace,
  providerOf,
} from '../jurisdiction.ts'
import { passagesOf } from '../passages.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

function relatedBounds(bounds: readonly CountryBound[]): NonNullable<Draft['related']> {
  return bounds.slice(0, 3).map(({ at, country }) => ({ span: at, label: 'bound', params: { bound: { country } } }))
}

/** RES-3: recovery in another region beside data that must stay in a country without a second one. */
export const crossRegionRecovery: Check = (context) => {
  const bounds = countryBounds(context)
  const [bound] = bounds
  const provider = providerOf(context)
  if (!bound || !provider) return []
  const allowed = allowedCountries(context, bounds)
  // Several countries have regions enough between them; a copy outside all of them is RES-5.
  if (allowed.size > 1) return []
  const count = regionsAtMost(context.facts, provider.id, bound.country, context.asOf)
  return recoveries(context).flatMap((clause): Draft[] => {
    const abroad = countriesOfCodes(context, clause).some((country) => !allowed.has(country))
    if (!abroad && (count === undefined || count.most >= 2)) return []
    const draft: Draft = {
      at: clause.places.requirement ?? clause.places.text ?? clause.span,
      clause: clause.id,
      params: {
        requirement: textOf(clause),
        bound: { country: bound.country },
        provider: provider.short,
        count: count?.most ?? 0,
      },
      related: relatedBounds(bounds),
      operands: [bound.country],
    }
    return [count ? { ...draft, trace: factTrace('fact.regions', count.source) } : draft]
  })
}

type Recovery = Clause<StandardTerms> | Clause<ResidencyTerms>

function recoveries(context: CheckContext): Recovery[] {
  const standards = context
    .clauses(standard)
    .filter(({ terms }) => terms.crossRegion && (terms.subject === 'disaster-recovery' || terms.subject === 'backup'))
  return [...standards, ...context.clauses(residency).filter(({ terms }) => terms.crossRegion)]
}

function textOf({ terms }: Recovery): string {
  return 'requirement' in terms ? terms.requirement : terms.text
}

function countriesOfCodes({ facts, asOf }: CheckContext, clause: Recovery): string[] {
  return facts.regionCodesIn(textOf(clause)).flatMap(({ value }) => {
    const fact = facts.regionByCode(undefined, value, asOf)
    return fact.status === 'known' && fact.value.country ? [fact.value.country] : []
  })
}

const CLOSED = new Set(['government', 'sovereign', 'classified'])

/**
 * The most regions that a country can have had at the date: those that were open, and those of which the list cannot say.
 * Undefined when the list may lack one.
 */
function regionsAtMost(
  facts: Facts,
  provider: ProviderId,
  country: string,
  asOf: string,
): { most: number; source: Source } | undefined {
  const open = facts.regionsInCountry(provider, country, asOf)
  const unsure = facts.regionsUncertainIn(provider, country, asOf)
  const announced = facts.regionsAnnouncedIn(provider, country, asOf)
  // Where the list does not cover a country it says so of what it has not got: of the announced ones, if of nothing else.
  const uncovered = announced.status === 'not-checked' || (open.status === 'not-checked' && unsure.status !== 'known')
  const source = open.status === 'not-checked' ? (unsure.status === 'known' ? unsure.source : undefined) : open.source
  if (uncovered || !source) return undefined
  const usable = [open, unsure].flatMap((fact) =>
    fact.status === 'known' ? fact.value.filter((region) => !CLOSED.has(region.access)) : [],
  )
  return { most: usable.length, source }
}

/** RES-4: a covered service that no region of the countries where data may be offers; one for each service. */
export const serviceUnavailable: Check = (context) => {
  const bounds = countryBounds(context)
  const [bound] = bounds
  const provider = providerOf(context)
  if (!bound || !provider) return []
  const allowed = [...allowedCountries(context, bounds)]
  const excepted = exceptedServices(context)
  return coveredServices(context).flatMap((clause): Draft[] => {
    const missing = missingService(context, clause, provider.id, allowed)
    if (!missing || isExcepted(context, missing.service, excepted)) return []
    return [
      {
        at: clause.places.service ?? clause.places.label ?? clause.span,
        clause: clause.id,
        params: { service: missing.service.name, bound: { country: bound.country } },
        related: relatedBounds(bounds),
        operands: [missing.service.id, bound.country],
        trace: factTrace('fact.services', missing.source),
      },
    ]
  })
}

// An exception that names a country which does not offer the service either helps nobody.
function isExcepted(
  { facts, asOf }: CheckContext,
  { id, partOf }: Service,
  excepted: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return [id, ...(partOf ? [partOf] : [])].some((each) => {
    const countries = [...(excepted.get(each) ?? [])]
    if (countries.length === 0) return excepted.has(each)
    return countries.some((country) => facts.serviceInCountry(id, country, asOf).status !== 'absent')
  })
}

interface Missing {
  service: Service
  source: Source
}

/** The service that no allowed country offers: a part of it that the row asks for, else itself. */
function missingService(
  { facts, asOf }: CheckContext,
  { terms }: Clause<ServiceTerms>,
  provider: ProviderId,
  countries: readonly string[],
): Missing | undefined {
  const whole = facts.serviceNamed(terms.service, provider) ?? facts.servicesIn(terms.service, provider)[0]?.value
  if (!whole) return undefined
  const absentOf = (each: Service): Missing | undefined => {
    const answers = countries.map((country): Fact<unknown> => facts.serviceInCountry(each.id, country, asOf))
    const [first] = answers
    const absent = first?.status === 'absent' && answers.every((fact) => fact.status === 'absent')
    return absent ? { service: each, source: first.source } : undefined
  }
  const asked = askedParts(facts, whole, `${terms.service} ${terms.description ?? ''} ${terms.use ?? ''}`)
  return asked.map(absentOf).find((missing) => missing !== undefined) ?? absentOf(whole)
}

const VOICE = /\b(?:voice|voz|telephony|telefon[ií]a|sip|pstn)\b/i

// Parts of a service are offered apart; a row asks for one by its name, or by what it is for.
function askedParts(facts: Facts, whole: Service, text: string): Service[] {
  const named = facts.servicesIn(text, whole.provider).map((mention) => mention.value)
  const voice = VOICE.test(text) ? facts.partsOf(whole.id).filter((part) => VOICE.test(part.name)) : []
  return [...named.filter((each) => each.partOf === whole.id), ...voice]
}

const DETAIL =
  /\b(?:metadata|metadatos|telemetry|telemetr[ií]a|back(?:ed)?[ -]?ups?|respaldos?|respaldan?|copias? de (?:seguridad|respaldo)|logs?|registros de|support access|acceso (?:de|del|para) soporte|recordings?|grabaciones)\b/iu

/** RES-6: where data stays is promised, and what that covers is not said; one for a document. */
export const scopeUndefined: Check = (context) => {
  const promises = context
    .clauses(residency)
    .filter(({ terms }) => terms.promise === 'location' || terms.promise === 'transfer')
  const [promise] = [...promises.filter(({ terms }) => terms.promise === 'location'), ...promises]
  const requirement = context.clauses(standard).find(({ terms }) => terms.subject === 'data-residency')
  const first = promise ?? requirement
  if (!first || context.rules.find('residency-scope', first.id) || saysScope(context, promises)) return []
  return [{ at: placeOf(first), clause: first.id, params: {} }]
}

function saysScope({ agreement }: CheckContext, promises: readonly Clause<ResidencyTerms>[]): boolean {
  const lines = new Set(promises.map((clause) => clause.span.line))
  const sections = new Set(promises.map((clause) => clause.section.join('\u0000')))
  return passagesOf(agreement).some(({ clause, text }) => {
    if (!clause || !DETAIL.test(text)) return false
    return lines.has(clause.span.line) || (clause.kind !== 'standard' && sections.has(clause.section.join('\u0000')))
  })
}

function placeOf(clause: Clause): Span {
  return clause.places.text ?? clause.places.requirement ?? clause.span
}

const WHOSE =
  /\b(?:consent|approval|authori[sz]ation|permission)s?\s+(?:of|from|by|given by)\b|['’]s?\s+(?:\p{L}+\s+){0,4}(?:consent|approval|authori[sz]ation|permission)|\b(?:consentimiento|autorizaci[oó]n|aprobaci[oó]n|permiso)(?:\s+(?!de\b|del\b|por\b)\p{L}+){0,5}\s+(?:del?|de las?|de los|por)\s+\p{L}/iu

/** RES-7: data may move with consent, and whose, how and for what is not said. */
export const consentUndefined: Check = (context) =>
  context
    .clauses(residency)
    .filter(({ id, terms }) => terms.needsConsent && !WHOSE.test(terms.text) && !context.rules.find('consent', id))
    .map((clause) => ({ at: placeOf(clause), clause: clause.id, params: {} }))
