import { readData } from '../language/data.ts'
import { absent, during, known, lazy, notCovered, outside, type Sources, sourceOf } from './dated.ts'
import { Names } from './names.ts'
import { regionsOf } from './regions.ts'
import type {
  DateText,
  Fact,
  Facts,
  Mention,
  ProviderId,
  RecoveryPair,
  RegionAt,
  Service,
  ServiceKind,
  ServicePlacement,
  ServiceRegion,
  ServiceRelation,
  Source,
} from './types.ts'

interface ServiceEntry {
  name: string
  kind: ServiceKind
  placement?: ServicePlacement
  regions?: string
  covers?: readonly ServiceKind[]
  partOf?: string
  also?: readonly string[]
  short?: readonly string[]
}

interface RegionList {
  source: string
  full: readonly string[]
  replica: readonly string[]
  uncertain: readonly string[]
}

interface ServiceData {
  sources: Sources
  kindWords: Partial<Record<ServiceKind, readonly string[]>>
  lists: Record<string, RegionList>
  recoveryPairs: readonly (RecoveryPair & { source: string })[]
  services: Record<string, ServiceEntry>
}

const data = lazy(() => readData(new URL('./data/services.yaml', import.meta.url)) as ServiceData)

const load = lazy(() => {
  const names = new Names<Service>()
  const byId = new Map<string, Service>()
  for (const [id, entry] of Object.entries(data().services)) {
    const service: Service = {
      id,
      provider: id.split('/')[0] as ProviderId,
      name: entry.name,
      aliases: [...(entry.also ?? []), ...(entry.short ?? [])],
      kind: entry.kind,
      placement: entry.placement ?? 'regional',
      covers: entry.covers ?? [],
      ...(entry.partOf === undefined ? {} : { partOf: entry.partOf }),
    }
    byId.set(id, service)
    for (const name of [entry.name, ...(entry.also ?? [])]) names.add(name, service)
    for (const name of entry.short ?? []) names.add(name, service, true)
  }
  const kinds = new Names<ServiceKind>()
  for (const [kind, list] of Object.entries(data().kindWords)) {
    for (const word of list) kinds.add(word, kind as ServiceKind)
  }
  return { names, byId, kinds }
})

const ofProvider = (provider: ProviderId | undefined) => (service: Service) =>
  provider === undefined || service.provider === provider

/** The parts of `Compute (EC2)`, `Compute / EC2`, `EC2 - compute`: what stands inside brackets says more than what is before. */
function readings(text: string): string[] {
  const inside = /\(([^)]+)\)/.exec(text)?.[1]
  const outside = text.replace(/\([^)]*\)/g, ' ').trim()
  return [text, ...(inside === undefined ? [] : [inside, outside]), ...text.split(/\s[-–—:|]\s|:\s/)]
}

function serviceNamed(text: string, provider?: ProviderId): Service | undefined {
  for (const reading of readings(text)) {
    const found = load().names.exact(reading).filter(ofProvider(provider))
    // An everyday word without a provider is several providers' service ("Storage"), hence none in particular.
    if (found.length === 1 || (found.length > 1 && provider !== undefined)) return found[0]
  }
  return undefined
}

function servicesIn(text: string, provider?: ProviderId): readonly Mention<Service>[] {
  return load()
    .names.mentions(text, ofProvider(provider))
    .map((mention) => ({ ...mention, value: mention.value[0] as Service }))
}

function serviceKindsIn(text: string): readonly ServiceKind[] {
  const found = load()
    .kinds.mentions(text)
    .flatMap((mention) => mention.value)
  return [...new Set(found)]
}

/** The service of a text and, for a family, the kinds that the text narrows it to. */
function described(
  text: string,
  provider?: ProviderId,
): { service: Service; kinds: readonly ServiceKind[] } | undefined {
  const service = serviceNamed(text, provider) ?? servicesIn(text, provider)[0]?.value
  if (service === undefined) return undefined
  const named = serviceKindsIn(text).filter((kind) => service.covers.includes(kind))
  return { service, kinds: named.length > 0 ? named : service.covers }
}

function contains(whole: { service: Service; kinds: readonly ServiceKind[] }, part: Service): boolean {
  if (part.partOf === whole.service.id) return true
  return part.provider === whole.service.provider && whole.kinds.includes(part.kind)
}

function sameService(a: string, b: string, provider?: ProviderId): ServiceRelation {
  const left = described(a, provider)
  const right = described(b, provider)
  if (left === undefined || right === undefined) return 'unknown'
  if (left.service.id === right.service.id) return 'same'
  if (contains(left, right.service)) return 'covers'
  return contains(right, left.service) ? 'covered-by' : 'different'
}

