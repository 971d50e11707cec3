import { readData } from '../language/data.ts'
import { absent, during, known, lazy, notCovered, outside, reached, type Sources, sourceOf } from './dated.ts'
import { fold, foldedWords, Names } from './names.ts'
import type {
  Country,
  DateText,
  Fact,
  Facts,
  LocalZone,
  Mention,
  ProviderId,
  Region,
  RegionAt,
  RegionNames,
  RegionStatus,
  Source,
} from './types.ts'

interface RegionEntry extends Omit<Region, 'provider' | 'code' | 'access'> {
  access?: Region['access']
  /** Not open as far as was checked up to this day; unknown after it. */
  notOpenUntil?: DateText
  also?: readonly string[]
  source?: string
}

interface RegionData {
  provider: ProviderId
  sources: Sources
  countriesNotCovered: readonly string[]
  regions: Record<string, RegionEntry>
}

interface Listed {
  region: Region
  entry: RegionEntry
  source: Source
}

const PROVIDERS: readonly ProviderId[] = ['aws', 'azure', 'google', 'oracle']

const DIRECTION = '(?:north|south|east|west|central|northeast|northwest|southeast|southwest)'
/** The forms of region codes. Oracle's is any place name, so it must not look like one of AWS's directions. */
const FORMS: Record<ProviderId, RegExp | undefined> = {
  aws: new RegExp(`^(?:[a-z]{2}(?:-gov|-iso[a-z]?)?|eusc-[a-z]{2})-${DIRECTION}-\\d{1,2}$`),
  azure: undefined,
  google: new RegExp(`^(?:us|europe|asia|australia|africa|me|northamerica|southamerica)-${DIRECTION}\\d{1,2}$`),
  oracle: new RegExp(`^(?:us|eu|uk|ap|sa|ca|me|af|il|mx)-(?:gov-|dcc-)?(?!${DIRECTION}-)[a-z]{4,}-\\d{1,2}$`),
}
const CODE_WORD = /[\p{L}\p{N}]+(?:[-‐‑‒–][\p{L}\p{N}]+)*/gu
const HYPHENS = /[‐‑‒–]/g

function load(provider: ProviderId) {
  const data = readData(new URL(`./data/regions-${provider}.yaml`, import.meta.url)) as RegionData
  const byCode = new Map<string, Listed>()
  for (const [code, entry] of Object.entries(data.regions)) {
    const { also: _also, source, notOpenUntil: _notOpenUntil, ...rest } = entry
    const region: Region = { provider, code, access: 'public', ...rest }
    byCode.set(code, { region, entry, source: sourceOf(data.sources, source) })
  }
  return { byCode, main: sourceOf(data.sources, 'main'), uncovered: new Set(data.countriesNotCovered) }
}

const lists = {
  aws: lazy(() => load('aws')),
  azure: lazy(() => load('azure')),
  google: lazy(() => load('google')),
  oracle: lazy(() => load('oracle')),
}

/** Classified regions and those built for one customer are known by their codes; nobody else can use them. */
const usable = (region: Region) => region.access !== 'classified' && region.access !== 'dedicated'

function statusAt({ region, entry }: Listed, asOf: DateText): RegionStatus {
  if (region.closed !== undefined && reached(region.closed, asOf) === 'yes') return 'closed'
  if (region.opened !== undefined) {
    const open = reached(region.opened, asOf)
    return open === 'yes' ? 'open' : open === 'no' ? 'announced' : 'unknown'
  }
  return entry.notOpenUntil !== undefined && asOf <= entry.notOpenUntil ? 'announced' : 'unknown'
}

function regionByCode(provider: ProviderId | undefined, code: string, asOf: DateText): Fact<RegionAt> {
  const asked = fold(code.trim()).replace(HYPHENS, '-')
  for (const each of provider === undefined ? PROVIDERS : [provider]) {
    const listed = lists[each]().byCode.get(asked)
    if (listed === undefined) continue
    const answer = () => known<RegionAt>({ ...listed.region, status: statusAt(listed, asOf) }, listed.source)
    return during(lists[each]().main, asOf, () => during(listed.source, asOf, answer))
  }
  const main = lists[provider ?? formOf(asked) ?? 'aws']().main
  return during(main, asOf, () => absent(main))
}

