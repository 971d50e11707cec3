import type { Cell, Clause } from '../../agreement/index.ts'
import { implementation } from '../../clauses/implementation/index.ts'
import { residency } from '../../clauses/residency/index.ts'
import { standard } from '../../clauses/standard/index.ts'
import type { Mention, RegionAt, Source } from '../../facts/index.ts'
import type { Span } from '../../language/index.ts'
import { allowedCountries, countryBounds, exceptedFrom, factTrace, providerOf } from '../jurisdiction.ts'
import { type Passage, passagesOf, placeIn } from '../passages.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

/** A region code in the text, and the place that the text names beside it. */
interface WrittenRegion {
  passage: Passage
  code: Mention<string>
  at: Span
  /** Undefined when the lists cannot say, or do not have the code. */
  region?: RegionAt
  source?: Source
  absent: boolean
  /** Words beside the code that name another place than the code's. */
  otherName?: string
}

const known = new WeakMap<CheckContext, WrittenRegion[]>()

/** Every region code of the text; found once for all checks of a run. */
function writtenRegions(context: CheckContext): WrittenRegion[] {
  const before = known.get(context)
  if (before) return before
  const found = findRegions(context)
  known.set(context, found)
  return found
}

function findRegions(context: CheckContext): WrittenRegion[] {
  const { agreement, facts, asOf } = context
  const provider = providerOf(context)?.id
  return passagesOf(agreement).flatMap((passage) =>
    facts.regionCodesIn(passage.text).map((code): WrittenRegion => {
      const own = facts.regionByCode(provider, code.value, asOf)
      // Another provider's region exists as well; whether it belongs here is not this check's question.
      const fact = own.status === 'absent' ? facts.regionByCode(undefined, code.value, asOf) : own
      const at = placeIn(passage, code.text, code.start, agreement.lines)
      const written: WrittenRegion = { passage, code, at, absent: fact.status === 'absent' }
      if (fact.status !== 'known') return written
      const otherName = otherNameBeside(context, passage, code, fact.value)
      return { ...written, region: fact.value, source: fact.source, ...(otherName ? { otherName } : {}) }
    }),
  )
}

interface Named {
  text: string
  /** Whether the words name this region. */
  names(region: RegionAt): boolean
}

function namesIn(context: CheckContext, text: string): Mention<Named>[] {
  const regions = context.facts.regionsNamed(text)
  const countries = context.facts
    .countriesIn(text)
    .filter((country) => !regions.some((region) => region.start < country.end && country.start < region.end))
  return [
    ...regions.map((mention) => ({ ...mention, value: { text: mention.text, names: namedRegion(mention) } })),
    ...countries.map((mention) => ({
      ...mention,
      value: {
        text: mention.text,
        names: ({ country }: RegionAt) => country === undefined || country === mention.value.code,
      },
    })),
  ]
}

type RegionMention = ReturnType<CheckContext['facts']['regionsNamed']>[number]

function namedRegion({ text, value }: RegionMention): Named['names'] {
  return (region) => {
    if (value.regions.some((each) => each.code === region.code)) return true
    if (bare(region.city ?? '') === bare(text) || bare(region.name).includes(bare(text))) return true
    // Only another provider has a region of that name: then it may be another word for this one's country.
    const own = value.regions.some((each) => each.provider === region.provider)
    return (!own || value.kind === 'country') && value.regions.some((each) => each.country === region.country)
  }
}

function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

