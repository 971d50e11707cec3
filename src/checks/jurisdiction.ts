import type { Clause } from '../agreement/index.ts'
import { provision } from '../clauses/provision/index.ts'
import { type ResidencyTerms, residency } from '../clauses/residency/index.ts'
import { type StandardTerms, standard } from '../clauses/standard/index.ts'
import { term } from '../clauses/term/index.ts'
import type { Country, Facts, Provider, Source } from '../facts/index.ts'
import { message, type Span, type TraceNode, trace } from '../language/index.ts'
import type { CheckContext } from './room.ts'

/** The cloud provider of the agreement; undefined when no party is one that the facts know. */
export function providerOf({ agreement, facts }: CheckContext): Provider | undefined {
  const named = agreement.parties
    .toSorted((a) => (a.side === 'provider' ? -1 : 1))
    .map((party) => facts.providerNamed(party.name))
    .find((provider) => provider !== undefined)
  return named ?? facts.providersIn(agreement.title)[0]?.value
}

/** A promise that data stays in a country or in a union of countries. */
export interface CountryBound {
  /** ISO 3166 code, or the code of a union: `EU`, `EEA`. */
  country: string
  /** The countries that this means at the as-of date. */
  members: readonly string[]
  at: Span
  clause: Clause<ResidencyTerms> | Clause<StandardTerms>
}

/**
 * Promises that data stays in a country, in the text's order. A promise that names a region says where data is, not where
 * it must stay; it counts only when nothing else binds.
 */
export function countryBounds(context: CheckContext): CountryBound[] {
  const standards = context
    .clauses(standard)
    .filter(({ terms }) => terms.subject === 'data-residency')
    .map((clause) => ({ clause, at: clause.places.requirement ?? clause.span, text: clause.terms.requirement }))
  const promises = context
    .clauses(residency)
    .filter(({ terms }) => terms.promise === 'location' || terms.promise === 'transfer')
    .map((clause) => ({ clause, at: clause.places.text ?? clause.span, text: clause.terms.text }))
  const all = [...standards, ...promises]
    .flatMap(({ clause, at, text }): CountryBound[] => {
      const transfer = 'promise' in clause.terms && clause.terms.promise === 'transfer'
      const general = text.slice(0, exceptedFrom(context.facts, clause, text))
      const country =
        general.trim() === '' ? undefined : (boundIn(context.facts, general, transfer) ?? clause.terms.country)
      const members = country === undefined ? [] : membersOf(context, country)
      return country ? [{ country, members, at, clause }] : []
    })
    .sort((a, b) => a.at.line - b.at.line)
  const binding = all.filter(({ clause }) => !namesRegion(context.facts, clause))
  // Of a union whose members are not known at the date nothing can be said.
  return (binding.length > 0 ? binding : all).filter(({ members }) => members.length > 0)
}

const OUTSIDE =
  /\b(?:outside|out of|beyond|leaves?|leaving|fuera de|sal(?:ir|en|e|drán|drá|gan|ga) de|m[aá]s all[aá] de)[^.;,]{0,30}$/iu
const NOT = /\b(?:not|never|no|nunca|ning[uú]n|ninguna|except|excepto|salvo)\b[^.;]*$/iu

// "Not outside Chile" binds to Chile; "not stored in Peru" binds to nothing, nor does "transfers to Peru are allowed".
function boundIn(facts: Facts, text: string, transfer: boolean): string | undefined {
  const countries = facts.countriesIn(text).map(({ start, value }) => ({ start, code: value.code }))
  // A country binds more closely than the union beside it.
  const unions = facts.unionsIn(text).map(({ start, value }) => ({ start, code: value }))
  for (const { start, code } of [...countries, ...unions]) {
    const before = text.slice(0, start)
    if (OUTSIDE.test(before)) return code
    if (!transfer && !NOT.test(before)) return code
  }
  return undefined
}

/** The countries that a bound's code stands for; none when the lists cannot say who belongs to a union at the date. */
function membersOf({ facts, asOf }: CheckContext, code: string): readonly string[] {
  if (facts.countryByCode(code)) return [code]
  const fact = facts.unionMembers(code, asOf)
  return fact.status === 'known' ? fact.value : []
}

function namesRegion(facts: Facts, { terms }: CountryBound['clause']): boolean {
  if (!('promise' in terms)) return false
  if (terms.regionCode !== undefined) return true
  return facts.regionsNamed(terms.regionName ?? '').some((mention) => mention.value.kind !== 'country')
}

/** Countries that the given promises allow: their own, and those that their words name beside it. */
export function allowedCountries(context: CheckContext, bounds: readonly CountryBound[]): ReadonlySet<string> {
  const named = bounds.flatMap(({ clause }) =>
    (namesRegion(context.facts, clause) ? [] : clause.cells).flatMap((cell) =>
      context.facts
        .countriesIn(cell.text.slice(0, exceptedFrom(context.facts, clause, cell.text)))
        .map((mention) => mention.value.code),
    ),
  )
  return new Set([...bounds.flatMap((bound) => bound.members), ...named])
}