/** An id, or a name as an agreement writes it. */
export function findService(idOrName: string): Service | undefined {
  return load().byId.get(idOrName) ?? serviceNamed(idOrName)
}

function place(code: string, role: ServiceRegion['role'], regions: readonly RegionAt[]): ServiceRegion[] {
  const region = regions.find((each) => each.code === code && each.status === 'open')
  if (region === undefined) return []
  return [{ code, role, ...(region.country === undefined ? {} : { country: region.country }) }]
}

function serviceRegions(service: string, asOf: DateText): Fact<readonly ServiceRegion[]> {
  const found = findService(service)
  if (found === undefined) return notCovered(undefined, 'the service is not in the list')
  const which = data().services[found.id]?.regions
  if (found.placement !== 'regional') return notCovered(undefined, 'not a service of regions')
  if (which === undefined) return notCovered(undefined, 'its regions are not in the list')
  const { source: regionSource, regions } = regionsOf(found.provider, asOf)
  if (which === 'all') {
    return during(regionSource, asOf, () => {
      return known(
        regions.flatMap((region) => place(region.code, 'full', regions)),
        sourceOf(data().sources, 'main'),
      )
    })
  }
  const list = data().lists[which] as RegionList
  const source = sourceOf(data().sources, list.source)
  return during(source, asOf, () => {
    const full = list.full.flatMap((code) => place(code, 'full', regions))
    return known([...full, ...list.replica.flatMap((code) => place(code, 'replica', regions))], source)
  })
}

function uncertainRegions(service: string): readonly string[] {
  const which = data().services[findService(service)?.id ?? '']?.regions ?? ''
  return data().lists[which]?.uncertain ?? []
}

function serviceInRegion(service: string, region: string, asOf: DateText): Fact<ServiceRegion> {
  const fact = serviceRegions(service, asOf)
  if (fact.status !== 'known') return fact
  const code = region.trim().toLowerCase()
  const found = fact.value.find((each) => each.code === code)
  if (found !== undefined) return known(found, fact.source)
  const provider = findService(service)?.provider ?? 'aws'
  const listed = regionsOf(provider, asOf).regions.find((each) => each.code === code)
  if (uncertainRegions(service).includes(code) || listed?.status === 'unknown') return notCovered(fact.source)
  return absent(fact.source)
}

type InCountry = Facts['regionsInCountry']

/** `absent` without a list of the service as well, when its provider has no open region in the country at all. */
function serviceInCountry(
  regionsInCountry: InCountry,
  service: string,
  iso2: string,
  asOf: DateText,
): ServiceInCountry {
  const found = findService(service)
  if (found === undefined) return notCovered(undefined, 'the service is not in the list')
  if (found.placement !== 'regional') return notCovered(undefined, 'not a service of regions')
  const country = regionsInCountry(found.provider, iso2, asOf)
  if (country.status !== 'known') {
    return country.status === 'absent' ? absent(country.source, `${found.provider} has no open region there`) : country
  }
  const fact = serviceRegions(found.id, asOf)
  if (fact.status !== 'known') return fact
  const there = fact.value.filter((region) => region.country === iso2)
  if (there.length > 0) return known(there, fact.source)
  const unsure = uncertainRegions(found.id)
  return country.value.some((region) => unsure.includes(region.code)) ? notCovered(fact.source) : absent(fact.source)
}

type ServiceInCountry = Fact<readonly ServiceRegion[]>

function recoveryPairs(service: string, asOf: DateText): Fact<readonly RecoveryPair[]> {
  const found = findService(service)
  const pairs = data().recoveryPairs.filter((pair) => pair.service === found?.id)
  const first = pairs[0]
  if (first === undefined) return notCovered()
  const source: Source = sourceOf(data().sources, first.source)
  return (
    outside<readonly RecoveryPair[]>(source, asOf) ??
    known(
      pairs.map(({ source: _source, ...pair }) => pair),
      source,
    )
  )
}

type ServiceFacts = Pick<
  Facts,
  | 'serviceById'
  | 'partsOf'
  | 'serviceNamed'
  | 'servicesIn'
  | 'serviceKindsIn'
  | 'sameService'
  | 'serviceRegions'
  | 'serviceInRegion'
  | 'serviceInCountry'
  | 'recoveryPairs'
>

/** Services by name, and the regions that offer them. */
export function serviceFacts(regionsInCountry: InCountry): ServiceFacts {
  return {
    serviceById: (id) => load().byId.get(id),
    partsOf: (id) => [...load().byId.values()].filter((service) => service.partOf === id),
    serviceNamed,
    servicesIn,
    serviceKindsIn,
    sameService,
    serviceRegions,
    serviceInRegion,
    serviceInCountry: (service, iso2, asOf) => serviceInCountry(regionsInCountry, service, iso2, asOf),
    recoveryPairs,
  }
}
