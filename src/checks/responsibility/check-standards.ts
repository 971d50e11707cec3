import type { Clause } from '../../agreement/index.ts'
import { accreditation } from '../../clauses/accreditation/index.ts'
import { standard } from '../../clauses/standard/index.ts'
import type { Source, StandardMatch } from '../../facts/index.ts'
import type { Span } from '../../language/index.ts'
import { countriesOf, factTrace } from '../jurisdiction.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

interface Claimed {
  clause: Clause
  text: string
  at: Span
  match: StandardMatch
  source: Source
}

/** Standards that the text claims or asks for, as far as the facts know them. */
function claimed({ facts, asOf, ...context }: CheckContext): Claimed[] {
  const held = context
    .clauses(accreditation)
    .map((clause) => ({ clause, text: clause.terms.standard, at: clause.places.standard ?? placeOf(clause) }))
  // What encrypts says by which module: FIPS 140 is asked for everywhere.
  const asked = context
    .clauses(standard)
    .filter(({ terms }) => terms.subject !== 'encryption')
    .flatMap((clause) => [
      { clause, text: clause.terms.standard, at: clause.places.standard ?? placeOf(clause) },
      { clause, text: clause.terms.requirement, at: clause.places.requirement ?? clause.span },
    ])
  const seen = new Set<string>()
  return [...held, ...asked].flatMap(({ clause, text, at }): Claimed[] => {
    const fact = facts.standardNamed(text, asOf)
    if (fact.status !== 'known') return []
    const key = `${clause.id}\u0000${fact.value.standard.id}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ clause, text, at, match: fact.value, source: fact.source }]
  })
}

function placeOf(clause: Clause): Span {
  return clause.places.label ?? clause.span
}

/** RSP-5: a standard that belongs to other countries than the agreement's. Where that is unknown, silence. */
export const foreignStandard: Check = (context) => {
  const countries = countriesOf(context)
  const [here] = countries
  if (!here) return []
  const { country } = here
  // Data may be bound to one country and the partner answer for it in another: the laws of both belong here.
  const codes = [...new Set(countries.map((each) => each.country.code))]
  return claimed(context).flatMap(({ clause, at, match, source }): Draft[] => {
    if (!codes.every((code) => context.facts.isForeignStandard(match.standard, code))) return []
    if (context.rules.find('standard-scope', clause.id)) return []
    return [
      {
        at,
        clause: clause.id,
        params: {
          standard: match.standard.name,
          owners: match.standard.countries.map((code) => ({ country: code })),
          country: { country: country.code },
        },
        related: [{ span: here.at, label: 'country', params: { country: { country: country.code } } }],
        operands: [match.standard.id],
        trace: factTrace('fact.standards', source),
      },
    ]
  })
}

/** RSP-6: an edition that no longer counts at the as-of date. */
export const supersededStandard: Check = (context) =>
  claimed(context).flatMap(({ clause, at, match, source }): Draft[] => {
    const { edition, editionStatus, standard: named } = match
    if (editionStatus !== 'superseded' || !edition?.supersededOn) return []
    return [
      {
        at,
        clause: clause.id,
        params: {
          standard: named.name,
          edition: edition.edition,
          by: edition.supersededBy ?? '',
          until: { date: edition.supersededOn },
        },
        operands: [named.id, edition.edition],
        trace: factTrace('fact.standards', source),
      },
    ]
  })

// "ISO 27001:2022", "v4.0", "(2022)", "versión 3.2.1": an edition, whether or not the list has it.
const EDITION = /:\s?\d{4}|\bv\.?\s?\d|\d\.\d|\b(?:19|20)\d\d\b|versi[oó]n|edition|edici[oó]n/i

/** RSP-7: a standard without edition, scope or validity. A law has none of them. */
export const standardUndated: Check = (context) =>
  context.clauses(accreditation).flatMap((clause): Draft[] => {
    const { standard: name, validUntil, scope } = clause.terms
    if (validUntil || scope || EDITION.test(name) || context.rules.find('standard-scope', clause.id)) return []
    const fact = context.facts.standardNamed(name, context.asOf)
    if (fact.status === 'known' && fact.value.standard.kind === 'law') return []
    // Certificates and attestations expire whether or not the list knows this one; the message says no more than that.
    return [{ at: clause.places.standard ?? placeOf(clause), clause: clause.id, params: { standard: name } }]
  })
