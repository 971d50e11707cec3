import { readData } from '../language/data.ts'
import { absent, during, known, latest, lazy, notCovered, reached, type Sources, sourceOf } from './dated.ts'
import { foldedWords, Names } from './names.ts'
import type {
  Certificate,
  CertificateMatch,
  CertificateStatus,
  DateText,
  Fact,
  Facts,
  PartnerTier,
  ProviderId,
} from './types.ts'

interface CertificateEntry extends Omit<Certificate, 'id' | 'provider' | 'status'> {
  codes?: readonly string[]
  also?: readonly string[]
}

interface CertificateData {
  sources: Sources
  noise: readonly string[]
  certificates: Record<string, CertificateEntry>
  others: readonly { provider: ProviderId; names: readonly string[]; note: string }[]
}

interface TierData {
  sources: Sources
  noise: readonly string[]
  tiers: readonly (PartnerTier & { also?: readonly string[] })[]
}

const PROVIDER_WORDS: Record<ProviderId, readonly string[]> = {
  aws: ['aws', 'amazon', 'web'],
  azure: ['microsoft', 'azure'],
  google: ['google', 'cloud', 'gcp', 'professional'],
  oracle: ['oracle', 'cloud', 'infrastructure', 'oci'],
}
const LEVELS = [
  'foundational',
  'associate',
  'professional',
  'specialty',
  'speciality',
  'expert',
  'asociado',
  'profesional',
  'especialidad',
]

const data = lazy(() => readData(new URL('./data/certificates.yaml', import.meta.url)) as CertificateData)
const tiers = lazy(() => readData(new URL('./data/partner-tiers.yaml', import.meta.url)) as TierData)

function without(text: string, ...noise: readonly (readonly string[])[]): string {
  const left = foldedWords(text).filter((word) => !noise.some((list) => list.includes(word)))
  return left.join(' ')
}

/** The same name with and without the provider's words and the level: what agreements leave out. */
function shapes(text: string, provider: ProviderId): string[] {
  const noise = data().noise.flatMap(foldedWords)
  const bare = without(text, noise)
  const plain = without(text, noise, PROVIDER_WORDS[provider])
  return [...new Set([bare, plain, without(plain, LEVELS)])].filter((shape) => shape !== '')
}

const load = lazy(() => {
  const byProvider = new Map<ProviderId, Names<string>>()
  for (const [id, entry] of Object.entries(data().certificates)) {
    const provider = id.split('/')[0] as ProviderId
    const names = byProvider.get(provider) ?? new Names<string>()
    byProvider.set(provider, names)
    for (const name of [entry.name, ...(entry.also ?? [])])
      for (const shape of shapes(name, provider)) names.add(shape, id)
    for (const code of entry.codes ?? []) names.add(code, id)
  }
  return byProvider
})

function statusAt(entry: CertificateEntry, asOf: DateText): CertificateStatus {
  if (entry.introduced !== undefined && reached(entry.introduced, asOf) === 'no') return 'not-yet'
  return entry.retired !== undefined && asOf > latest(entry.retired) ? 'retired' : 'offered'
}

function toCertificate(id: string, asOf: DateText): Certificate {
  const entry = data().certificates[id] as CertificateEntry
  const { codes: _codes, also: _also, ...rest } = entry
  return { id, provider: id.split('/')[0] as ProviderId, ...rest, status: statusAt(entry, asOf) }
}

/** Tries the fuller shapes first: "Solutions Architect – Associate" is one certificate, "Solutions Architect" two. */
function candidates(text: string, provider: ProviderId): string[] {
  const names = load().get(provider)
  if (names === undefined) return []
  const noise = data().noise.flatMap(foldedWords)
  const code = /\b[A-Za-z]{2,3}-[A-Za-z]?\d{2,3}\b/.exec(text)?.[0]
  const outside = text.replace(/\([^)]*\)/g, ' ')
  const tries = [text, outside].flatMap((each) => [
    without(each, noise),
    without(each, noise, PROVIDER_WORDS[provider]),
  ])
  for (const shape of [...(code === undefined ? [] : [code]), ...tries]) {
    const found = names.exact(shape)
    if (found.length > 0) return found
  }
  return []
}

function certificateNamed(text: string, provider: ProviderId, asOf: DateText): Fact<CertificateMatch> {
  const source = sourceOf(data().sources, provider)
  return during(source, asOf, () => {
    const ids = candidates(text, provider)
    if (ids.length === 0) {
      const asked = foldedWords(text).join(' ')
      const other = data().others.find((each) => {
        return each.provider === provider && each.names.some((name) => foldedWords(name).join(' ') === asked)
      })
      return absent(source, other?.note)
    }
    const certificates = ids.map((id) => toCertificate(id, asOf))
    const offered =
      certificates.find((each) => each.status === 'offered') ?? certificates.find((each) => each.status === 'not-yet')
    return known({ certificates, status: offered?.status ?? 'retired' }, source)
  })
}

function partnerTier(provider: ProviderId, tierName: string, asOf: DateText): Fact<PartnerTier> {
  const { sources, tiers: all, noise } = tiers()
  if (!all.some((tier) => tier.provider === provider)) return notCovered()
  const source = sourceOf(sources, provider)
  return during(source, asOf, () => {
    const asked = without(tierName, noise)
    const found = all.find((tier) => tier.provider === provider && (tier.tier === asked || tier.also?.includes(asked)))
    if (found === undefined) return absent(source)
    const { also: _also, ...tier } = found
    return known(tier, source)
  })
}

export const peopleFacts: Pick<Facts, 'certificateNamed' | 'partnerTier'> = { certificateNamed, partnerTier }
