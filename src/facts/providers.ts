import { readData } from '../language/data.ts'
import { lazy } from './dated.ts'
import { foldedWords, Names } from './names.ts'
import type { Country, Facts, LegalEntity, Provider, ProviderId } from './types.ts'

interface ProviderData {
  providers: Record<
    ProviderId,
    { name: string; short: string; aliases: readonly string[]; entities: readonly LegalEntity[] }
  >
  suffixes: readonly string[]
}

const load = lazy(() => {
  const data = readData(new URL('./data/providers.yaml', import.meta.url)) as ProviderData
  const names = new Names<Provider>()
  const providers = Object.entries(data.providers).map(([id, { entities, ...rest }]): Provider => {
    return { id: id as ProviderId, ...rest, legalEntities: entities }
  })
  for (const provider of providers) {
    const entities = provider.legalEntities.map((entity) => entity.name)
    for (const name of [provider.name, provider.short, ...provider.aliases, ...entities]) names.add(name, provider)
  }
  return { providers, names, suffixes: new Set(data.suffixes) }
})

type ProviderFacts = Pick<Facts, 'providers' | 'providerNamed' | 'providersIn'>

/** Cloud providers by their names and contracting companies. */
export function providerFacts(countryNamed: (text: string) => Country | undefined): ProviderFacts {
  /** "Amazon Web Services Perú S.R.L.": a name of the provider followed by countries and legal forms alone. */
  const isCompanyOf = (text: string): Provider | undefined => {
    const { names, suffixes } = load()
    const mention = names.mentions(text)[0]
    if (mention === undefined || foldedWords(text.slice(0, mention.start)).some((word) => word !== 'the'))
      return undefined
    const rest = foldedWords(text.slice(mention.end)).filter((word) => !suffixes.has(word))
    return rest.length === 0 || countryNamed(rest.join(' ')) ? mention.value[0] : undefined
  }
  return {
    providers: () => load().providers,
    providerNamed: (text) => load().names.exact(text)[0] ?? isCompanyOf(text),
    providersIn: (text) =>
      load()
        .names.mentions(text)
        .map((mention) => ({ ...mention, value: mention.value[0] as Provider })),
  }
}