function formOf(code: string): ProviderId | undefined {
  return PROVIDERS.find((provider) => FORMS[provider]?.test(code))
}

function inCountry(provider: ProviderId, iso2: string, asOf: DateText, status: RegionStatus): RegionAt[] {
  return [...lists[provider]().byCode.values()]
    .filter(({ region }) => region.country === iso2 && usable(region))
    .map((listed) => ({ ...listed.region, status: statusAt(listed, asOf) }))
    .filter((region) => region.status === status)
}

function regionsWith(status: RegionStatus) {
  return (provider: ProviderId, iso2: string, asOf: DateText): Fact<readonly RegionAt[]> => {
    const { byCode, main } = lists[provider]()
    const sourceFor = (code: string | undefined) => byCode.get(code ?? '')?.source ?? main
    return during(main, asOf, () => {
      const found = inCountry(provider, iso2, asOf, status)
      return found.length > 0 ? known(found, sourceFor(found[0]?.code)) : noRegion(provider, iso2, asOf, status)
    })
  }
}

/** No region of that status: is that so, or can the list not say? "None open" leans on what says "only announced". */
function noRegion(provider: ProviderId, iso2: string, asOf: DateText, status: RegionStatus): Fact<readonly RegionAt[]> {
  const { byCode, main, uncovered } = lists[provider]()
  if (uncovered.has(iso2)) return notCovered(main, 'the list may lack a newer region of this country')
  if (status !== 'open') return absent(main)
  const [unsure] = inCountry(provider, iso2, asOf, 'unknown')
  if (unsure !== undefined) {
    const source = byCode.get(unsure.code)?.source ?? main
    return outside(source, asOf) ?? notCovered(source, `whether ${unsure.code} was open is not known`)
  }
  const [announced] = inCountry(provider, iso2, asOf, 'announced')
  return absent(byCode.get(announced?.code ?? '')?.source ?? main)
}

const key = (name: string) => foldedWords(name).join(' ')

const names = lazy(() => {
  const index = new Names<Region & { kindOf: Map<string, RegionNames['kind']> }>()
  for (const provider of PROVIDERS) {
    for (const { region, entry } of lists[provider]().byCode.values()) {
      if (!usable(region)) continue
      const value = { ...region, kindOf: new Map<string, RegionNames['kind']>() }
      const add = (name: string, kind: RegionNames['kind']) => {
        if (!value.kindOf.has(key(name))) value.kindOf.set(key(name), kind)
        index.add(name, value)
      }
      add(region.name, 'name')
      if (region.city !== undefined) add(region.city, 'city')
      for (const name of entry.also ?? []) add(name, 'city')
    }
  }
  return index
})

/** A region's own name that is a whole country's ("Ireland"): found through the country, with `kind: 'country'`. */
const countryNames = lazy(() => {
  const byCountry = new Map<string, Region[]>()
  for (const provider of PROVIDERS) {
    for (const { region } of lists[provider]().byCode.values()) {
      const inside = /\(([^)]+)\)$/.exec(region.name)?.[1] ?? region.name
      if (usable(region)) byCountry.set(key(inside), [...(byCountry.get(key(inside)) ?? []), region])
    }
  }
  return byCountry
})

