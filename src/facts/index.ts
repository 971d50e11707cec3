export type * from './types.ts'

import { countryFacts } from './countries.ts'
import { holidayFacts } from './holidays.ts'
import { peopleFacts } from './people.ts'
import { providerFacts } from './providers.ts'
import { regionFacts } from './regions.ts'
import { serviceLevelFacts } from './service-levels.ts'
import { serviceFacts } from './services.ts'
import { standardFacts } from './standards.ts'
import type { Facts } from './types.ts'

/** Dated, sourced facts about the world. Each subject's file is read at the first question about it and kept. */
export function loadFacts(): Facts {
  const countries = countryFacts()
  const regions = regionFacts(countries.countriesIn)
  return {
    ...countries,
    ...providerFacts(countries.countryNamed),
    ...regions,
    ...serviceFacts(regions.regionsInCountry),
    ...serviceLevelFacts,
    ...peopleFacts,
    ...standardFacts,
    ...holidayFacts,
  }
}