const EXCEPTS =
  /\b(?:except(?:ions?|ed|ing)?|save|other than|apart from|salvo|excepto|excepci[oó]n(?:es)?|exceptúa\w*|a excepci[oó]n de)\b/iu

/**
 * Where the words begin that except single services from what a clause says of all; the length of the text when none do.
 * "Exception: Amazon Connect" has the word in another cell than the service.
 */
export function exceptedFrom(facts: Facts, clause: Clause, text: string): number {
  const label = clause.cells[0]?.text ?? ''
  const at = label !== text && clause.cells.length === 2 && EXCEPTS.test(label) ? 0 : text.search(EXCEPTS)
  return at >= 0 && facts.servicesIn(text.slice(at)).length > 0 ? at : text.length
}

/** Services that a promise excepts by name ("except Amazon Connect, from Brazil"), with the countries it gives them, if any. */
export function exceptedServices(context: CheckContext): Map<string, ReadonlySet<string>> {
  const { facts, asOf } = context
  const excepted = new Map<string, ReadonlySet<string>>()
  const required = context.clauses(standard).filter(({ terms }) => terms.subject === 'data-residency')
  const promised = context.clauses(residency)
  // A sentence that promises nothing by itself may stand among the promises and except from them.
  const sections = new Set(promised.map((clause) => clause.section.join('\u0000')))
  const beside = context.clauses(provision).filter((clause) => sections.has(clause.section.join('\u0000')))
  for (const clause of [...required, ...promised, ...beside])
    for (const { text } of clause.cells) {
      const words = text.slice(exceptedFrom(facts, clause, text))
      const regions = facts.regionCodesIn(words).map(({ value }) => facts.regionByCode(undefined, value, asOf))
      const countries = [
        ...facts.countriesIn(words).map((mention) => mention.value.code),
        ...facts.regionsNamed(words).flatMap((mention) => mention.value.regions[0]?.country ?? []),
        ...regions.flatMap((fact) => (fact.status === 'known' ? (fact.value.country ?? []) : [])),
      ]
      for (const { value } of words === '' ? [] : facts.servicesIn(words))
        excepted.set(value.id, new Set([...(excepted.get(value.id) ?? []), ...countries]))
    }
  return excepted
}

// Legal forms that one country alone uses.
const FORMS: readonly [RegExp, string][] = [
  [/\bSpA\b/, 'CL'],
  [/\bS\.?\s?A\.?C\.?(?:\s|,|$)/, 'PE'],
  [/\bS\.?A\.? de C\.?V\.?|\bS\. de R\.?L\.? de C\.?V\.?/i, 'MX'],
  [/\bASA$/, 'NO'],
  [/\bOyj?$/, 'FI'],
  [/\bDAC$|designated activity company/i, 'IE'],
  [/\bLLC$|\bInc\.?$/, 'US'],
]

/** The country that an agreement belongs to, and where the text says so. */
export interface AgreementCountry {
  country: Country
  at: Span
}

/**
 * Where the agreement belongs: the country that data is bound to, else the governing law, else the title, else the
 * partner's legal form. Undefined when none of them says.
 */
export function countryOf(context: CheckContext): AgreementCountry | undefined {
  return countriesOf(context)[0]
}

/** Every country that the agreement has to do with, the one that decides first: data, law, title, partner. */
export function countriesOf(context: CheckContext): AgreementCountry[] {
  const { agreement, facts } = context
  const found: { country: Country | undefined; at: Span }[] = []
  const [bound] = countryBounds(context)
  if (bound) found.push({ country: facts.countryByCode(bound.country), at: bound.at })
  const law = context.clauses(term).find((clause) => clause.terms.field === 'governing-law')
  if (law) found.push({ country: facts.countriesIn(law.terms.text)[0]?.value, at: law.places.value ?? law.span })
  const title = agreement.headings.find((heading) => heading.form === 'heading')
  if (title) found.push({ country: facts.countriesIn(title.text)[0]?.value, at: title.span })
  const partner = agreement.parties.find((party) => party.side === 'partner')
  if (partner) {
    const code = FORMS.find(([form]) => form.test(partner.name))?.[1]
    const own = facts.countriesIn(partner.name)[0]?.value ?? (code ? facts.countryByCode(code) : undefined)
    // "Inc." and "LLC" are written in several countries: they say something only where nothing else does.
    const shared = code === 'US' && found.some((each) => each.country !== undefined)
    if (!shared) found.push({ country: own, at: partner.span })
  }
  return found.flatMap(({ country, at }) => (country ? [{ country, at }] : []))
}

/** A sourced fact as the leaf of a trace; `label` is the id of its words. */
export function factTrace(label: string, source: Source): TraceNode {
  const { title, url, readOn } = source
  return trace('fact', message(label), { source: { title, readOn, ...(url ? { url } : {}) } })
}