const BEFORE =
  /^\s*(?:[-–—:,/]\s*)?[([]?\s*(?:(?:aws|azure|gcp|oci)\s+)?(?:regi[oó]n|code|c[oó]digo)?\s*[:([]?\s*[`'"“]?\s*$/iu
const AFTER =
  /^[`'"”]?\s*(?:[([–—:=/]|\s-\s)\s*(?:(?:aws|azure|amazon|google|oracle)\s+)?(?:regi[oó]n\s+(?:de\s+|of\s+)?)?$/iu

/** The place that the text names beside a code, when it is another one: `Santiago (eu-west-2)`, `eu-west-2 (Santiago)`. */
function otherNameBeside(
  context: CheckContext,
  passage: Passage,
  code: Mention<string>,
  region: RegionAt,
): string | undefined {
  const { text } = passage
  const names = namesIn(context, text)
  const before = names.findLast((name) => {
    // "US East (N. Virginia) us-east-1": the bracket that closes belongs to the name.
    const gap = text.slice(name.end, code.start)
    return name.end <= code.start && BEFORE.test(name.text.includes('(') ? gap.replace(/^\)/, '') : gap)
  })
  const after = names.find((name) => name.start >= code.end && AFTER.test(text.slice(code.end, name.start)))
  const beside = before ?? after ?? besideInRow(context, passage, code)
  return beside && !beside.value.names(region) ? beside.text : undefined
}

// A cell of its own for the code, and one for the place: `| Primary region | Santiago | eu-west-2 |`.
function besideInRow(context: CheckContext, passage: Passage, code: Mention<string>): Mention<Named> | undefined {
  const { clause, cell } = passage
  if (!clause || clause.cells.length < 2 || passage.text.trim() !== code.text) return undefined
  const others = clause.cells.filter((each) => each !== cell)
  if (others.some((each) => context.facts.regionCodesIn(each.text).length > 0)) return undefined
  const names = others.flatMap((each) =>
    namesIn(context, each.text).filter((name) => name.text.length * 2 > each.text.trim().length),
  )
  return names.length === 1 ? names[0] : undefined
}

function draftOf({ passage, at, code, source }: WrittenRegion): Draft {
  const { clause } = passage
  return {
    at,
    ...(clause ? { clause: clause.id } : {}),
    operands: [code.value],
    ...(source ? { trace: factTrace('fact.regions', source) } : {}),
  }
}

/** RES-1: a place beside the code of another region. */
export const regionCodeMismatch: Check = (context) =>
  writtenRegions(context).flatMap((written): Draft[] => {
    const { region, otherName, code } = written
    if (!region || !otherName) return []
    return [{ ...draftOf(written), params: { code: code.value, name: otherName, region: region.name } }]
  })

/** RES-2: a code in the form of a region's that no provider has. */
export const unknownRegion: Check = (context) =>
  writtenRegions(context)
    .filter((written) => written.absent)
    .map((written) => ({ ...draftOf(written), params: { code: written.code.value } }))

/** RES-5: data in a region outside the country where data must stay. What RES-1 says of a place is not said again. */
export const regionOutsideCountry: Check = (context) => {
  const bounds = countryBounds(context)
  const [bound] = bounds
  if (!bound) return []
  const allowed = allowedCountries(context, bounds)
  const places = new Set<Clause>([
    ...context.clauses(residency).filter(({ terms }) => terms.promise === 'location' || terms.promise === 'other'),
    ...context.clauses(implementation),
    // Where recovery goes is RES-3, unless several countries may hold it.
    ...context
      .clauses(standard)
      .filter(({ terms }) => allowed.size > 1 || (!terms.crossRegion && terms.subject !== 'disaster-recovery')),
  ])
  const codes = writtenRegions(context).flatMap((written): Draft[] => {
    const { region, otherName, passage, code } = written
    if (otherName || !region?.country || allowed.has(region.country) || !isPlace(context, passage, places, code.start))
      return []
    return [{ ...draftOf(written), ...outside(region.name, region.country, bound) }]
  })
  return [...codes, ...namedOutside(context, places, allowed, bound)]
}

function isPlace({ facts }: CheckContext, { clause, text }: Passage, places: ReadonlySet<Clause>, at: number): boolean {
  const denied = /\b(?:not?|never|nunca|except|excepto|salvo)\b[^.;]*$/iu.test(text.slice(0, at))
  return clause !== undefined && places.has(clause) && !denied && at < exceptedFrom(facts, clause, text)
}

function outside(region: string, country: string, bound: { country: string; at: Span }): Partial<Draft> {
  return {
    params: { region, country: { country }, bound: { country: bound.country } },
    related: [{ span: bound.at, label: 'bound', params: { bound: { country: bound.country } } }],
  }
}

/** Regions that a promise or a row names by their place alone. */
function namedOutside(
  context: CheckContext,
  places: ReadonlySet<Clause>,
  allowed: ReadonlySet<string>,
  bound: { country: string; at: Span },
): Draft[] {
  const { agreement, facts } = context
  const provider = providerOf(context)?.id
  return passagesOf(agreement).flatMap((passage) => {
    const { clause, text } = passage
    if (!clause || !places.has(clause) || facts.regionCodesIn(text).length > 0 || codeInRow(context, clause)) return []
    return facts.regionsNamed(text, provider).flatMap((mention): Draft[] => {
      const { regions, kind } = mention.value
      const country = regions[0]?.country
      const inside = regions.some((each) => each.country === undefined || allowed.has(each.country))
      if (kind === 'country' || !country || inside || !isPlace(context, passage, places, mention.start)) return []
      const at = placeIn(passage, mention.text, mention.start, agreement.lines)
      return [{ at, clause: clause.id, operands: [bare(mention.text)], ...outside(mention.text, country, bound) }]
    })
  })
}

function codeInRow({ facts }: CheckContext, clause: Clause): boolean {
  return clause.cells.some((cell: Cell) => facts.regionCodesIn(cell.text).length > 0)
}