function regionsNamed(
  countriesIn: (text: string) => readonly Mention<Country>[],
  text: string,
  provider?: ProviderId,
): readonly Mention<RegionNames>[] {
  const wanted = (region: Region) => provider === undefined || region.provider === provider
  const direct = names()
    .mentions(text, wanted)
    .map(({ value, ...place }): Mention<RegionNames> => {
      const kind = value.some((region) => region.kindOf.get(key(place.text)) === 'name') ? 'name' : 'city'
      return { ...place, value: { kind, regions: value.map(({ kindOf: _kindOf, ...region }) => region) } }
    })
  const free = countriesIn(text).filter((country) => {
    return !direct.some((region) => region.start < country.end && country.start < region.end)
  })
  const byCountry = free.flatMap(({ value, ...place }): Mention<RegionNames>[] => {
    const keys = [value.english, ...(value.code === 'AE' ? ['UAE'] : [])].map(key)
    const regions = keys.flatMap((each) => countryNames().get(each) ?? []).filter(wanted)
    return regions.length === 0 ? [] : [{ ...place, value: { kind: 'country', regions } }]
  })
  return [...direct, ...byCountry].sort((a, b) => a.start - b.start)
}

function looksLikeRegionCode(text: string, provider?: ProviderId): boolean {
  const code = fold(text.trim()).replace(HYPHENS, '-')
  const asked = provider === undefined ? PROVIDERS : [provider]
  return asked.some((each) => FORMS[each]?.test(code) || lists[each]().byCode.has(code))
}

function regionCodesIn(text: string, provider?: ProviderId): readonly Mention<string>[] {
  return [...text.matchAll(CODE_WORD)].flatMap((match) => {
    const word = match[0].replace(HYPHENS, '-').toLowerCase()
    // A zone (`eu-west-2a`, `europe-west2-a`) is read as its region.
    const code = [word, word.replace(/(\d)-?[a-f]$/, '$1')].find((each) => looksLikeRegionCode(each, provider))
    if (code === undefined) return []
    return [{ value: code, text: match[0], start: match.index, end: match.index + match[0].length }]
  })
}

interface ZoneData {
  sources: Sources
  covers: Partial<Record<ProviderId, readonly string[]>>
  zones: Record<string, Omit<LocalZone, 'code'>>
}

const zones = lazy(() => readData(new URL('./data/local-zones.yaml', import.meta.url)) as ZoneData)

function localZonesInCountry(provider: ProviderId, iso2: string, asOf: DateText): Fact<readonly LocalZone[]> {
  const data = zones()
  const source = sourceOf(data.sources, 'main')
  if (!data.covers[provider]?.includes(iso2)) return notCovered(source)
  return during(source, asOf, () => {
    const listed = Object.entries(data.zones)
      .map(([code, zone]): LocalZone => ({ code, ...zone }))
      .filter((zone) => zone.provider === provider && zone.country === iso2)
    const open = listed.filter((zone) => zone.opened !== undefined && reached(zone.opened, asOf) === 'yes')
    if (open.length > 0) return known(open, source)
    return listed.some((zone) => zone.opened === undefined || reached(zone.opened, asOf) === 'unknown')
      ? notCovered(source)
      : absent(source)
  })
}

/** Every region of a provider with its status at a date; the services room asks for it. */
export function regionsOf(provider: ProviderId, asOf: DateText): { source: Source; regions: readonly RegionAt[] } {
  const { byCode, main } = lists[provider]()
  const regions = [...byCode.values()].map((listed) => ({ ...listed.region, status: statusAt(listed, asOf) }))
  return { source: main, regions: regions.filter(usable) }
}

type RegionFacts = Pick<
  Facts,
  | 'regionByCode'
  | 'regionsInCountry'
  | 'regionsAnnouncedIn'
  | 'regionsUncertainIn'
  | 'localZonesInCountry'
  | 'regionsNamed'
  | 'looksLikeRegionCode'
  | 'regionCodesIn'
>

/** Regions by name, code and country, and local zones. */
export function regionFacts(countriesIn: (text: string) => readonly Mention<Country>[]): RegionFacts {
  return {
    regionByCode,
    regionsInCountry: regionsWith('open'),
    regionsAnnouncedIn: regionsWith('announced'),
    regionsUncertainIn: regionsWith('unknown'),
    localZonesInCountry,
    regionsNamed: (text, provider) => regionsNamed(countriesIn, text, provider),
    looksLikeRegionCode,
    regionCodesIn,
  }
}
