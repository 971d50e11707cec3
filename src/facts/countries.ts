import { readData } from '../language/data.ts'
import { during, known, lazy, notCovered, type Sources, sourceOf } from './dated.ts'
import { Names } from './names.ts'
import type { Continent, Country, CurrencySign, DateText, Fact, Facts } from './types.ts'

interface CountryData {
  sources: Sources
  countries: Record<string, [currency: string, continent: Continent]>
  names: Record<string, readonly string[]>
  demonyms: Record<string, readonly string[]>
  unions: Record<string, { names: readonly string[]; members: readonly string[] }>
  otherCurrencies: readonly string[]
  digits: Record<string, readonly string[]>
  signs: Record<string, readonly string[]>
}

const data = lazy(() => readData(new URL('./data/countries.yaml', import.meta.url)) as CountryData)

const load = lazy(() => {
  const { countries, names: others, demonyms } = data()
  const [english, spanish, portuguese] = ['en', 'es', 'pt'].map((language) => {
    return new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  }) as [Intl.DisplayNames, Intl.DisplayNames, Intl.DisplayNames]
  const byCode = new Map<string, Country>()
  const names = new Names<Country>()
  for (const [code, [currency, continent]] of Object.entries(countries)) {
    const country: Country = {
      code,
      english: english.of(code) ?? code,
      spanish: spanish.of(code) ?? code,
      ...(currency === 'NUL' ? {} : { currency }),
      continent,
      demonyms: demonyms[code] ?? [],
    }
    byCode.set(code, country)
    const own = [country.english, country.spanish, portuguese.of(code) ?? '', ...(others[code] ?? [])]
    for (const name of own) names.add(name, country)
  }
  // Demonyms come last: "china" and "india" are countries first and demonyms of another language second.
  for (const country of byCode.values()) {
    for (const demonym of country.demonyms) if (names.exact(demonym).length === 0) names.add(demonym, country)
  }
  return { byCode, names }
})

const currencies = lazy(() => {
  const { countries, otherCurrencies } = data()
  return new Set([...Object.values(countries).map(([currency]) => currency), ...otherCurrencies])
})

const digits = lazy(() => {
  return new Map(Object.entries(data().digits).flatMap(([count, codes]) => codes.map((code) => [code, Number(count)])))
})

type CountryFacts = Pick<
  Facts,
  | 'countryNamed'
  | 'countryByCode'
  | 'countriesIn'
  | 'unionsIn'
  | 'unionMembers'
  | 'currencyOfSign'
  | 'isCurrencyCode'
  | 'currencyDigits'
>

/** Countries of a union, or the country itself. */
export function membersOf(code: string): readonly string[] {
  return data().unions[code]?.members ?? [code]
}

const unionNames = lazy(() => {
  const names = new Names<string>()
  for (const [code, union] of Object.entries(data().unions)) for (const name of union.names) names.add(name, code)
  return names
})

function unionMembers(code: string, asOf: DateText): Fact<readonly string[]> {
  const source = sourceOf(data().sources, 'unions')
  const union = data().unions[code]
  return union ? during(source, asOf, () => known(union.members, source)) : notCovered(source)
}

function currencyOfSign(sign: string): CurrencySign | undefined {
  const asked = sign.trim()
  const codes = data().signs[asked]
  return codes === undefined ? undefined : { sign: asked, currencies: codes }
}

/** Countries, unions of countries and currencies. */
export function countryFacts(): CountryFacts {
  const isCurrencyCode = (code: string) => code !== 'NUL' && currencies().has(code)
  return {
    countryNamed: (text) => load().names.exact(text)[0],
    countryByCode: (iso2) => load().byCode.get(iso2.toUpperCase()),
    countriesIn: (text) =>
      load()
        .names.mentions(text)
        .map((mention) => ({ ...mention, value: mention.value[0] as Country })),
    unionsIn: (text) =>
      unionNames()
        .mentions(text)
        .map((mention) => ({ ...mention, value: mention.value[0] as string })),
    unionMembers,
    currencyOfSign,
    isCurrencyCode,
    currencyDigits: (code) => (isCurrencyCode(code) ? (digits().get(code) ?? 2) : undefined),
  }
}
