/** Continents by two letters; `AN` is Antarctica. */
export type Continent = 'AF' | 'AN' | 'AS' | 'EU' | 'NA' | 'OC' | 'SA'

/** A country with its names and its money. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string
  english: string
  spanish: string
  /** ISO 4217; absent for the few places without one. */
  currency?: string
  continent: Continent
  demonyms: readonly string[]
}

/** A sign with the currencies that write it. */
export interface CurrencySign {
  sign: string
  /** Every currency written with it, the likeliest first. More than one: the sign alone does not say. */
  currencies: readonly string[]
}
